from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, make
from pyoxigraph import NamedNode, Quad
from readers import NAMED, RAPTOR, by_pyld, by_pyoxigraph, by_raptor, by_rdflib, canonical

from clustergraph import deriving, dumps, iris, jsonld, linking, sources
from clustergraph.dumps import CLASSES
from clustergraph.formats import DUMP_FORMATS, JSON_LD, Format
from clustergraph.writing import RDF_TYPE

EDITIONS = ("2031-05-06-aveiro", "2031-10-02-ghent")
CONTEXT = jsonld.load_context(ROOT / "ontology" / "context.jsonld")
#: Files that are written as they are.
ASIDE = {"book.xlsx": b"PK", "tables/people.csv": b"iri\r\n"}


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    """A finished graph."""
    dataset = sources.read(make(tmp_path_factory.mktemp("dumps") / "project").path)
    linking.link(dataset)
    deriving.derive(dataset)
    return list(dataset.graph().stream())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, quads: list[Quad]) -> Path:
    folder = tmp_path_factory.mktemp("dumps") / "dumps"
    dumps.write(quads, folder, CONTEXT, ASIDE)
    return folder


def expected(quads: list[Quad], fmt: Format) -> str:
    """What a reader finds in a dump of the quads: the union of the graphs, where the format has none."""
    named = fmt.name in NAMED
    return canonical([quad if named else Quad(quad.subject, quad.predicate, quad.object) for quad in quads])


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_the_whole_every_edition_and_every_class_stand_in_every_format_plain_and_compressed(folder: Path) -> None:
    classes = {path.name.partition(".")[0] for path in (folder / "classes").iterdir()}
    assert {"editions", "sessions", "people", "organisations", "participations", "statistics"} <= classes
    assert classes <= CLASSES.keys()
    names = ["clustergraph", *(f"editions/{slug}" for slug in EDITIONS), *(f"classes/{name}" for name in classes)]
    files = {f"{name}.{fmt.name}" for name in names for fmt in dumps.formats_of(name)}
    expected = {f"{file}{end}" for file in files for end in ("", ".gz")}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == expected | ASIDE.keys() | {"SHA256SUMS"}


@pytest.mark.parametrize("fmt", DUMP_FORMATS, ids=lambda fmt: fmt.name)
@pytest.mark.parametrize("reader", [by_pyoxigraph, by_rdflib])
def test_every_format_holds_the_same_graph_hash_for_hash(
    folder: Path, quads: list[Quad], fmt: Format, reader: Callable[[Path], str]
) -> None:
    assert digest(reader(folder / f"clustergraph.{fmt.name}")) == digest(expected(quads, fmt))


@pytest.mark.needs_command("rapper")
@pytest.mark.parametrize("fmt", [fmt for fmt in DUMP_FORMATS if fmt.name in RAPTOR], ids=lambda fmt: fmt.name)
def test_every_format_holds_the_same_graph_for_raptor(folder: Path, quads: list[Quad], fmt: Format) -> None:
    assert digest(by_raptor(folder / f"clustergraph.{fmt.name}")) == digest(expected(quads, fmt))


@pytest.mark.parametrize("name", ["clustergraph.jsonld", "clustergraph.framed.jsonld"])
def test_json_ld_holds_the_same_graph_for_pyld(folder: Path, quads: list[Quad], name: str) -> None:
    assert digest(by_pyld(folder / name)) == digest(expected(quads, JSON_LD))


@pytest.mark.parametrize("slug", EDITIONS)
def test_an_editions_dump_holds_its_graph_and_nothing_else(folder: Path, quads: list[Quad], slug: str) -> None:
    own = [quad for quad in quads if quad.graph_name == NamedNode(iris.graph(f"edition/{slug}"))]
    for fmt in DUMP_FORMATS:
        assert by_pyoxigraph(folder / f"editions/{slug}.{fmt.name}") == expected(own, fmt)


@pytest.mark.parametrize("name", ["people", "documents", "decisions"])
def test_the_dump_of_a_class_holds_what_is_said_of_its_things_and_nothing_else(
    folder: Path, quads: list[Quad], name: str
) -> None:
    types = {NamedNode(iri) for iri in CLASSES[name]}
    things = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object in types}
    own = [quad for quad in quads if quad.subject in things]
    assert own
    for fmt in dumps.formats_of(f"classes/{name}"):
        assert by_pyoxigraph(folder / f"classes/{name}.{fmt.name}") == expected(own, fmt)


def test_everything_of_ours_stands_in_the_dump_of_a_class(folder: Path, quads: list[Quad]) -> None:
    ours = {str(quad.subject) for quad in quads if str(quad.subject).startswith(f"<{iris.ID}")}
    found = "".join(path.read_text(encoding="utf-8") for path in (folder / "classes").glob("*.nt"))
    assert ours == {line.partition(" ")[0] for line in found.splitlines() if line.startswith(f"<{iris.ID}")}


def test_in_framed_json_ld_an_edition_holds_its_programme_and_who_took_part(folder: Path) -> None:
    found = json.loads((folder / "clustergraph.framed.jsonld").read_text(encoding="utf-8"))["@graph"]
    (aveiro,) = [node for node in found if node["@id"] == "id:edition/2031-05-06-aveiro"]
    assert {"Mention", "Statistic"} <= {kind for part in aveiro["@reverse"]["statedAt"] for kind in types(part)}
    assert all("Participation" in types(part) for part in aveiro["cv:hasParticipation"])
    assert not [node for node in found if "Participation" in types(node)]


def types(node: dict[str, Any]) -> list[str]:
    """The types of a node object; one alone stands without a list."""
    found = node.get("@type", [])
    return found if isinstance(found, list) else [found]


def test_a_compressed_file_holds_the_plain_one_and_neither_name_nor_time(folder: Path) -> None:
    for path in folder.rglob("*.gz"):
        content = path.read_bytes()
        assert gzip.decompress(content) == path.with_suffix("").read_bytes()
        assert content[3:8] == bytes(5)


def test_the_checksums_are_those_that_sha256sum_checks(folder: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition("  ")[2])
    assert len(lines) == len([path for path in folder.rglob("*") if path.is_file()]) - 1


def test_equal_graphs_give_equal_bytes(folder: Path, tmp_path: Path, quads: list[Quad]) -> None:
    dumps.write(reversed(quads), tmp_path / "again", CONTEXT, ASIDE)
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == (folder / "SHA256SUMS").read_bytes()
