from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest
from project import ROOT, Project
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Graph

from clustergraph import dumps, iris, jsonld, sources
from clustergraph.formats import DUMP_FORMATS, Format

EDITIONS = ("2031-05-06-aveiro", "2031-10-02-ghent")


@pytest.fixture
def quads(project: Project) -> list[Quad]:
    return list(sources.read(project.path).graph().stream())


@pytest.fixture
def folder(tmp_path: Path, quads: list[Quad]) -> Path:
    dumps.write(quads, tmp_path / "dumps", jsonld.load_context(ROOT / "ontology" / "context.jsonld"))
    return tmp_path / "dumps"


def read(path: Path, fmt: Format) -> set[Quad]:
    assert isinstance(fmt.engine, RdfFormat)
    return set(parse(path.read_bytes(), format=fmt.engine))


def test_the_whole_and_every_edition_stand_in_every_format_plain_and_compressed(folder: Path) -> None:
    names = ["clustergraph", *(f"editions/{slug}" for slug in EDITIONS)]
    expected = {f"{name}.{fmt.name}{end}" for name in names for fmt in DUMP_FORMATS for end in ("", ".gz")}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {*expected, "SHA256SUMS"}


@pytest.mark.parametrize("fmt", DUMP_FORMATS, ids=lambda fmt: fmt.name)
def test_every_format_of_the_whole_holds_the_whole(folder: Path, quads: list[Quad], fmt: Format) -> None:
    found = read(folder / f"clustergraph.{fmt.name}", fmt)
    if fmt.name in ("nq", "trig"):
        assert found == set(quads)
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in quads}


# rdflib's own readers use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_turtle_and_json_ld_hold_the_same_for_another_reader(folder: Path) -> None:
    sets = [set(Graph().parse(folder / f"clustergraph.{name}")) for name in ("ttl", "jsonld", "nt")]
    assert sets[0] == sets[1] == sets[2]


@pytest.mark.parametrize("slug", EDITIONS)
def test_an_editions_dump_holds_its_graph_and_nothing_else(folder: Path, quads: list[Quad], slug: str) -> None:
    own = {quad.triple for quad in quads if quad.graph_name.value == iris.graph(f"edition/{slug}")}  # type: ignore[union-attr]
    for fmt in DUMP_FORMATS:
        assert {quad.triple for quad in read(folder / f"editions/{slug}.{fmt.name}", fmt)} == own


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
    assert len(lines) == 2 * 5 * (1 + len(EDITIONS))


def test_equal_graphs_give_equal_bytes(folder: Path, tmp_path: Path, quads: list[Quad]) -> None:
    context = jsonld.load_context(ROOT / "ontology" / "context.jsonld")
    dumps.write(reversed(quads), tmp_path / "again", context)
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == (folder / "SHA256SUMS").read_bytes()
