"""What changed between two releases, thing by thing: its facts added and removed, with their sources.

Read from the canonical dumps of both alone, so that any two kept releases can be compared, whichever is served.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from os import SEEK_END
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from clustergraph import iris, parts, releases
from clustergraph.forgotten import Hidden, hash_of
from clustergraph.iris import PREFIXES
from clustergraph.patches import ADDED, KEPT, REMOVED, compared
from clustergraph.releases import Release

#: Most facts a difference holds, about 12 MB; of the rest it holds the counts. The patch always has all.
MOST_FACTS = 20_000
#: Most differences kept between requests.
MOST_KEPT = 16
SOURCE = f"<{PREFIXES['prov']}wasDerivedFrom>".encode()
REMOVED_HASH = f" <{iris.CG}removedHash> ".encode()
LABEL = f" <{PREFIXES['rdfs']}label> ".encode()
NOBODY = Hidden()
#: A line of a dump after what became of it.
Row = tuple[bytes, bytes]
#: What a difference may say of a thing, in the order of its summary.
STATES = ("added", "changed", "removed")


@dataclass(frozen=True)
class Fact:
    """A property and a value, as a quad that was added or removed."""

    added: bool
    property: NamedNode
    value: NamedNode | Literal


@dataclass(frozen=True)
class Node:
    """What changed of one node: a thing itself, or a part that is shown on its page.

    :ivar state: one of :data:`STATES`.
    :ivar facts: what was added and removed, by property.
    :ivar sources: IRIs of the sources the node names, those it no longer names included.
    :ivar names: what names it, where it is a part (:func:`parts.naming`).
    """

    iri: str
    state: str
    facts: tuple[Fact, ...] = ()
    sources: tuple[str, ...] = ()
    names: tuple[NamedNode | Literal, ...] = ()


@dataclass
class Change:
    """What changed of one thing and the parts shown on its page.

    :ivar state: what became of the thing itself; ``changed`` where its parts alone changed.
    :ivar added: how many quads were added, parts included; ``removed`` likewise.
    :ivar nodes: the thing first, then its parts by IRI.
    """

    iri: str
    state: str = "changed"
    added: int = 0
    removed: int = 0
    nodes: list[Node] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the thing: ``edition``, ``person``, …; ``term`` for terms of the ontology and the like."""
        return (iris.kind_and_slug(self.iri) or ("term", ""))[0]


