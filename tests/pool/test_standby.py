"""A pool that stands by: its processes are there from the first query until none has come for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from synthetic import SIZE, quads
from test_pool import COUNT, is_running, number, nursery

from clustergraph import store
from clustergraph.errors import UnavailableError
from clustergraph.pool import Pool, QueryRequest, Standby
from clustergraph.settings import Settings

SETTINGS = Settings(Path(), Path(), query_timeout=20, query_workers=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "store"
    store.write(quads(), path)
    return path


@pytest.fixture(scope="module")
def beside(folder: Path) -> Iterator[Pool]:
    with Pool(folder, SETTINGS) as made:
        yield made


@pytest.fixture
def made() -> list[Pool]:
    """The pools that were made for queries."""
    return []


@pytest.fixture
def make(folder: Path, beside: Pool, made: list[Pool]) -> Callable[[], Pool]:
    def one() -> Pool:
        made.append(Pool(folder, SETTINGS, beside=beside))
        return made[-1]

    return one


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_processes_start_with_a_query_end_when_idle_and_start_again(
    make: Callable[[], Pool], beside: Pool, made: list[Pool]
) -> None:
    waiting = Standby(make, beside, idle=0.2)
    waiting.check()
    assert not waiting.is_running
    for times in (1, 2):
        assert number(waiting.answer(QueryRequest(COUNT))) == SIZE
        assert len(made) == times
        process = nursery(made[-1])
        until(lambda: not waiting.is_running)
        until(lambda number=process: not is_running(number))  # type: ignore[misc]
    waiting.close()


def test_queries_that_come_in_time_keep_the_same_processes(
    make: Callable[[], Pool], beside: Pool, made: list[Pool]
) -> None:
    waiting = Standby(make, beside)
    for _ in range(3):
        assert number(waiting.answer(QueryRequest(COUNT))) == SIZE
    assert len(made) == 1
    waiting.close()
    assert not waiting.is_running
    assert not is_running(nursery(made[0]))


def test_its_turns_and_shares_are_those_of_the_release_beside(make: Callable[[], Pool], beside: Pool) -> None:
    waiting = Standby(make, beside)
    assert waiting.turns is beside.turns
    assert waiting.shares is beside.shares
    assert waiting.network_blocked == beside.network_blocked


def test_closing_under_load_answers_what_is_under_way_and_refuses_the_rest(
    make: Callable[[], Pool], beside: Pool, made: list[Pool]
) -> None:
    waiting = Standby(make, beside)
    answered = threading.Event()
    refused = "the release is being closed"

    def ask(client: int) -> str:
        try:
            found = number(waiting.answer(QueryRequest(COUNT), f"192.0.2.{client}"))
        except UnavailableError as error:
            return error.message
        answered.set()
        return "whole" if found == SIZE else str(found)

    with ThreadPoolExecutor(4) as many:
        found = [many.submit(ask, number) for number in range(40)]
        assert answered.wait(30)
        waiting.close()
        told = [each.result() for each in found]
    assert "whole" in told
    assert [each for each in told if each != "whole" and refused not in each] == []
    assert refused in ask(41)
    assert len(made) == 1
    assert not waiting.is_running
    until(lambda: not is_running(nursery(made[0])))
