"""Where sources differ, all say what they say side by side, and the reason for the choice is given."""

from __future__ import annotations

from clustergraph import store
from clustergraph.entities.differences import Differences, differences
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Panel
from clustergraph.iris import concept, thing

PANEL = Panel("edition/claims", "Where sources differ", "differences", group="subject", home=True)
ROWS = f"""
SELECT ?item ?subject ?subjectLabel ?property ?propertyLabel ?value ?until ?standing ?standingLabel ?reason ?source
WHERE {{ VALUES (?claim ?subject ?subjectLabel ?property ?propertyLabel ?value ?until ?kind ?reason ?by) {{
  ("dates-1" "e" "Edition" "p" "start date" "2025-07-01"^^<http://www.w3.org/2001/XMLSchema#date>
   "2025-07-02"^^<http://www.w3.org/2001/XMLSchema#date> "preferred" "printed twice" "one")
  ("dates-1" "e" "Edition" "p" "start date" "2025-07-01"^^<http://www.w3.org/2001/XMLSchema#date>
   "2025-07-02"^^<http://www.w3.org/2001/XMLSchema#date> "preferred" "printed twice" "two")
  ("dates-2" "e" "Edition" "p" "start date" "2025-07-03"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF "alternative"
   UNDEF "two")
  ("title-1" "s" "Session" "t" "title" "A" UNDEF "preferred" UNDEF "one")
  ("title-2" "s" "Session" "t" "title" "B" UNDEF "alternative" UNDEF "two")
}}
BIND(IRI(CONCAT("{thing("claim", "")}", "e--", ?claim)) AS ?item)
BIND(IRI(CONCAT("{concept("standing", "")}", ?kind)) AS ?standing)
BIND(?kind AS ?standingLabel)
BIND(IRI(CONCAT("{thing("source", "")}", ?by)) AS ?source) }}
"""


def shown() -> Differences:
    graph = store.in_memory([])
    return differences(PANEL, graph.select(ROWS), Marks(graph))


def test_claims_on_one_property_of_one_thing_stand_side_by_side() -> None:
    found = shown()
    assert found.count == 2
    assert [[side.values[0].text for side in one.sides] for one in found.differences] == [
        ["1–2 July 2025", "3 July 2025"], ["A", "B"],
    ]  # fmt: skip


def test_preferred_value_is_told_apart_with_its_reason_and_all_sources() -> None:
    first = shown().differences[0]
    assert [side.is_preferred for side in first.sides] == [True, False]
    assert [reason.text for reason in first.reasons] == ["printed twice"]
    assert [[mark.number for mark in side.marks] for side in first.sides] == [[1, 2], [2]]


def test_each_claim_is_found_by_its_fragment_at_home_only() -> None:
    assert [side.anchor for side in shown().differences[0].sides] == ["claim--dates-1", "claim--dates-2"]


def test_words_are_no_dates() -> None:
    values = [side.values[0] for one in shown().differences for side in one.sides]
    assert [value.moment for value in values] == ["2025-07-01", "2025-07-03", "", ""]
