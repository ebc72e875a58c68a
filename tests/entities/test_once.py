"""What is worked out once is made by the first who asks, and by nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from pyoxigraph import Store

from clustergraph.entities.once import once, once_of
from clustergraph.errors import UnavailableError
from clustergraph.store import Graph


def test_who_asks_while_it_is_made_waits_for_it() -> None:
    begun, goes_on = Event(), Event()
    made: list[object] = []

    def make() -> object:
        begun.set()
        assert goes_on.wait(30)
        made.append(object())
        return made[-1]

    get = once(make)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(get)
        assert begun.wait(30)
        second = threads.submit(get)
        assert not second.done()
        goes_on.set()
        assert first.result() is second.result() is get()
    assert len(made) == 1


def test_what_failed_is_tried_again() -> None:
    outcomes = iter([ValueError("the engine is away"), "made"])

    def make() -> str:
        outcome = next(outcomes)
        if isinstance(outcome, ValueError):
            raise outcome
        return outcome

    get = once(make)
    with pytest.raises(ValueError, match="the engine is away"):
        get()
    assert get() == "made"


class Changing(Graph):
    """A graph in which another release was being published when it was read first."""

    def __init__(self) -> None:
        super().__init__(Store())
        self.looks = iter([UnavailableError("the engine holds a part of another release")])

    def settle(self) -> None:
        for trouble in self.looks:
            raise trouble


def test_what_was_made_of_two_releases_is_not_kept() -> None:
    made = iter(["of two releases", "of one"])
    get = once_of(Changing(), lambda: next(made))
    with pytest.raises(UnavailableError):
        get()
    assert get() == get() == "of one"
