"""A pool that stands by: for a release that is asked now and then, its processes start when they are needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clustergraph.errors import UnavailableError
from clustergraph.pool.answering import Answering
from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.pool.pool import Pool

#: Seconds without a query after which the processes end.
IDLE = 60.0


class Standby:
    """Answers strangers' queries by a pool that is there from the first of them until none has come for a while.

    Thread-safe. What a pool guarantees holds here too: it is one.

    :param make: makes the pool; see :attr:`turns`.
    :param beside: the pool of the release being served; its turns and shares are these, so that nobody has more of
        the machine by asking several releases.
    :param idle: seconds without a query after which the processes end.
    """

    def __init__(self, make: Callable[[], Pool], beside: Answering, idle: float = IDLE) -> None:
        self.turns, self.shares = beside.turns, beside.shares
        self.network_blocked = beside.network_blocked
        self._make = make
        self._idle = idle
        self._changed = threading.Condition()
        self._pool: Pool | None = None
        self._users = 0
        self._used = 0.0
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether there are processes."""
        return self._pool is not None

    def answer(self, request: QueryRequest, client: str | None = None, connection: int | None = None, /) -> Answer:
        """The whole answer of a query; see :meth:`Pool.answer`."""
        with self._use() as pool:
            return pool.answer(request, client, connection)

    def check(self) -> None:
        """Nothing: the processes start when the next query comes."""

    def close(self) -> None:
        """End the processes, now or when the last query under way is answered."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            if not self._users:
                self._end()

    @contextmanager
    def _use(self) -> Iterator[Pool]:
        with self._changed:
            if self._closed:
                raise UnavailableError("the release is being closed; try again", 1)
            if self._pool is None:
                self._pool = self._make()
                threading.Thread(target=self._wait, name="standby", daemon=True).start()
            pool = self._pool
            self._users += 1
        try:
            yield pool
        finally:
            with self._changed:
                self._users -= 1
                self._used = time.monotonic()
                self._changed.notify_all()
                if self._closed and not self._users:
                    self._end()

    def _wait(self) -> None:
        """End the processes when they have been idle for long enough."""
        with self._changed:
            self._used = time.monotonic()
            while self._pool and not self._closed:
                left = self._used + self._idle - time.monotonic()
                if left <= 0 and not self._users:
                    self._end()
                else:
                    self._changed.wait(max(left, 0.01) if not self._users else None)

    def _end(self) -> None:
        if self._pool:
            self._pool.close()
            self._pool = None
