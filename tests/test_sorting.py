"""Rows are sorted by their texts as the engine would sort them; other orders are left to it."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions

from clustergraph import queries, sorting, store

TEXTS = (
    "Żory",
    "žďár",
    "ΑΘΗΝΑΣ",
    "αθηνας",
    "İzmir",
    "i̇zmir",
    "Straße",
    "STRASSE",
    "ß",
    "ẞ",
    "Cluj",
    "cluj-Napoca",
    "𝒳",
    "",
)
ROWS = " ".join(f'("{text}" {number % 3})' for number, text in enumerate(TEXTS))
ALL = f"SELECT ?text ?number\nWHERE {{ VALUES (?text ?number) {{ {ROWS} (UNDEF 1) (<https://e/Ann> 2) }} }}\n"


@pytest.mark.parametrize(
    "order", ["STR(?text)", "LCASE(STR(?text)) STR(?text)", "STR(?number) LCASE(STR(?text))\n  STR(?text)"]
)
def test_order_is_that_of_the_engine(order: str) -> None:
    graph = store.in_memory([])
    query = f"{ALL}ORDER BY {order}\n"
    wanted = graph.answer(query)
    assert isinstance(wanted, QuerySolutions)
    assert sorting.apart(query)[1] != ()
    assert graph.select(query) == store.rows(wanted)


@pytest.mark.parametrize(
    "order",
    ["?number", "DESC(STR(?text))", "STR(?text) ?number", "STR(?other)", "STR(?text) LIMIT 3", "STRLEN(?text)"],
)
def test_other_orders_are_left_to_the_engine(order: str) -> None:
    query = f"{ALL}ORDER BY {order}\n"
    assert sorting.apart(query) == (query, ())


def test_order_of_a_subquery_stays_where_it_is() -> None:
    query = "SELECT ?s { { SELECT ?s { ?s ?p ?o } ORDER BY STR(?s) } }"
    assert sorting.apart(query) == (query, ())


def test_equal_rows_stay_as_they_come() -> None:
    keys = sorting.apart("SELECT ?text { } ORDER BY STR(?text)")[1]
    rows = [{"text": None, "number": number} for number in (2, 1, 3)]
    assert sorting.in_order(rows, keys) == rows


@pytest.mark.parametrize("name", ["where/actors", "where/organisations", "where/people", "thing/figures"])
def test_what_pages_sort_by_the_thousand_is_sorted_here(name: str) -> None:
    assert sorting.apart(queries.load(name).text)[1] != ()
