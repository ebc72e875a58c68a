"""Turns: which query gets a worker next, so that no client has them all and nobody waits for long."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from clustergraph.errors import TooManyError, UnavailableError

#: Queries that may wait for each one that may run, and the seconds they wait at most.
QUEUE_LENGTH = 4
QUEUE_SECONDS = 1.5


class Turns:
    """Lets as many queries run as there are workers, some of them wait, and refuses the others. Thread-safe.

    :param workers: queries that run at once.
    :param each: queries of one client that do; where there are several workers, one is always left to others.
        A client that is None may have them all.
    """

    def __init__(self, workers: int, each: int) -> None:
        self._workers = workers
        self._each = min(each, max(1, workers - 1))
        self._changed = threading.Condition()
        self._here: Counter[str | None] = Counter()  # client -> its queries, waiting or running
        self._running: Counter[str | None] = Counter()

    @property
    def running(self) -> int:
        """How many queries run."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._here.total() - self._running.total()

    @contextmanager
    def turn(self, client: str | None) -> Iterator[None]:
        """Wait for a worker to be free for a client, and hold it.

        :raises TooManyError: the client has too many queries already.
        :raises UnavailableError: all workers are busy with those of others.
        """
        self._enter(client)
        try:
            self._begin(client)
            try:
                yield
            finally:
                self._less(self._running, client)
        finally:
            self._less(self._here, client)

    def _enter(self, client: str | None) -> None:
        with self._changed:
            if self._here[client] >= self._share(client) * (1 + QUEUE_LENGTH):
                raise self._too_many()
            if self._here.total() >= self._workers * (1 + QUEUE_LENGTH):
                raise _busy()
            self._here[client] += 1

    def _begin(self, client: str | None) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._may_run(client), QUEUE_SECONDS):
                raise self._too_many() if self._running[client] >= self._share(client) else _busy()
            self._running[client] += 1

    def _may_run(self, client: str | None) -> bool:
        return self._running.total() < self._workers and self._running[client] < self._share(client)

    def _share(self, client: str | None) -> float:
        return math.inf if client is None else self._each

    def _less(self, counter: Counter[str | None], client: str | None) -> None:
        with self._changed:
            counter[client] -= 1
            if not counter[client]:
                del counter[client]
            self._changed.notify_all()

    def _too_many(self) -> TooManyError:
        return TooManyError(
            f"you have too many queries running; send at most {self._each} at once, the next when one is answered", 1
        )


def _busy() -> UnavailableError:
    return UnavailableError("too many queries are running; try again in a moment")