@dataclass(frozen=True)
class Difference:
    """What makes the newer of two releases out of the older.

    :ivar added: how many quads were added.
    :ivar removed: how many were removed.
    :ivar changes: IRI -> what changed of the thing, by kind and name.
    :ivar labels: IRI -> what it is called, for everything the facts name.
    :ivar whole: whether all facts are here; without, there were more than :data:`MOST_FACTS`.
    :ivar left_out: IRI -> how many quads on a thing and its parts are told nowhere here: they name the forgotten.
    """

    older: Release
    newer: Release
    added: int
    removed: int
    changes: Mapping[str, Change]
    labels: Mapping[str, Literal]
    whole: bool
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def withheld(self) -> int:
        """How many of its quads are told nowhere here."""
        return sum(self.left_out.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """Kind -> state -> number of things, kinds in the order of the changes."""
        found: dict[str, dict[str, int]] = {}
        for change in self.changes.values():
            states = found.setdefault(change.kind, dict.fromkeys(STATES, 0))
            states[change.state] += 1
        return found


def lines(older: Release, newer: Release) -> Iterator[tuple[bytes, bytes]]:
    """Every line of the canonical dumps of two releases, with what became of it (:func:`patches.compared`)."""
    with (older.path / releases.CANONICAL).open("rb") as old, (newer.path / releases.CANONICAL).open("rb") as new:
        yield from compared(old, new)


def difference(older: Release, newer: Release, hidden: Hidden = NOBODY) -> Difference:
    """What changed from one release to another.

    :param hidden: tells what names persons who were forgotten, and so is counted alone.
    """
    changes: dict[str, Change] = {}
    left_out: Counter[str] = Counter()
    added = removed = facts = 0
    for subject, group in groupby(lines(older, newer), key=lambda row: row[1].partition(b" ")[0]):
        rows = list(group)
        if all(became == KEPT for became, _ in rows):
            continue
        added += sum(became == ADDED for became, _ in rows)
        removed += sum(became == REMOVED for became, _ in rows)
        told = [row for row in rows if not hidden.names(row[1].decode())]
        more = sum(became == ADDED for became, _ in told)
        less = sum(became == REMOVED for became, _ in told)
        facts += more + less
        iri = subject[1:-1].decode()
        left_out[iris.shown_with(iri)] += sum(became != KEPT for became, _ in rows) - more - less
        if more + less:
            _note(changes, _node(iri, rows, told, facts <= MOST_FACTS), more, less)
    labels = _labels(changes.values(), (older.path, newer.path))
    labels = {iri: label for iri, label in labels.items() if not hidden.names(f'"{label.value}"')}
    named = [node for change in changes.values() for node in change.nodes if node.names]
    labels |= {node.iri: Literal(parts.named(node.names, labels)) for node in named}  # none has a label of its own
    ordered = sorted(changes.values(), key=lambda change: _order(change, labels))
    return Difference(
        older,
        newer,
        added,
        removed,
        {each.iri: each for each in ordered},
        labels,
        added + removed <= MOST_FACTS,
        +left_out,
    )


def _node(iri: str, all_rows: list[Row], rows: list[Row], with_facts: bool) -> Node:
    signs = {became for became, _ in all_rows}
    state = "changed" if len(signs) > 1 else "added" if ADDED in signs else "removed"
    if not with_facts:
        return Node(iri, state)
    told = [line for became, line in rows if became != KEPT]
    quads = parse(b"".join(told), RdfFormat.N_QUADS)
    signs_told = (became == ADDED for became, _ in rows if became != KEPT)
    facts = sorted((_fact(quad, sign) for quad, sign in zip(quads, signs_told, strict=True)), key=_fact_order)
    named = [line for became, line in rows if became != REMOVED] or [line for _, line in rows]
    sources = tuple(sorted({_object(line) for _, line in rows if SOURCE in line}))
    return Node(iri, state, tuple(facts), sources, parts.naming(iri, named))


def _fact(quad: Quad, added: bool) -> Fact:
    value = quad.object if isinstance(quad.object, NamedNode | Literal) else Literal(str(quad.object))
    return Fact(added, quad.predicate, value)


def _fact_order(fact: Fact) -> tuple[str, bool, str]:
    return fact.property.value, fact.added, str(fact.value)


def _object(line: bytes) -> str:
    return line.split(b" ", 3)[2].strip(b"<>").decode()


def _note(changes: dict[str, Change], node: Node, added: int, removed: int) -> None:
    thing = iris.shown_with(node.iri)
    change = changes.setdefault(thing, Change(thing))
    change.added += added
    change.removed += removed
    if node.iri == thing:
        change.state = node.state
        change.nodes.insert(0, node)
    else:
        change.nodes.append(node)


def _labels(changes: Iterable[Change], folders: Iterable[Path]) -> dict[str, Literal]:
    """What everything that changes name is called; the last folder that names a thing counts."""
    wanted = {iri for change in changes for iri in (change.iri, *_named(change.nodes))}
    found: dict[str, Literal] = {}
    for folder in folders if wanted else ():
        with (folder / releases.CANONICAL).open("rb") as dump:
            told = [line for line in dump if LABEL in line and line[1 : line.index(b">")].decode() in wanted]
        for quad in parse(b"".join(told), RdfFormat.N_QUADS):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                found[quad.subject.value] = quad.object
    return found


def _named(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        yield node.iri
        yield from node.sources
        yield from (term.value for term in node.names if isinstance(term, NamedNode))
        for fact in node.facts:
            yield fact.property.value
            yield from [fact.value.value] if isinstance(fact.value, NamedNode) else ()


def _order(change: Change, labels: Mapping[str, Literal]) -> tuple[int, str, str, str]:
    kind = change.kind
    place = iris.KINDS.index(kind) if kind in iris.KINDS else len(iris.KINDS)
    return place, kind, labels[change.iri].value.casefold() if change.iri in labels else "", change.iri


class Differences:
    """Differences between releases, worked out once: releases never change. The last used ones are kept.

    :param hidden: gives for two folders of releases what must not be told of them.
    """

    def __init__(self, hidden: Callable[[Path, Path], Hidden] = lambda _, __: NOBODY) -> None:
        self._hidden = hidden
        self._kept: OrderedDict[tuple[Path, Path], Difference] = OrderedDict()
        self._lock = Lock()

    def between(self, older: Release, newer: Release) -> Difference:
        """What changed from one release to another."""
        key = (older.path, newer.path)
        with self._lock:  # so that many who ask at once wait for one and the same work
            if key not in self._kept:
                self._kept[key] = difference(older, newer, self._hidden(older.path, newer.path))
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def vanished(older: Release, newer: Release) -> list[str]:
    """The things with a page that only the older of two releases describes, and that no decision removed."""
    gone: list[str] = []
    removed: set[str] = set()
    for subject, group in groupby(lines(older, newer), key=lambda row: row[1].partition(b" ")[0]):
        iri = subject[1:-1].decode()
        rows = list(group)
        removed.update(
            _object(line).strip('"') for became, line in rows if REMOVED_HASH in line and became != REMOVED
        )
        kind, _ = iris.kind_and_slug(iri) or ("", "")
        if kind in iris.KINDS and all(became == REMOVED for became, _ in rows):
            gone.append(iri)
    return [iri for iri in gone if hash_of(iri) not in removed]


def describes(release: Release, iri: str) -> bool:
    """Whether a release says anything of a thing: a binary search in its canonical dump."""
    wanted = f"<{iri}> ".encode()
    with (release.path / releases.CANONICAL).open("rb") as dump:
        low, high = 0, dump.seek(0, SEEK_END)
        while low < high:
            middle = (low + high) // 2
            line = _line_after(dump, middle)
            low, high = (middle + 1, high) if line and line < wanted else (low, middle)
        return _line_after(dump, low).startswith(wanted)


def _line_after(file: BinaryIO, offset: int) -> bytes:
    """The first whole line after a byte of a file; at its very start, the first line."""
    file.seek(offset)
    if offset:
        file.readline()
    return file.readline()


def before(release: Release, kept: list[Release]) -> Release | None:
    """The kept release that came just before one, by the time of its build."""
    earlier = [each for each in kept if (each.about.created, each.id) < (release.about.created, release.id)]
    return max(earlier, key=lambda each: (each.about.created, each.id), default=None)
