"""Numbered marks by which a page names the sources of its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities.values import Value, of
from clustergraph.iris import page_path


@dataclass(frozen=True)
class Mark:
    """A source as a page names it.

    :ivar number: its number on the page, counted from 1 in the order of first use.
    :ivar iri: the permanent address of the source; ``href`` its page here.
    :ivar label: what the source is called.
    """

    number: int
    iri: str
    href: str
    label: Value


@dataclass(frozen=True)
class Source:
    """A line of the list of sources at the foot of a page.

    :ivar mark: its number, page and label.
    :ivar publisher: who published it, or empty.
    :ivar issued: when, in words, or empty.
    :ivar address: where to read it, or None.
    """

    mark: Mark
    publisher: str
    issued: str
    address: Value | None


class Marks:
    """The sources one page names, numbered as they come.

    :param graph: the graph that describes the sources.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        self._sources: dict[str, Source] = {}

    def of(self, iris: Iterable[str]) -> list[Mark]:
        """The marks of some sources, each once, by number."""
        found = {mark.number: mark for mark in (self._source(iri).mark for iri in iris)}
        return [found[number] for number in sorted(found)]

    def listed(self) -> list[Source]:
        """Every source named so far, by number."""
        return list(self._sources.values())

    def _source(self, iri: str) -> Source:
        if iri not in self._sources:
            self._sources[iri] = self._described(iri, len(self._sources) + 1)
        return self._sources[iri]

    def _described(self, iri: str, number: int) -> Source:
        rows = self._graph.select(queries.load("source/summary").text, {"entity": NamedNode(iri)})
        row = rows[0] if rows else None
        label = of(row["label"]) if row else Value(iri)
        publisher, issued = (row["publisher"], row["issued"]) if row else (None, None)
        return Source(
            mark=Mark(number, iri, page_path(iri) or "", label),
            publisher=publisher.value if isinstance(publisher, Literal) else "",
            issued=of(issued).text if issued else "",
            address=of(row["address"]) if row and row["address"] else None,
        )
