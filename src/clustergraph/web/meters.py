"""Meters: numbers that all web processes count in, for whoever runs the service.

They lie in memory that the processes share, each in a row of its own, so that counting takes no lock between them and
whichever process is asked knows the numbers of all.
"""

from __future__ import annotations

import mmap
import os
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager

from clustergraph.pool.answering import Answering

#: Parts of the service, by the first part of the path; all others are ``other``.
PARTS = (
    *("home", "data", "dumps", "health", "id", "lists", "metrics", "page", "queries", "sparql", "static"),
    "other",
)
STATUSES = ("2xx", "3xx", "4xx", "5xx")
#: How queries end.
OUTCOMES = ("answered", "unchanged", "refused", "too_costly", "too_many", "unavailable", "gone", "failed")
#: What ends a process that works on a query.
ENDS = ("deadline", "memory", "processor", "stack", "client_gone", "other")
#: What the pool says -> what it is counted as.
CAUSES = {
    "deadline": "deadline",
    "memory": "memory",
    "SIGABRT": "memory",
    "SIGXCPU": "processor",
    "SIGSEGV": "stack",
    "SIGBUS": "stack",
    "its client is gone": "client_gone",
}
#: Upper bounds, in seconds, of the classes that times are counted in.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CLASSES = (*(f"{bound:g}" for bound in BOUNDS), "+Inf")
#: What each process counts: names and labels, joined by colons. The first is its process id.
NAMES = (
    "pid",
    *(f"requests:{part}:{status}" for part in PARTS for status in STATUSES),
    *(f"seconds:{part}:{at_most}" for part in PARTS for at_most in (*CLASSES, "sum")),
    *(f"queries:{outcome}" for outcome in OUTCOMES),
    *(f"query_seconds:{at_most}" for at_most in (*CLASSES, "sum")),
    *(f"ended:{cause}" for cause in ENDS),
    *("kept", "fresh", "pages_kept", "pages_fresh", "cache_bytes", "running", "waiting"),
)
PLACES = {name: place for place, name in enumerate(NAMES)}
#: What speaks of a process itself, and means nothing when that has ended.
OF_A_PROCESS = ("pid", "cache_bytes", "running", "waiting")


class Meters:
    """Numbers by name, counted by some processes. Thread-safe.

    Make it before the processes are forked, and let each take a row of its own.

    :param rows: how many processes there may be at once.
    """

    def __init__(self, rows: int = 1) -> None:
        self._numbers = memoryview(mmap.mmap(-1, 8 * len(NAMES) * rows)).cast("d", (rows, len(NAMES)))
        self._rows = rows
        self._lock = threading.Lock()
        self.take(0)

    def take(self, row: int) -> None:
        """Count in a row from now on; what a process that has ended counted there stays."""
        self._row = row % self._rows
        for name in OF_A_PROCESS:
            self.set(name, 0)
        self.set("pid", os.getpid())

    def add(self, name: str, amount: float = 1) -> None:
        """Count up."""
        with self._lock:
            self._numbers[self._row, PLACES[name]] += amount

    def set(self, name: str, value: float) -> None:
        """Note how much of something there is in this process."""
        self._numbers[self._row, PLACES[name]] = value

    def time(self, name: str, seconds: float) -> None:
        """Count how long something took."""
        self.add(f"{name}:{CLASSES[bisect_left(BOUNDS, seconds)]}")
        self.add(f"{name}:sum", seconds)

    def ended(self, cause: str) -> None:
        """Count a process that ended while it worked on a query, by what the pool says ended it."""
        self.add(f"ended:{CAUSES.get(cause, 'other')}")

    def total(self, name: str) -> float:
        """The number of all processes together."""
        return sum(self.each(name))

    def each(self, name: str) -> list[float]:
        """The number of each process."""
        return [self._numbers[row, PLACES[name]] for row in range(self._rows)]

    @contextmanager
    def asking(self, pool: Answering) -> Iterator[None]:
        """Count a query that a pool has to answer, and note how many run and wait there before and after it."""
        self.add("fresh")
        self._note(pool)
        try:
            yield
        finally:
            self._note(pool)

    def _note(self, pool: Answering) -> None:
        self.set("running", pool.turns.running)
        self.set("waiting", pool.turns.waiting)
