"""Versions: things as a release states them, the members of an event stream (Linked Data Event Streams, LDES).

A release tells of the things that are new, changed or gone since an older one; without one, of all it holds. They
come in batches, each a few stretches of its canonical dump, so that no more than one batch is ever read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from clustergraph import iris, releases
from clustergraph.forgotten import Hidden
from clustergraph.patches import KEPT, REMOVED, compared
from clustergraph.releases import Release
from clustergraph.statements import Values, about, typed

#: Members of a batch.
MEMBERS = 250
#: How many comparisons are kept between requests.
MOST_KEPT = 8
#: What tells when a version came about, of what it is one, and that the thing is gone.
TIME, THING, GONE = "dct:created", "dct:isVersionOf", "as:Delete"


@dataclass(frozen=True)
class Batch:
    """Some of the versions of a release.

    :ivar spans: where they stand in its canonical dump: offset and length in bytes.
    :ivar gone: IRIs of the things that the older release alone describes.
    """

    spans: tuple[tuple[int, int], ...]
    gone: tuple[str, ...]


def batches(older: Path | None, newer: Path) -> tuple[Batch, ...]:
    """The versions of a release in batches of :data:`MEMBERS`, by the IRIs of their things.

    :param older: the canonical dump of the release to compare with; None: everything is new.
    :param newer: that of the release.
    """
    found: list[Batch] = []
    told = list(_told(older, newer))
    for start in range(0, len(told), MEMBERS):
        part = told[start : start + MEMBERS]
        spans = _joined([(offset, size) for _, offset, size in part if size])
        found.append(Batch(spans, tuple(iri for iri, _, size in part if not size)))
    return tuple(found)


def _told(older: Path | None, newer: Path) -> Iterator[tuple[str, int, int]]:
    """Each thing that is told of, and where it stands in the newer dump: offset and length, 0 where it does not."""
    with ExitStack() as files:
        old: Iterable[bytes] = files.enter_context(older.open("rb")) if older else ()
        lines = compared(old, files.enter_context(newer.open("rb")))
        offset = 0
        for subject, group in groupby(lines, key=lambda row: row[1].partition(b" ")[0]):
            rows = list(group)
            size = sum(len(line) for became, line in rows if became != REMOVED)
            if any(became != KEPT for became, _ in rows) and iris.version(iri := subject[1:-1].decode(), ""):
                yield iri, offset, size
            offset += size


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for offset, size in spans:
        if found and sum(found[-1]) == offset:
            found[-1] = (found[-1][0], found[-1][1] + size)
        else:
            found.append((offset, size))
    return tuple(found)


def members(release: Release, batch: Batch, hidden: Hidden) -> Iterator[tuple[str, list[Triple]]]:
    """Each version of a batch: its IRI, and what it says: the statements on its thing, and the time.

    :param hidden: tells what names persons who were forgotten, and so is left out.
    """
    lines = (line for line in _lines(release.path, batch) if not hidden.names(line.decode()))
    for subject, group in groupby(lines, key=lambda line: line.partition(b" ")[0]):
        quads = list(parse(b"".join(group), RdfFormat.N_QUADS))
        thing = subject[1:-1].decode()
        name, head = _head(release, thing, "")
        yield name, [*head, *{Triple(NamedNode(name), quad.predicate, quad.object) for quad in quads}]
    for thing in batch.gone:
        if not hidden.names(f"<{thing}>"):
            yield _head(release, thing, GONE)


def _lines(path: Path, batch: Batch) -> Iterator[bytes]:
    with (path / releases.CANONICAL).open("rb") as dump:
        for offset, size in batch.spans:
            dump.seek(offset)
            yield from dump.read(size).splitlines(keepends=True)


def _head(release: Release, thing: str, types: str) -> tuple[str, list[Triple]]:
    name = str(iris.version(thing, release.id))
    said: dict[str, Values] = {THING: NamedNode(thing), TIME: typed(release.about.created, "dateTime")}
    return name, list(about(name, types, said))
