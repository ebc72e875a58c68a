"""Panels: rows of one thing are one row, with every value once, in the order of the query."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import iris, store
from clustergraph.entities.facts import facts
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Column, Panel, anchor, gather
from clustergraph.entities.tables import table
from clustergraph.store import Graph

LABEL = NamedNode(iris.PREFIXES["rdfs"] + "label")
S1, S2 = (iris.thing("source", name) for name in ("one", "two"))
ROWS = """
PREFIX mention: <https://w3id.org/clustergraph/id/mention/>
PREFIX person: <https://w3id.org/clustergraph/id/person/>
PREFIX source: <https://w3id.org/clustergraph/id/source/>
SELECT ?item ?name ?nameLabel ?empty ?source ?kind WHERE {
  VALUES (?item ?name ?nameLabel ?source ?kind) {
    (mention:e--a person:a "A" source:two "x")
    (mention:e--a person:a "A" source:one "x")
    (mention:e--b person:b "B" source:two "y")
    (mention:e--a UNDEF "also A" UNDEF UNDEF)
  }
}
"""


def graph() -> Graph:
    """A graph with two labelled sources."""
    home = NamedNode(iris.graph("registry"))
    return store.in_memory(Quad(NamedNode(iri), LABEL, Literal(iri[-3:]), home) for iri in (S1, S2))


def test_rows_of_one_thing_are_one_row_with_every_value_once() -> None:
    first, second = gather(graph().select(ROWS), "item", {"name": "", "kind": ""})
    assert [value.text for value in first.of("name")] == ["A", "also A"]
    assert list(first.sources) == [S2, S1]
    assert [value.text for value in second.of("name")] == ["B"]


def test_table_leaves_out_columns_in_which_nothing_stands_and_groups_rows() -> None:
    panel = Panel("q", "Q", columns=(Column("name", "Name"), Column("empty", "Empty")), group="kind", home=True)
    asked = graph()
    found = table(panel, asked.select(ROWS), Marks(asked))
    assert [column.heading for column in found.columns] == ["Name"]
    assert [(group.heading.text if group.heading else "", len(group.rows)) for group in found.groups] == [
        ("x", 1),
        ("y", 1),
    ]
    assert found.groups[0].rows[0].anchor == "mention--a"
    assert found.count == 2


def test_sources_are_numbered_in_the_order_of_their_first_use() -> None:
    asked = graph()
    marks = Marks(asked)
    found = table(Panel("q", "Q", columns=(Column("name", "Name"),)), asked.select(ROWS), marks)
    assert [[mark.number for mark in row.marks] for group in found.groups for row in group.rows] == [[1, 2], [1]]
    assert [source.mark.label.text for source in marks.listed()] == ["two", "one"]
    assert marks.listed()[0].mark.href == "/page/source/two"


def test_facts_of_the_same_sources_name_them_alike_in_whatever_order_they_come() -> None:
    marks = Marks(graph())
    two, one = (iris.thing("source", name) for name in ("two", "one"))
    assert marks.of([two, one]).shown == ((1, "/page/source/two", "two"), (2, "/page/source/one", "one"))
    assert marks.of([one, two]).shown == marks.of([two, one]).shown != marks.of([one]).shown


def test_many_sources_are_each_described_and_one_that_nobody_describes_is_named_by_its_address() -> None:
    home, addresses = NamedNode(iris.graph("registry")), [iris.thing("source", f"s{number}") for number in range(250)]
    quads = [Quad(NamedNode(iri), LABEL, Literal(f"Source {iri[-3:]}"), home) for iri in addresses[:-1]]
    marks = Marks(store.in_memory(quads))
    first, *_ = marks.of(addresses[:1])
    assert first.label.text == "Source /s0"
    marks.of(addresses)
    labels = [source.label.text for source in marks.listed()]
    assert labels == [f"Source {iri[-3:]}" for iri in addresses[:-1]] + [addresses[-1]]


def test_facts_keep_standing_reason_and_sources_with_each_value() -> None:
    asked = graph()
    rows = asked.select(
        """
        PREFIX source: <https://w3id.org/clustergraph/id/source/>
        SELECT ?property ?propertyLabel ?value ?standingLabel ?reason ?source WHERE {
          VALUES (?property ?propertyLabel ?value ?standingLabel ?reason ?source) {
            (<https://p/a> "A" 1 UNDEF UNDEF source:one)
            (<https://p/b> "B" "x" "preferred" "newer" source:one)
            (<https://p/b> "B" "y" "alternative" UNDEF source:two)
          }
        }
        """
    )
    found = facts(Panel("q", "Q", "facts"), rows, Marks(asked))
    assert [fact.label for fact in found.facts] == ["A", "B"]
    assert [(e.value.text, e.standing, e.reason, len(e.marks)) for e in found.facts[1].entries] == [
        ("x", "preferred", "newer", 1),
        ("y", "alternative", "", 1),
    ]
    assert found.count == 3


def test_anchor_is_where_the_address_of_a_part_leads() -> None:
    part = iris.thing("mention", "2025-07-01-cluj-napoca--emil-boc")
    assert anchor(part) == "mention--emil-boc"
    assert (iris.page_path(part) or "").endswith("#" + anchor(part))
    assert anchor(iris.CG + "Edition") == "Edition"
    assert anchor(iris.thing("person", "emil-boc")) == ""
