from __future__ import annotations

import pytest

from clustergraph.errors import QueryError, TooCostlyError, UnavailableError
from clustergraph.pool import QueryRequest, offences
from clustergraph.pool.offences import Offences


@pytest.mark.parametrize("error", [UnavailableError("slow"), TooCostlyError("large"), QueryError("deep")])
def test_a_query_is_refused_for_the_same_reason_for_ten_minutes(
    error: QueryError, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Offences()
    own.refuse(b"1")
    own.remember(b"1", error)
    with pytest.raises(type(error), match=rf"^{error.message}\. This query was tried lately and .* for 10 min$"):
        own.refuse(b"1")
    own.refuse(b"2")
    monkeypatch.setattr(offences, "MEMORY", 0)
    own.refuse(b"1")
    monkeypatch.undo()
    own.refuse(b"1")  # forgotten


def test_a_deadline_says_when_to_try_again() -> None:
    own = Offences()
    own.remember(b"1", UnavailableError("slow"))
    with pytest.raises(UnavailableError) as refused:
        own.refuse(b"1")
    assert 598 < refused.value.retry_after <= 600


def test_only_so_many_queries_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offences, "SIZE", 2)
    own = Offences()
    for key in (b"1", b"2", b"3"):
        own.remember(key, QueryError("deep"))
    own.refuse(b"1")
    for key in (b"2", b"3"):
        with pytest.raises(QueryError):
            own.refuse(key)


def test_layout_and_comments_do_not_make_another_query_but_strings_and_dataset_do() -> None:
    query = "SELECT * { ?s ?p 'a  b' }"
    same = "SELECT *\n{ ?s # all\n ?p 'a  b' }"
    assert QueryRequest(query).digest == QueryRequest(same).digest
    others = [
        QueryRequest(query.replace("  ", " ")),
        QueryRequest(query, ("x:g",)),
        QueryRequest(query, (), ("x:g",)),
    ]
    assert len({QueryRequest(query).digest, *(other.digest for other in others)}) == 4
