"""The data hold each single fact of the fact sheets, with its sources.

``tests/facts/{kind}.tsv`` lists what the sheets state, a line a record: a column with a star has several values,
set apart by `` | ``; sources go by the ids they have in their sheet. The query of the same name reads the same
records out of the graph.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from held import PROJECT, rows

FACTS = Path(__file__).parent / "facts"
KINDS = sorted(path.stem for path in FACTS.glob("*.tsv"))
EDITIONS = [line.split("\t")[0] for line in (FACTS / "editions.tsv").read_text(encoding="utf-8").splitlines()[1:]]
#: Columns that name a concept as the sheet prints it, and the vocabularies that it is looked up in.
CONCEPTS = {"topic": "subject", "sector": "subject", "policy": "policy", "what": "indicator"}

#: Records of things that other sheets may describe as well: these may say more than one sheet does.
SHARED = {"documents"}

Record = frozenset[tuple[str, str]]


@cache
def _stated(kind: str) -> dict[str, list[Record]]:
    """What the sheets state, by edition."""
    found: dict[str, list[Record]] = {}
    with (FACTS / f"{kind}.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE, restval=""):
            edition = line.pop("edition")
            found.setdefault(edition, []).append(frozenset(_pairs(line)))
    return found


def _pairs(line: dict[str, str]) -> Iterator[tuple[str, str]]:
    for column, cell in line.items():
        field = column.rstrip("*")
        for value in cell.split(" | ") if column.endswith("*") else [cell]:
            if value:
                yield field, _concept(CONCEPTS[field], value) if field in CONCEPTS else value


@cache
def _held(kind: str) -> dict[str, list[Record]]:
    """What the graph holds, by edition."""
    records: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows(FACTS / f"{kind}.rq"):
        records.setdefault((row["edition"], row["record"]), set()).add((row["field"], row["value"]))
    found: dict[str, list[Record]] = {}
    for (edition, _), pairs in records.items():
        found.setdefault(edition, []).append(frozenset(pairs))
    return found


@cache
def _named() -> dict[tuple[str, str], set[str]]:
    """The concepts that go by each name, by vocabulary and name; capitals make no other name."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows(FACTS / "concepts.rq"):
        found.setdefault((row["scheme"], row["label"].casefold()), set()).add(row["concept"])
    return found


def _concept(scheme: str, label: str) -> str:
    concepts = _named().get((scheme, label.casefold()), set())
    return next(iter(concepts)) if len(concepts) == 1 else f"{label!r}, the name of {len(concepts)} concepts"


def _told(records: list[Record]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(record) for record in records)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_each_fact_of_a_sheet_is_held_with_its_sources(edition: str, kind: str) -> None:
    stated, held = _stated(kind).get(edition, []), _held(kind).get(edition, [])
    if kind in SHARED:
        held = [record & frozenset().union(*stated) for record in held]
    assert _told(held) == _told(stated)


def test_what_an_edition_states_stands_in_its_own_graph() -> None:
    assert list(rows(FACTS / "strays.rq")) == []


def test_a_name_means_one_agent_and_two_names_mean_two_unless_they_are_named_as_the_same() -> None:
    names: dict[str, set[str]] = {}
    for row in rows(FACTS / "namesakes.rq"):
        if row["edition"] in EDITIONS:
            names.setdefault(row["agent"], set()).add(row["name"])
    stated = [name for group in names.values() for name in group]
    assert len(stated) == len(set(stated))
    same = tomllib.loads((PROJECT / "data/expectations.toml").read_text(encoding="utf-8"))["same"]
    assert sorted(sorted(group) for group in names.values() if len(group) > 1) == [row["names"] for row in same]
