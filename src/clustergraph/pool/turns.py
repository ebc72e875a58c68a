"""Turns: which query gets a worker next, so that no client has them all and nobody waits for long."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from clustergraph.errors import TooManyError, UnavailableError

#: Queries that may wait for each one that may run, and the seconds they wait at most.
QUEUE_LENGTH = 4
QUEUE_SECONDS = 0.75


class Turns:
    """Lets as many queries run as there are workers, some of them wait, and refuses the others. Thread-safe.

    :param workers: queries that run at once.
    :param each: queries of one client that do; where there are several workers, one is always left to others. A
        client that is None may have them all.
    :param short: whether one of several workers is kept for short turns, which a query has when no other is to be
        had: then one that takes no time is answered even while all others take long.
    """

    def __init__(self, workers: int, each: int, short: bool = False) -> None:
        self._size = workers
        self._has_short = short and workers > 1
        self._workers = workers - self._has_short
        self._each = min(each, max(1, workers - 1))
        self._changed = threading.Condition()
        self._here: Counter[str | None] = Counter()  # client -> its queries, waiting or running
        self._running: Counter[str | None] = Counter()
        self._in_short = 0
        self._hoping: dict[object, str | None] = {}  # who waits for a short turn, too, in order of arrival
        self._had_short: dict[str | None, float] = {}  # client that is here -> when it had its last one

    @property
    def running(self) -> int:
        """How many queries run."""
        return self._running.total() + self._in_short

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._here.total() - self.running

    @contextmanager
    def turn(self, client: str | None, may_be_short: bool = True) -> Iterator[bool]:
        """Wait for a worker to be free for a client, and hold it; gives whether the turn is a short one.

        :raises TooManyError: the client has too many queries already.
        :raises UnavailableError: all workers are busy with those of others.
        """
        self._enter(client)
        try:
            short = self._begin(client, may_be_short and self._has_short)
            try:
                yield short
            finally:
                self._end(client, short)
        finally:
            self._leave(client)

    def _enter(self, client: str | None) -> None:
        with self._changed:
            if self._here[client] >= self._share(client) * (1 + QUEUE_LENGTH):
                raise self._too_many()
            if self._here.total() >= self._size * (1 + QUEUE_LENGTH):
                raise _busy()
            self._here[client] += 1

    def _begin(self, client: str | None, hopes: bool) -> bool:
        me = object()
        with self._changed:
            if hopes:
                self._hoping[me] = client
            try:
                begun = self._changed.wait_for(lambda: self._may_run(client) or self._may_try(me), QUEUE_SECONDS)
            finally:
                self._hoping.pop(me, None)
                self._changed.notify_all()  # another one is the first to hope now
            if self._may_run(client):
                self._running[client] += 1
                return False
            if begun:
                self._in_short = 1
                self._had_short[client] = time.monotonic()
                return True
            raise self._too_many() if self._running[client] >= self._share(client) else _busy()

    def _may_run(self, client: str | None) -> bool:
        return self._running.total() < self._workers and self._running[client] < self._share(client)

    def _may_try(self, me: object) -> bool:
        """Whether the short turn is free, and mine: that of the client that has not had it for longest."""
        if self._in_short or me not in self._hoping:
            return False
        return me is min(self._hoping, key=lambda other: self._had_short.get(self._hoping[other], 0.0))

    def _share(self, client: str | None) -> float:
        return math.inf if client is None else self._each

    def _end(self, client: str | None, short: bool) -> None:
        with self._changed:
            if short:
                self._in_short = 0
            else:
                _less(self._running, client)
            self._changed.notify_all()

    def _leave(self, client: str | None) -> None:
        with self._changed:
            _less(self._here, client)
            if client not in self._here:
                self._had_short.pop(client, None)

    def _too_many(self) -> TooManyError:
        return TooManyError(
            f"you have too many queries running; send at most {self._each} at once, the next when one is answered", 1
        )


def _less(counter: Counter[str | None], client: str | None) -> None:
    counter[client] -= 1
    if not counter[client]:
        del counter[client]


def _busy() -> UnavailableError:
    return UnavailableError("too many queries are running; try again in a moment")
