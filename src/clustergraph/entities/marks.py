"""Numbered marks by which a page names the sources of its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from pyoxigraph import Literal, NamedNode

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities.values import Value, of
from clustergraph.iris import page_path


@dataclass(frozen=True)
class Mark:
    """A source as a page names it.

    :ivar number: its number on the page, counted from 1 in the order of first use.
    :ivar iri: the permanent address of the source; ``href`` its page here.
    """

    number: int
    iri: str
    href: str
    _marks: Marks = field(repr=False, compare=False)

    @property
    def label(self) -> Value:
        """What the source is called."""
        return self._marks.source(self).label


class Named(tuple[Mark, ...]):
    """The sources of a fact, by number."""

    @cached_property
    def shown(self) -> tuple[tuple[int, str, str], ...]:
        """Number, page and name of each: facts of the same sources are shown alike."""
        return tuple((mark.number, mark.href, mark.label.text) for mark in self)


@dataclass(frozen=True)
class Source:
    """A line of the list of sources at the foot of a page.

    :ivar mark: its number and page.
    :ivar publisher: who published it, or empty.
    :ivar issued: when, in words, or empty.
    :ivar address: where to read it, or None.
    """

    mark: Mark
    label: Value
    publisher: str
    issued: str
    address: Value | None


class Marks:
    """The sources one page names, numbered as they come, and described together once one of them is shown.

    :param graph: the graph that describes the sources.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        self._marks: dict[str, Mark] = {}
        self._named: dict[tuple[str, ...], Named] = {}
        self._sources: list[Source] = []

    def of(self, iris: Iterable[str]) -> Named:
        """The marks of some sources, each once, by number."""
        asked = tuple(iris)
        if asked not in self._named:
            self._named[asked] = Named(sorted({self._mark(iri) for iri in asked}, key=attrgetter("number")))
        return self._named[asked]

    def source(self, mark: Mark) -> Source:
        """What is known of the source of a mark."""
        if mark.number > len(self._sources):
            self._describe()
        return self._sources[mark.number - 1]

    def listed(self) -> list[Source]:
        """Every source named so far, by number."""
        self._describe()
        return list(self._sources)

    def _mark(self, iri: str) -> Mark:
        mark = self._marks.get(iri)
        if mark is None:
            mark = self._marks[iri] = Mark(len(self._marks) + 1, iri, page_path(iri) or "", self)
        return mark

    def _describe(self) -> None:
        """Ask for the sources that are not described yet."""
        missing = list(self._marks.values())[len(self._sources) :]
        rows: dict[str, Solution] = {}
        for text in queries.load("source/summary").texts([{"entity": NamedNode(mark.iri)} for mark in missing]):
            for row in self._graph.select(text):
                rows.setdefault(row["entity"].value, row)
        self._sources += [_source(mark, rows.get(mark.iri)) for mark in missing]


def _source(mark: Mark, row: Solution | None) -> Source:
    if row is None:
        return Source(mark, Value(mark.iri), "", "", None)
    publisher, issued, address = row["publisher"], row["issued"], row["address"]
    return Source(
        mark=mark,
        label=of(row["label"]),
        publisher=publisher.value if isinstance(publisher, Literal) else "",
        issued=of(issued).text if issued else "",
        address=of(address) if address else None,
    )
