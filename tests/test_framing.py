"""Framing: things hold what belongs to them, and nothing is lost on the way."""

from __future__ import annotations

from typing import Any

from clustergraph import framing

HOLDING = ("has", "takes")


def tree(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    return framing.tree({node["@id"]: node for node in nodes}, HOLDING, "of")


def test_what_a_thing_names_as_its_part_stands_inside_it() -> None:
    assert tree({"@id": "a", "has": ["b", "elsewhere"]}, {"@id": "b", "takes": "c"}, {"@id": "c"}) == [
        {"@id": "a", "has": [{"@id": "b", "takes": {"@id": "c"}}, "elsewhere"]}
    ]


def test_what_names_the_thing_it_belongs_to_stands_inside_it_turned_round() -> None:
    assert tree({"@id": "a"}, {"@id": "p", "of": "a", "n": 1}, {"@id": "q", "of": "a"}) == [
        {"@id": "a", "@reverse": {"of": [{"@id": "p", "n": 1}, {"@id": "q"}]}}
    ]


def test_a_part_of_two_things_stands_inside_the_first_and_is_named_by_the_other() -> None:
    assert tree({"@id": "a", "has": "c"}, {"@id": "b", "has": "c"}, {"@id": "c", "of": "b"}) == [
        {"@id": "a", "has": {"@id": "c", "of": "b"}},
        {"@id": "b", "has": "c"},
    ]


def test_things_that_name_each_other_or_themselves_do_not_vanish() -> None:
    assert tree({"@id": "a", "has": "b", "takes": "a"}, {"@id": "b", "has": "a", "of": "b"}) == [
        {"@id": "a", "has": {"@id": "b", "has": "a", "of": "b"}, "takes": "a"}
    ]


def test_a_value_that_is_no_plain_iri_is_left_as_it_is() -> None:
    nodes = ({"@id": "a", "has": {"@value": "b"}}, {"@id": "b", "of": {"@value": "a"}})
    assert tree(*nodes) == list(nodes)
