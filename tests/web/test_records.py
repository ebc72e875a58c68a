"""The page of a source shows every fact drawn from it, and everything that cites it."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.entities.catalogue import PANELS
from clustergraph.entities.catalogue.records import SOURCE
from clustergraph.entities.marks import Marks
from clustergraph.entities.page import fill
from clustergraph.store import Graph

DRAWN = """
    PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT DISTINCT ?source ?item { ?item prov:wasDerivedFrom|cg:citedSource ?source }"""
#: The variables by which a panel tells what it shows from other things.
SHOWN = ("item", "thing")


@pytest.fixture(scope="module")
def drawn(graph: Graph) -> dict[str, set[str]]:
    """Each source -> everything that is drawn from it or cites it."""
    found: dict[str, set[str]] = {}
    for row in graph.select(DRAWN):
        found.setdefault(row["source"].value, set()).add(row["item"].value)
    assert len(found) > 150
    return found


def test_every_node_drawn_from_a_source_and_every_citation_of_it_stands_on_its_page(
    graph: Graph, drawn: dict[str, set[str]]
) -> None:
    missing = {}
    for source, items in drawn.items():
        entity, shown = NamedNode(source), set()
        for panel in SOURCE:
            rows = graph.select(queries.load(panel.query).text, {"entity": entity})
            shown |= {row[name].value for row in rows for name in SHOWN if row.get(name) is not None}
        if items - shown:
            missing[source] = sorted(items - shown)
    assert missing == {}


def test_panels_of_a_source_show_a_row_for_each_node(graph: Graph, drawn: dict[str, set[str]]) -> None:
    fullest = max(drawn, key=lambda source: len(drawn[source]))
    things = {"entity": NamedNode(fullest)}
    panels = fill(graph, [(panel, things) for panel in SOURCE[1:]], Marks(graph))
    counted = sum(one.content.count for one in panels if one.panel.query != "source/editions")
    assert counted == len(drawn[fullest]) > 100


def test_documents_have_the_same_panels_as_sources() -> None:
    assert PANELS["document"] is PANELS["source"]
