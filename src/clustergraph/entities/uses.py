"""The pages of terms of the ontology and of vocabularies: all uses of a term are read to show a few rows on them."""

from __future__ import annotations

from functools import cache, partial

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities.catalogue import PANELS
from clustergraph.entities.marks import Marks
from clustergraph.entities.once import once
from clustergraph.entities.page import Known, Page, fill, heading
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

    def of(self, kind: str, term: NamedNode) -> Known:
        """What the queries find that read every use of a term; nothing for what is not used, as a vocabulary.

        :param kind: of the page of the term.
        :param term: one that the graph is known to have.
        """
        return self._found(kind, term)() if kind in COUNTED else {}

    def page(self, term: NamedNode, kind: str, slug: str) -> Page:
        """The page of a term, with the panels of its kind.

        :param term: one that the graph is known to have; ``slug``: what it goes by where it has no label.
        """
        marks, things = Marks(self._graph), {"entity": term}
        filled = fill(self._graph, [(panel, things) for panel in PANELS[kind]], marks, self.of(kind, term))
        return Page(
            iri=term.value,
            kind=kind,
            slug=slug,
            record=False,
            heading=heading(self._graph, term, slug),
            neighbours=[],
            mentioned_only=False,
            panels=[one for one in filled if one.content.count],
            sources=marks.listed(),
        )

    def prepare(self) -> None:
        """Work them out for every term now, so that nobody waits for them."""
        for kind, (query, variable) in FOUND.items():
            for row in self._graph.select(queries.load(query).text):
                if (page_path(row[variable].value) or "").startswith(WHERE):
                    self.of(kind, row[variable])

    def _rows(self, kind: str, term: NamedNode) -> Known:
        names = COUNTED[kind]
        asked = [(queries.load(name).text, {"entity": term}) for name in names]
        return dict(zip(names, self._graph.select_all(asked), strict=True))
