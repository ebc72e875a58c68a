"""The ledger of an actor: every edition once, in order, with the strongest evidence, and gaps that are seen."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode
from written import written

from clustergraph import queries
from clustergraph.entities.catalogue.actors import COMPANIONS, LEDGER
from clustergraph.entities.ledger import Ledger, ledger
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST
from clustergraph.entities.tables import table
from clustergraph.iris import thing
from clustergraph.store import Graph

DATA = """
edition:c a cg:Edition ; rdfs:label "C" ; cg:inferredPlace 3 ; cg:coverage coverage:recorded ;
  schema:startDate "2025-05-05"^^xsd:date .
edition:a a cg:Edition ; rdfs:label "A" ; cg:inferredPlace 1 ; cg:coverage coverage:recorded ;
  schema:startDate "2023-03-03"^^xsd:date ; schema:location place:x .
edition:b a cg:Edition ; rdfs:label "B" ; cg:inferredPlace 2 ; cg:coverage coverage:mentioned .
edition:d a cg:Edition ; rdfs:label "D" ; cg:inferredPlace 4 ; cg:coverage coverage:recorded .
place:x rdfs:label "Xanten" .
session:a1 a cg:Session ; cg:statedAt edition:a . session:a2 a cg:Session ; cg:statedAt edition:a .
role:speaker rdfs:label "speaker" . role:quoted rdfs:label "quoted" . role:moderator rdfs:label "moderator" .
evidence:took-part rdfs:label "took part" . evidence:quoted rdfs:label "quoted" .
person:one rdfs:label "One" . person:two rdfs:label "Two" . person:three rdfs:label "Three" .
participation:1 cv:hasParticipant person:one ; cg:statedAt edition:a ; cv:role role:speaker ;
  cg:evidence evidence:took-part ; cg:inEvent session:a1 .
participation:2 cv:hasParticipant person:one ; cg:statedAt edition:a ; cv:role role:quoted ;
  cg:evidence evidence:quoted ; cg:inEvent edition:a .
participation:3 cv:hasParticipant person:one ; cg:statedAt edition:a ; cv:role role:moderator ;
  cg:evidence evidence:took-part ; cg:inEvent session:a2 .
participation:4 cv:hasParticipant person:two ; cg:statedAt edition:a ; cv:role role:speaker ;
  cg:evidence evidence:took-part ; cg:inEvent session:a1 .
participation:5 cv:hasParticipant person:two ; cg:statedAt edition:a ; cv:role role:speaker ;
  cg:evidence evidence:took-part ; cg:inEvent session:a2 .
participation:6 cv:hasParticipant person:three ; cg:statedAt edition:a ; cv:role role:quoted ;
  cg:evidence evidence:quoted ; cg:inEvent session:a1 .
mention:1 cg:mentions person:one ; cg:statedAt edition:a . mention:2 cg:mentions person:one ; cg:statedAt edition:c .
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return written(DATA)


def of(graph: Graph, slug: str) -> Ledger:
    rows = graph.select(queries.load(LEDGER.query).text, {"entity": NamedNode(thing("person", slug))})
    return ledger(LEDGER, rows, Marks(graph))


def test_every_edition_has_one_cell_in_order(graph: Graph) -> None:
    assert [cell.edition.text for cell in of(graph, "one").cells] == ["A", "B", "C", "D"]


def test_cell_shows_the_strongest_evidence_and_says_all(graph: Graph) -> None:
    first = of(graph, "one").cells[0]
    assert first.level == "took-part"
    assert first.words == "took part (moderator, speaker); quoted (quoted)"
    assert (first.city, first.year) == ("Xanten", "2023")


def test_being_named_without_a_role_is_being_mentioned(graph: Graph) -> None:
    assert of(graph, "one").cells[2].words == "mentioned (named, without a role)"


def test_gap_is_seen_and_an_edition_without_a_record_is_no_gap(graph: Graph) -> None:
    shown = of(graph, "one")
    assert [cell.level for cell in shown.cells] == ["took-part", "no-record", "mentioned", "not-named"]
    assert shown.cells[1].words == "edition without a record of its own"


def test_legend_names_each_level_that_occurs_with_its_number(graph: Graph) -> None:
    assert [(level, number) for level, _, number in of(graph, "one").legend] == [
        ("took-part", 1), ("mentioned", 1), ("not-named", 1), ("no-record", 1),
    ]  # fmt: skip


def test_ledger_counts_editions_and_is_empty_for_somebody_nobody_names(graph: Graph) -> None:
    assert of(graph, "one").count == 2
    assert of(graph, "nobody").count == 0


def test_companions_are_ranked_by_sessions_that_both_took_part_in(graph: Graph) -> None:
    rows = graph.select(queries.load(COMPANIONS.query).text, {"entity": NamedNode(thing("person", "one"))})
    shown = table(COMPANIONS, rows, Marks(graph)).groups[0].rows
    assert [[cell[0].text for cell in row.cells] for row in shown] == [["Two", "2", "1", "What connects them"]]


def test_of_very_many_editions_those_that_name_the_actor_are_shown_and_the_others_counted() -> None:
    many = "".join(
        f'edition:x{number} a cg:Edition ; rdfs:label "X" ; cg:inferredPlace {10 + number} ; '
        "cg:coverage coverage:recorded . "
        for number in range(MOST)
    )
    shown = of(written(DATA + many), "one")
    assert [cell.edition.text for cell in shown.cells] == ["A", "C"]
    assert (shown.count, shown.left) == (2, MOST + 2)
    assert shown.counts == {"took-part": 1, "mentioned": 1, "not-named": MOST + 1, "no-record": 1}
