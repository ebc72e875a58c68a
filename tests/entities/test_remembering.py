"""What a graph remembers is what its queries find, and is not looked for again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pyoxigraph import NamedNode, Store
from written import quads

from clustergraph import iris, queries
from clustergraph.engine import Bindings, Engine, Solution
from clustergraph.entities.remembering import COUNTED, LEDGER, PLACES, WHOLE, Remembering
from clustergraph.iris import expand, thing
from clustergraph.store import Graph

DATA = """
@prefix graph: <https://w3id.org/clustergraph/graph/> .
GRAPH graph:ontology {
  cg:Session a owl:Class ; rdfs:label "session" .
  cg:inEvent a owl:ObjectProperty ; rdfs:label "in" .
}
GRAPH graph:made {
  role:speaker skos:inScheme <https://w3id.org/clustergraph/vocabulary/role> ; rdfs:label "speaker" .
  session:b a cg:Session ; rdfs:label "B" . session:a a cg:Session ; rdfs:label "A" .
  participation:1 a cg:Participation ; cg:inEvent session:b ; cv:role role:speaker ; cg:statedAt edition:x .
}
"""
#: Queries that are remembered, and things to ask them of.
ASKED = [
    *((PLACES, thing("edition", slug)) for slug in ("2022-02-16-malaga", "2025-07-01-cluj-napoca")),
    (PLACES, iris.SERIES),
    *((LEDGER, thing("person", slug)) for slug in ("jan-philipp-kramer", "emil-boc", "nobody")),
    (LEDGER, thing("organisation", "european-commission")),
    *(("ontology/use", expand(term)) for term in ("cg:Edition", "cv:role", "rdfs:label")),
    *(("ontology/examples", expand(term)) for term in ("cg:Edition", "cv:role", "rdfs:label")),
    *(("term/editions", iris.concept(*term)) for term in (("role", "speaker"), ("coverage", "recorded"))),
]


class Counting(Graph):
    """A graph that counts what it is asked."""

    asked = 0

    def select(self, query: str, bindings: Bindings | None = None) -> list[Solution]:
        self.asked += 1
        return super().select(query, bindings)


@pytest.fixture
def made() -> Counting:
    store = Store()
    store.bulk_extend(quads(DATA))
    return Counting(store)


def asked(graph: Engine, them: Sequence[tuple[str, str]]) -> Iterator[list[Solution]]:
    return graph.select_all([(queries.load(name).text, {"entity": NamedNode(iri)}) for name, iri in them])


def test_rows_are_those_that_the_query_behind_the_panel_finds(graph: Graph) -> None:
    remembering = Remembering(graph)
    for one, rows, found in zip(ASKED, asked(remembering, ASKED), asked(graph, ASKED), strict=True):
        assert [{name: row.get(name) for name in other} for row, other in zip(rows, found, strict=True)] == found, one
        assert found
    assert list(asked(remembering, ASKED)) == list(asked(Remembering(graph), ASKED))


def test_queries_that_are_not_remembered_are_answered_in_their_order(graph: Graph) -> None:
    mixed = [("thing/heading", ASKED[0][1]), ASKED[0], ("thing/facts", ASKED[1][1]), ASKED[3]]
    lengths = [len(rows) for rows in asked(Remembering(graph), mixed)]
    assert lengths == [len(rows) for rows in asked(graph, mixed)]


def test_what_is_counted_of_the_whole_is_counted_once(made: Counting) -> None:
    remembering, texts = Remembering(made), [queries.load(name).text for name in WHOLE]
    found = [remembering.select(text) for text in texts]
    assert found == [Graph.select(made, text) for text in texts]
    assert [remembering.select(text) for text in texts] == found
    assert made.asked == len(WHOLE)


def test_things_of_a_class_are_shown_in_the_order_of_their_addresses(made: Counting) -> None:
    [rows] = asked(made, [("ontology/examples", expand("cg:Session"))])
    assert [(row["thingLabel"].value, row["value"], row["valueLabel"]) for row in rows] == [
        ("A", None, None), ("B", None, None),
    ]  # fmt: skip


def test_uses_that_were_prepared_are_not_looked_for_again(made: Counting) -> None:
    remembering = Remembering(made)
    remembering.prepare()
    before = made.asked
    terms = {"ontology/use": expand("cg:Session"), "ontology/examples": expand("cg:inEvent")}
    terms["term/editions"] = iris.concept("role", "speaker")
    assert terms.keys() == COUNTED.keys()
    assert all(asked(remembering, list(terms.items())))
    assert made.asked == before
