"""Meters: counted in several processes, read in any."""

from __future__ import annotations

import os

from clustergraph.web.meters import Meters


def test_what_processes_count_adds_up_in_each() -> None:
    meters = Meters(2)
    meters.add("kept")
    child = os.fork()
    if child == 0:
        meters.take(1)
        meters.add("kept", 2)
        os._exit(0)
    os.waitpid(child, 0)
    assert meters.total("kept") == 3
    assert meters.each("pid") == [os.getpid(), child]


def test_a_process_that_takes_the_place_of_another_counts_on() -> None:
    meters = Meters(1)
    meters.add("fresh", 5)
    meters.set("cache_bytes", 100)
    meters.take(0)
    meters.add("fresh")
    assert (meters.total("fresh"), meters.total("cache_bytes")) == (6, 0)


def test_a_time_falls_into_the_first_class_it_fits() -> None:
    meters = Meters()
    for seconds in (0.001, 0.3, 99):
        meters.time("query_seconds", seconds)
    classes = ("0.001", "0.5", "+Inf")
    assert [meters.total(f"query_seconds:{at_most}") for at_most in classes] == [1, 1, 1]
    assert meters.total("query_seconds:sum") == 99.301


def test_what_ends_a_process_is_counted_by_its_reason() -> None:
    meters = Meters()
    for cause in ("deadline", "SIGABRT", "memory", "SIGSEGV", "its client is gone", "SIGTERM"):
        meters.ended(cause)
    names = ("deadline", "memory", "stack", "client_gone", "other")
    assert [meters.total(f"ended:{name}") for name in names] == [1, 2, 1, 1, 1]
