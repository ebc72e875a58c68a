"""How the terms of the ontology and of the vocabularies are used: all uses are read to show a few rows on each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities.once import once
from clustergraph.iris import page_path

#: Kind of a term, as of its page -> the queries that read every use of it.
COUNTED = {"declared": ("ontology/examples", "ontology/use"), "concept": ("term/editions",)}
#: Kind of a term -> the query that finds those there are, and its variable.
FOUND = {"declared": ("ontology/declared", "entity"), "concept": ("scheme/concepts", "term")}
#: How the addresses of their pages begin; topics and the like have pages of another kind.
WHERE = ("/ontology/", "/vocabulary/")


class Uses:
    """The uses of each term of one graph, each worked out once.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        self._found = cache(lambda kind, term: once(partial(self._rows, kind, term)))

    def of(self, kind: str, term: NamedNode) -> Mapping[str, list[Solution]]:
        """The rows of the queries that read every use of a term, by their names.

        :param kind: of the page of the term, as in :data:`COUNTED`.
        :param term: one that the graph is known to have.
        """
        return self._found(kind, term)()

    def prepare(self) -> None:
        """Work them out for every term now, so that nobody waits for them."""
        for kind, (query, variable) in FOUND.items():
            for row in self._graph.select(queries.load(query).text):
                if (page_path(row[variable].value) or "").startswith(WHERE):
                    self.of(kind, row[variable])

    def _rows(self, kind: str, term: NamedNode) -> Mapping[str, list[Solution]]:
        names = COUNTED[kind]
        asked = [(queries.load(name).text, {"entity": term}) for name in names]
        return dict(zip(names, self._graph.select_all(asked), strict=True))
