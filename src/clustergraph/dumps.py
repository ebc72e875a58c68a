"""Dumps: the whole graph and each edition as files, plain and compressed, with their checksums.

``clustergraph.*`` holds everything: in N-Quads and TriG with the named graphs, in the other formats their union.
``editions/{slug}.*`` holds the named graph of that edition and nothing else, so that the editions add up without
doubles; what they refer to (people, places, concepts) stands in the whole.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Quad

from clustergraph import iris, jsonld, writing
from clustergraph.formats import DUMP_FORMATS, N_QUADS, TRIG, Format

WHOLE = "clustergraph"
EDITION_GRAPH = iris.graph("edition/")
CHECKSUMS = "SHA256SUMS"


def write(quads: Iterable[Quad], folder: Path, context: jsonld.Context) -> None:
    """Write all dumps of a graph into a new folder; equal graphs give equal bytes.

    :param folder: does not exist yet.
    :raises OSError: no space, no permission.
    """
    (folder / "editions").mkdir(parents=True)
    # Compressing, hashing and writing need no interpreter: they go on beside the rendering of the next file.
    with ThreadPoolExecutor() as pool:
        saved = [
            pool.submit(_save, folder, f"{name}.{fmt.name}", _render(part, fmt, context))
            for name, part in _parts(quads)
            for fmt in DUMP_FORMATS
        ]
        sums = sorted(line for each in saved for line in each.result())
    lines = [f"{digest}  {file}\n" for file, digest in sums]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _save(folder: Path, file: str, content: bytes) -> list[tuple[str, str]]:
    """Write a file plain and compressed; their names and checksums."""
    # Without name and time, so that equal content gives equal files. Level 6 takes half the time of 9, for 2 % more.
    both = ((file, content), (f"{file}.gz", gzip.compress(content, compresslevel=6, mtime=0)))
    for name, data in both:
        (folder / name).write_bytes(data)
    return [(name, sha256(data).hexdigest()) for name, data in both]


def _parts(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    """The whole and each edition in order, under the names of their files."""
    everything = writing.ordered(quads)
    yield WHOLE, everything
    editions: dict[str, list[Quad]] = defaultdict(list)
    for quad in everything:
        graph = str(getattr(quad.graph_name, "value", ""))
        if graph.startswith(EDITION_GRAPH):
            editions[graph.removeprefix(EDITION_GRAPH)].append(quad)
    for slug, part in sorted(editions.items()):
        yield f"editions/{slug}", part


def _render(quads: list[Quad], fmt: Format, context: jsonld.Context) -> bytes:
    if fmt in (N_QUADS, TRIG):
        return writing.write_quads(quads, fmt)
    return writing.write_ordered([quad.triple for quad in quads], fmt, context)
