"""The uses of a term are read once for a release, and are what the queries behind the panels find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from clustergraph import iris, queries
from clustergraph.engine import Bindings, Solution
from clustergraph.entities.uses import COUNTED, Uses
from clustergraph.iris import PREFIXES, SHORT_PREFIXES
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


class Counting(Graph):
    """A graph that counts what it is asked side by side."""

    asked = 0

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[list[Solution]]:
        self.asked += 1
        return super().select_all(asked)


@pytest.fixture
def graph() -> Counting:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in {**PREFIXES, **SHORT_PREFIXES}.items())
    store = Store()
    store.bulk_extend(quad for quad in parse(prefixes + DATA, format=RdfFormat.TRIG) if isinstance(quad, Quad))
    return Counting(store)


def test_uses_are_what_the_queries_behind_the_panels_find(graph: Counting) -> None:
    for kind, term in (("declared", iris.expand("cg:inEvent")), ("concept", iris.concept("role", "speaker"))):
        found = Uses(graph).of(kind, NamedNode(term))
        assert found == {
            name: graph.select(queries.load(name).text, {"entity": NamedNode(term)}) for name in COUNTED[kind]
        }
        assert all(found.values())


def test_things_of_a_class_are_shown_in_the_order_of_their_addresses(graph: Counting) -> None:
    rows = Uses(graph).of("declared", NamedNode(iris.expand("cg:Session")))["ontology/examples"]
    assert [(row["thingLabel"].value, row["value"], row["valueLabel"]) for row in rows] == [
        ("A", None, None), ("B", None, None),
    ]  # fmt: skip


def test_uses_that_were_prepared_are_not_looked_for_again(graph: Counting) -> None:
    uses = Uses(graph)
    uses.prepare()
    assert graph.asked == 3
    uses.of("declared", NamedNode(iris.expand("cg:Session")))
    uses.of("concept", NamedNode(iris.concept("role", "speaker")))
    assert graph.asked == 3
