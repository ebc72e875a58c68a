"""A graph that works out once for its release what many pages show alike, or what reads very much to show little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from clustergraph import queries
from clustergraph.engine import Bindings, Engine, Solution
from clustergraph.entities import meetings
from clustergraph.entities.once import once_of
from clustergraph.iris import SERIES, page_path
from clustergraph.store import HELD_IN_MEMORY

#: The queries that read every use of a term -> the query that finds all terms, and its variable.
COUNTED = {
    "ontology/examples": ("ontology/declared", "entity"),
    "ontology/use": ("ontology/declared", "entity"),
    "term/editions": ("scheme/concepts", "term"),
}
#: Those that count the whole graph, list all its pages, or seek one of all editions.
WHOLE = (
    "void/classes", "void/extent", "void/links", "void/properties", "void/vocabularies", "feeds/countries",
    "guide/newest-edition", "site/pages", "site/records", "endpoint/graphs",
)  # fmt: skip
#: How the addresses of pages of terms begin; topics and the like have pages of another kind.
TERMS = ("/ontology/", "/vocabulary/")
PLACES, LEDGER, ROLES = "edition/places", "agent/ledger", "agent/roles"
HERE, ELSEWHERE = Literal(True), Literal(False)
Rows = list[Solution]


class Remembering:
    """A graph as any other (:class:`clustergraph.engine.Engine`), which gives the same rows.

    Its editions stand on nearly every page, and are found once. All uses of a term are read once for each, and the
    whole is counted once.

    :param graph: the graph of a release, which never changes.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        self._used = cache(lambda query, term: once_of(graph, partial(graph.select, query, {"entity": term})))
        self._editions = once_of(
            graph, lambda: graph.select(queries.load(PLACES).text, {"entity": NamedNode(SERIES)})
        )
        whole = map(queries.load, WHOLE)
        self._whole = {query.text: once_of(graph, partial(graph.select, query.text)) for query in whole}
        self._known: dict[str, Callable[[NamedNode], Rows]] = {
            **{(text := queries.load(name).text): partial(self._uses, text) for name in COUNTED},
            queries.load(PLACES).text: self._places,
            queries.load(LEDGER).text: self._ledger,
        }
        self._meetings = meetings.Meetings(graph)
        self._met = {queries.load(name).text: name for name in meetings.KINDS}

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """The rows of a SELECT query."""
        known = self._answer(query, bindings)
        return known() if known else self._graph.select(query, bindings)

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[Rows]:
        """The rows of several SELECT queries, each with its values, in their order, as they are found."""
        known = [self._answer(*one) for one in asked]
        others = self._graph.select_all([one for one, answer in zip(asked, known, strict=True) if answer is None])
        return (answer() if answer else next(others) for answer in known)

    def prepare(self) -> None:
        """Count the whole and read the uses of every term now, so that nobody waits for them."""
        for count in self._whole.values():
            count()
        for name, (query, variable) in COUNTED.items():
            for row in self._graph.select(queries.load(query).text):
                if (page_path(row[variable].value) or "").startswith(TERMS):
                    self.select(queries.load(name).text, {"entity": row[variable]})

    def _answer(self, query: str, bindings: Bindings | None) -> Callable[[], Rows] | None:
        """What gives the rows of a query that is known; None for any other."""
        if not bindings:
            return self._whole.get(query)
        if query in self._met and meetings.ORIGIN in bindings.values() and len(self._graph) > HELD_IN_MEMORY:
            return partial(self._meetings.rows, self._met[query], bindings)
        known, entity = self._known.get(query), bindings.get("entity")
        return partial(known, entity) if known and isinstance(entity, NamedNode) else None

    def _uses(self, query: str, term: NamedNode) -> Rows:
        return self._used(query, term)()

    def _places(self, entity: NamedNode) -> Rows:
        """All editions, and which of them is the one asked about."""
        return [
            {**row, "entity": entity, "here": HERE if row["edition"] == entity else ELSEWHERE}
            for row in self._editions()
        ]

    def _ledger(self, entity: NamedNode) -> Rows:
        """All editions, each followed by the roles that an actor had there."""
        roles: dict[Any, Rows] = defaultdict(list)
        for row in self._graph.select(queries.load(ROLES).text, {"entity": entity}):
            roles[row["edition"]].append(row)
        found = []
        for row in self._editions():
            edition = {**row, "date": row["start"], "city": row["placeLabel"], "entity": entity}
            found += [edition, *({**edition, **role} for role in roles.pop(row["edition"], ()))]
        return found

    # All else is the graph's own.

    @property
    def union(self) -> bool:
        """Whether the default graph is the union of all named graphs."""
        return self._graph.union

    def __len__(self) -> int:
        return len(self._graph)

    def construct(self, query: str, bindings: Bindings | None = None) -> set[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        return self._graph.construct(query, bindings)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """The answer of an ASK query."""
        return self._graph.ask(query, bindings)

    def stream(self, graph: str | None = None) -> Iterator[Quad]:
        """Every quad, or every quad of one named graph, in no particular order."""
        return self._graph.stream(graph)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return self._graph.graph_names()

    def settle(self) -> None:
        """See that all this thread has read since it last called this is of one release."""
        self._graph.settle()
