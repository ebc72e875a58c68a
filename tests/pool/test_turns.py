from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from clustergraph.errors import TooManyError, UnavailableError
from clustergraph.pool import turns
from clustergraph.pool.turns import Turns


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "QUEUE_SECONDS", 0.1)


def test_one_client_never_has_all_workers() -> None:
    own = Turns(workers=3, each=9)
    with own.turn("a"), own.turn("a"):
        with pytest.raises(TooManyError, match="at most 2 at once"), own.turn("a"):
            pass
        with own.turn("b"):
            pass


def test_a_single_worker_serves_everybody_in_turn() -> None:
    own = Turns(workers=1, each=2)
    with own.turn("a"), pytest.raises(UnavailableError), own.turn("b"):
        pass
    with own.turn("b"):
        pass


def test_a_caller_that_is_no_client_may_have_all_workers() -> None:
    own = Turns(workers=2, each=1)
    with own.turn(None), own.turn(None), pytest.raises(UnavailableError), own.turn(None):
        pass


def test_who_waits_gets_the_turn_that_becomes_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "QUEUE_SECONDS", 10)
    own, done = Turns(workers=1, each=1), threading.Event()

    def wait() -> None:
        with own.turn("b"):
            done.set()

    with own.turn("a"):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not done.wait(0.1)
    assert done.wait(1)
    waiting.join()


def test_more_than_may_wait_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "QUEUE_LENGTH", 0)
    monkeypatch.setattr(turns, "QUEUE_SECONDS", 10)
    own = Turns(workers=4, each=2)
    with ExitStack() as stack:
        stack.enter_context(own.turn("a"))
        stack.enter_context(own.turn("a"))
        with pytest.raises(TooManyError), own.turn("a"):
            pass
        stack.enter_context(own.turn("b"))
        stack.enter_context(own.turn("c"))
        with pytest.raises(UnavailableError), own.turn("d"):
            pass


def test_nothing_is_kept_of_clients_that_are_done() -> None:
    own = Turns(workers=2, each=1)
    for number in range(5):
        with own.turn(f"client {number}"):
            pass
    assert (len(own._here), len(own._running)) == (0, 0)


def test_a_query_that_takes_no_time_gets_a_short_turn_while_all_others_take_long() -> None:
    own = Turns(workers=3, each=2, short=True)
    with own.turn("a") as first, own.turn("b") as second:
        with own.turn("c") as third:
            assert (first, second, third) == (False, False, True)
            assert (own.running, own.waiting) == (3, 0)
            with pytest.raises(UnavailableError), own.turn("d"):
                pass
        with pytest.raises(UnavailableError), own.turn("c", may_be_short=False):
            pass
        with own.turn("d") as again:
            assert again


def test_a_client_over_its_number_may_have_a_short_turn() -> None:
    own = Turns(workers=4, each=1, short=True)
    with own.turn("a"), own.turn("a") as short:
        assert short


def test_one_of_one_worker_is_kept_for_nothing() -> None:
    own = Turns(workers=1, each=1, short=True)
    with own.turn("a") as short:
        assert not short


def test_short_turns_go_round_among_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "QUEUE_SECONDS", 10)
    own, order = Turns(workers=2, each=2, short=True), list[str]()

    def ask(client: str) -> None:
        with own.turn(client):
            order.append(client)

    with own.turn("long"):
        with own.turn("greedy"):
            waiting = [threading.Thread(target=ask, args=[client]) for client in ("greedy", "greedy", "modest")]
            for number, thread in enumerate(waiting, 2):
                thread.start()
                while own.waiting < number - 1:
                    pass
        for thread in waiting:
            thread.join()
    assert order[0] == "modest"  # it came last, but has had no short turn
