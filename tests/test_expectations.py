"""The data hold as many facts of every kind as were counted in the fact sheets: nothing was lost, nothing doubled.

The counts, what each means, and the differences that are right stand in ``data/expectations.toml``; the query of the
same name in ``tests/expectations/`` counts the graph.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from held import PROJECT, rows

QUERIES = {path.stem: path for path in (Path(__file__).parent / "expectations").glob("*.rq")}
EXPECTED: dict[str, Any] = tomllib.loads((PROJECT / "data/expectations.toml").read_text(encoding="utf-8"))
EDITIONS: dict[str, dict[str, dict[str, int]]] = EXPECTED["editions"]
EXCEPTIONS: list[dict[str, Any]] = EXPECTED.get("exceptions", [])


@cache
def _counted(table: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows(QUERIES[table]):
        found.setdefault(row["edition"], {})[row["value"]] = int(row["n"])
    return found


def _allowed(edition: str, table: str) -> dict[str, int]:
    """What the graph should count: what the sheet counts, with the named exceptions put in."""
    excepted = {
        row["value"]: row["graph"] for row in EXCEPTIONS if (row["edition"], row["table"]) == (edition, table)
    }
    return EDITIONS[edition].get(table, {}) | excepted


@pytest.mark.parametrize("table", sorted(QUERIES))
@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_edition_holds_what_its_sheet_counts(edition: str, table: str) -> None:
    assert _counted(table).get(edition, {}) == _allowed(edition, table)


def test_every_count_has_its_query() -> None:
    assert set(EXPECTED["totals"]) == set(QUERIES)
    assert {table for tables in EDITIONS.values() for table in tables} == set(QUERIES)


def test_totals_are_the_sums_of_the_editions() -> None:
    sums: dict[str, Counter[str]] = {table: Counter() for table in QUERIES}
    for tables in EDITIONS.values():
        for table, counts in tables.items():
            sums[table].update(counts)
    assert sums == EXPECTED["totals"]


def test_exception_is_needed_once_and_gives_its_reason() -> None:
    places = [(row["edition"], row["table"], row["value"]) for row in EXCEPTIONS]
    assert len(places) == len(set(places))
    for row in EXCEPTIONS:
        assert row["reason"].strip()
        assert row["graph"] != EDITIONS[row["edition"]].get(row["table"], {}).get(row["value"], 0)
