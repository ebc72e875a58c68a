"""The completeness card: every item once, stated or not, in terms the data can hold."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import NamedNode
from written import written

from clustergraph import queries
from clustergraph.entities.completeness import Completeness, completeness
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Panel
from clustergraph.iris import thing

ROOT = Path(__file__).parent.parent.parent
PANEL = Panel("edition/stated", "What no source states", "completeness")
TEXT = queries.load(PANEL.query).text
DATA = """
edition:full a cg:Edition ; cg:statedNumber 3 ; cg:regionText "Here" ; cg:document document:d .
document:d cg:documentKind document-kind:agenda .
participation:1 cg:statedAt edition:full ; cv:role role:co-organiser .
participation:2 cg:statedAt edition:full ; cg:evidence evidence:announced ; cg:inEvent session:s .
session:s cg:statedAt edition:full ; a cg:Session .
statistic:1 cg:statedAt edition:full ; cg:indicator indicator:participants .
edition:other a cg:Edition ; cg:venueText "There" ; cg:theme "That" .
edition:bare a cg:Edition .
"""


def card(slug: str) -> Completeness:
    graph = written(DATA)
    rows = graph.select(TEXT, {"entity": NamedNode(thing("edition", slug))})
    return completeness(PANEL, rows, Marks(graph))


def items() -> list[str]:
    return re.findall(r'\(\d+ "([^"]+)"\)', TEXT)


def test_what_a_source_states_is_not_missing() -> None:
    found = card("full")
    assert found.stated == [
        "Number in the series", "Region", "Organisers", "Sessions", "How many took part", "Agenda",
    ]  # fmt: skip


def test_every_item_is_stated_or_missing_in_the_same_order() -> None:
    found = card("full")
    assert sorted([*found.stated, *found.missing], key=items().index) == items()
    assert found.missing == [item for item in items() if item in found.missing]


def test_part_that_was_only_announced_is_no_part_taken() -> None:
    assert "Who had a part in a session" in card("full").missing


def test_edition_of_which_nothing_is_stated_misses_everything() -> None:
    assert card("bare").missing == items()


def test_properties_asked_for_are_those_that_an_edition_may_have() -> None:
    shape = (ROOT / "shapes" / "Edition.ttl").read_text(encoding="utf-8")
    known = set(re.findall(r"sh:path ([\w:]+)", shape))
    asked = set(re.findall(r"\(\d+ ((?:cg|dct|schema):\w+)\)", TEXT))
    assert len(asked) >= 9
    assert asked <= known
