"""Dumps: the whole graph, each edition and each class as files, plain and compressed, the tables, and checksums.

``clustergraph.*`` holds everything: in N-Quads and TriG with the named graphs, in the other formats their union.
``editions/{slug}.*`` holds the named graph of that edition and nothing else, so that the editions add up without
doubles; what they refer to (people, places, concepts) stands in the whole. ``classes/{name}.*`` holds what is said of
the things of that class, each with its own statements.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from clustergraph import iris, jsonld, writing
from clustergraph.formats import DUMP_FORMATS, JSON_LD_FRAMED, N_QUADS, TRIG, Format
from clustergraph.iris import CG, PREFIXES


@dataclass(frozen=True)
class Dump:
    """A file to download: its path under the dumps of a release, its size in bytes, and its SHA-256 in hex."""

    path: str
    size: int
    digest: str


WHOLE = "clustergraph"
EDITION_GRAPH = iris.graph("edition/")
CHECKSUMS = "SHA256SUMS"
#: Name of a file below ``classes/`` -> the classes whose things it holds.
CLASSES: dict[str, tuple[str, ...]] = {
    "affiliations": (CG + "Affiliation",),
    "citations": (CG + "Citation",),
    "claims": (CG + "Claim",),
    "concepts": (PREFIXES["skos"] + "Concept", PREFIXES["skos"] + "ConceptScheme"),
    "countries": (CG + "Country",),
    "decisions": (CG + "Distinction", CG + "Identification", CG + "Merge", CG + "Placement", CG + "Removal"),
    "documents": (CG + "Document",),
    "editions": (CG + "Edition",),
    "event-relations": (CG + "EventRelation",),
    "events": (CG + "RelatedEvent",),
    "mentions": (CG + "Mention",),
    "organisations": (PREFIXES["org"] + "Organization",),
    "participations": (CG + "Participation",),
    "people": (PREFIXES["foaf"] + "Person",),
    "places": (PREFIXES["dct"] + "Location",),
    "projects": (CG + "Project",),
    "regions": (CG + "Region",),
    "series": (CG + "EventSeries",),
    "sessions": (CG + "Session",),
    "sources": (CG + "Source",),
    "statistics": (CG + "Statistic",),
}


def write(quads: Iterable[Quad], folder: Path, context: jsonld.Context, tables: Mapping[str, bytes]) -> None:
    """Write all dumps of a graph into a new folder; equal graphs give equal bytes.

    :param folder: does not exist yet.
    :param tables: name and content of the files that are written as they are, see :mod:`clustergraph.tables`.
    :raises OSError: no space, no permission.
    """
    for name in {"editions", "classes", *(str(Path(file).parent) for file in tables)}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    # Compressing, hashing and writing need no interpreter: they go on beside the rendering of the next file.
    with ThreadPoolExecutor() as pool:
        saved = [
            pool.submit(_save_both, folder, f"{name}.{fmt.name}", _render(part, fmt, context))
            for name, part in _parts(quads)
            for fmt in formats_of(name)
        ]
        sums = [line for each in saved for line in each.result()]
    sums += [_save(folder, file, content) for file, content in tables.items()]
    lines = [f"{digest}  {file}\n" for file, digest in sorted(sums)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def checksums(folder: Path) -> dict[str, str]:
    """Path -> SHA-256 in hex, of every file that the checksums in a folder of dumps name, and of these last."""
    content = (folder / CHECKSUMS).read_bytes()
    lines = [line.partition("  ") for line in content.decode().splitlines()]
    return {name: digest for digest, _, name in lines} | {CHECKSUMS: sha256(content).hexdigest()}


def listed(folder: Path) -> dict[str, Dump]:
    """Path -> file, of every file in a folder of dumps.

    :raises OSError: one of them is not there.
    """
    return {name: Dump(name, (folder / name).stat().st_size, digest) for name, digest in checksums(folder).items()}


def formats_of(name: str) -> tuple[Format, ...]:
    """The formats of a part; the things of one class hold nothing of each other, so there is nothing to frame."""
    return tuple(fmt for fmt in DUMP_FORMATS if fmt is not JSON_LD_FRAMED or not name.startswith("classes/"))


def _save_both(folder: Path, file: str, content: bytes) -> list[tuple[str, str]]:
    """Write a file plain and compressed; their names and checksums."""
    # Without name and time, so that equal content gives equal files. Level 6 takes half the time of 9, for 2 % more.
    both = ((file, content), (f"{file}.gz", gzip.compress(content, compresslevel=6, mtime=0)))
    return [_save(folder, name, data) for name, data in both]


def _save(folder: Path, file: str, content: bytes) -> tuple[str, str]:
    """Write a file; its name and checksum."""
    (folder / file).write_bytes(content)
    return file, sha256(content).hexdigest()


def _parts(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    """The whole, each edition and each class in order, under the names of their files."""
    everything = writing.ordered(quads)
    yield WHOLE, everything
    for slug, part in sorted(_by_edition(everything).items()):
        yield f"editions/{slug}", part
    for name, part in sorted(_by_class(everything).items()):
        yield f"classes/{name}", part


def _by_edition(quads: list[Quad]) -> dict[str, list[Quad]]:
    editions: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graph = str(getattr(quad.graph_name, "value", ""))
        if graph.startswith(EDITION_GRAPH):
            editions[graph.removeprefix(EDITION_GRAPH)].append(quad)
    return editions


def _by_class(quads: list[Quad]) -> dict[str, list[Quad]]:
    """Name of a file -> the statements on the things of its classes; a thing may be of several."""
    names = {iri: name for name, classes in CLASSES.items() for iri in classes}
    files: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == writing.RDF_TYPE and isinstance(quad.object, NamedNode) and quad.object.value in names:
            files[str(quad.subject)].add(names[quad.object.value])
    classes: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        for name in files.get(str(quad.subject), ()):
            classes[name].append(quad)
    return classes


def _render(quads: list[Quad], fmt: Format, context: jsonld.Context) -> bytes:
    if fmt in (N_QUADS, TRIG):
        return writing.write_quads(quads, fmt)
    return writing.write_ordered([quad.triple for quad in quads], fmt, context)
