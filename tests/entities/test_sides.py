"""Several things side by side: lines joined by subject, shared ones first, and the sharing in words."""

from __future__ import annotations

import pytest

from clustergraph.entities.sides import Entry, Side, Sides, among, lines
from clustergraph.entities.values import Value


def side(name: str, *values: str, group: str = "") -> Side:
    return Side(Value(name), group, [Entry(Value(value), [], []) for value in values])


ONE = {"a": side("A"), "b": side("B", "1"), "c": side("C", "2")}
OTHER = {"d": side("D", "3"), "c": side("C", "4", "5"), "a": side("A")}


def test_subject_of_which_nothing_is_stated_is_left_out() -> None:
    assert [line.heading.text for line in lines([ONE, OTHER], ranked=False)] == ["B", "C", "D"]


def test_what_most_share_stands_first_where_asked() -> None:
    found = lines([ONE, OTHER], ranked=True)
    assert [(line.heading.text, line.shared) for line in found] == [("C", 2), ("B", 1), ("D", 1)]
    assert [[entry.value.text for entry in cell] for cell in found[0].cells] == [["2"], ["4", "5"]]


def test_lines_stand_under_their_groups() -> None:
    found = lines([{"x": side("X", "1", group="Z"), "y": side("Y", "1", group="A")}, {}], ranked=True)
    groups = Sides([Value("one"), Value("other")], found, marked=True).groups
    assert [(group, [line.heading.text for line in some]) for group, some in groups] == [("A", ["Y"]), ("Z", ["X"])]


@pytest.mark.parametrize(("shared", "of", "words"), [(2, 2, "both"), (3, 3, "all 3"), (2, 3, "2 of 3")])
def test_sharing_is_said_in_words(shared: int, of: int, words: str) -> None:
    assert among(shared, of) == words


def test_those_shared_by_as_many_stand_by_name_where_asked() -> None:
    names = ("Zebra", "Țară", "tail", "École")
    one, other = {name: side(name, "1") for name in names}, {"tail": side("tail", "1")}
    found = [line.heading.text for line in lines([one, other], ranked=True, by_name=True)]
    assert found == ["tail", "École", "Țară", "Zebra"]
