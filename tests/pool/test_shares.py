from __future__ import annotations

import pytest

from clustergraph.errors import TooManyError
from clustergraph.pool import shares
from clustergraph.pool.shares import Bucket, Shares


def test_what_is_used_comes_back_within_a_minute() -> None:
    bucket = Bucket(size=60)
    assert bucket.wait() == 0
    bucket.pour(90)
    assert bucket.wait() == 30
    bucket.moment -= 31
    assert bucket.wait() == 0
    bucket.moment -= 1000
    assert bucket.pour(0) == 0


def test_a_client_is_refused_for_time_or_errors_and_another_one_is_not() -> None:
    own = Shares(seconds=10, errors=2)
    own.admit("a")
    own.spend("a", seconds=15)
    with pytest.raises(TooManyError, match="10 seconds of query time") as refused:
        own.admit("a")
    assert refused.value.retry_after == 30
    own.admit("b")
    for _ in range(3):
        own.spend("b", errors=1)
    with pytest.raises(TooManyError, match="2 refused requests"):
        own.admit("b")
    own.admit("c")


def test_time_is_booked_on_a_client_but_on_nobody_without_one() -> None:
    own = Shares(seconds=1e-9, errors=1)
    with own.timed(None):
        pass
    own.admit("a")
    with pytest.raises(ValueError, match="broken"), own.timed("a"):
        raise ValueError("broken")
    with pytest.raises(TooManyError):
        own.admit("a")


def test_only_so_many_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "CLIENTS", 3)
    own = Shares(seconds=1, errors=1)
    own.spend("first", errors=9)
    for number in range(3):
        own.admit(f"client {number}")
    own.admit("first")  # forgotten
    assert len(own._accounts) == 3
