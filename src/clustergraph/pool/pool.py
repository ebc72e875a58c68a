"""The pool: strangers' queries, each wholly answered or refused with a reason, none able to hurt another."""

from __future__ import annotations

import hashlib
import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from clustergraph.errors import (
    ClustergraphError,
    NotAcceptableError,
    QueryError,
    ReleaseError,
    TooCostlyError,
    UnavailableError,
)
from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS, by_name
from clustergraph.pool import messages
from clustergraph.pool.hiring import Employer, Hired
from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.settings import Settings

log = logging.getLogger(__name__)

#: Queries that may wait for each worker, and the seconds they wait at most.
QUEUE_LENGTH = 4
QUEUE_SECONDS = 2.0
ERRORS: dict[str, type[ClustergraphError]] = {
    error.__name__: error for error in (QueryError, NotAcceptableError, TooCostlyError, ReleaseError)
}


class Pool:
    """Answers strangers' queries in processes that are killed at the deadline or at their memory limit. Thread-safe.

    Make one in each web process, after the server has forked it; close it, or use it as a context manager.

    :param store: the engine folder of a release.
    :param settings: ``query_workers``, ``query_timeout``, ``query_memory`` and ``query_bytes`` count.
    :param union: whether the default graph is the union of all named graphs; see :class:`clustergraph.store.Graph`.
    :raises ReleaseError: the release cannot be opened.
    """

    def __init__(self, store: Path, settings: Settings, union: bool = True) -> None:
        self._settings = settings
        self._employer = Employer(store, settings.query_memory, settings.query_bytes, union)
        self._idle: list[Hired] = []
        self._workers = threading.BoundedSemaphore(settings.query_workers)
        self._places = threading.BoundedSemaphore(settings.query_workers * (1 + QUEUE_LENGTH))
        if not self.network_blocked:
            log.warning("this system cannot block the network of query processes; only the check for SERVICE holds")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def network_blocked(self) -> bool:
        """Whether workers are unable to open a connection, proved by trying when the pool started."""
        return self._employer.network_blocked

    def close(self) -> None:
        """End all processes of the pool."""
        while self._idle:
            self._idle.pop().channel.close()
        self._employer.close()

    def answer(self, request: QueryRequest) -> Answer:
        """The whole answer of a query.

        :raises QueryError: it cannot be parsed, or is nested too deeply.
        :raises NotAcceptableError: the client accepts no format for its kind of answer.
        :raises TooCostlyError: the answer is too long, or needs too much memory.
        :raises UnavailableError: no answer within the deadline, or no worker free.
        """
        with self._turn():
            head, body = self._ask(self._take(), request)
        if "error" in head:
            raise self._refusal(head)
        fmt = by_name(head["format"], GRAPH_FORMATS if head["kind"] == "graph" else ROW_FORMATS)
        if fmt is None:
            raise UnavailableError("the answer came in a format nobody asked for; try again")
        return Answer(head["kind"], fmt, body)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a worker to be free, but neither in a long queue nor for long."""
        busy = UnavailableError("too many queries are running; try again in a moment")
        if not self._places.acquire(blocking=False):
            raise busy
        try:
            if not self._workers.acquire(timeout=QUEUE_SECONDS):
                raise busy
            try:
                yield
            finally:
                self._workers.release()
        finally:
            self._places.release()

    def _take(self) -> Hired:
        while self._idle:
            hired = self._idle.pop()
            if hired.is_alive():
                return hired
            self._employer.end(hired)
        return self._employer.hire()

    def _ask(self, hired: Hired, request: QueryRequest) -> tuple[dict[str, Any], bytes]:
        hired.channel.settimeout(self._settings.query_timeout)
        until = time.monotonic() + self._settings.query_timeout
        try:
            messages.send(hired.channel, request.head())
            head, body = messages.receive(hired.channel, until)
        except TimeoutError as error:
            self._employer.end(hired)
            self._report(request, "deadline")
            raise self._too_slow() from error
        except EOFError as error:
            cause = self._employer.end(hired)
            self._report(request, signal.Signals(cause).name if cause else "exit")
            raise self._died(cause) from error
        except BaseException:
            self._employer.end(hired)
            raise
        if head["last"]:
            self._employer.end(hired)
        else:
            self._idle.append(hired)
        return head, body

    def _report(self, request: QueryRequest, cause: str) -> None:
        """Log that a query cost a worker its life, by a hash that tells queries apart and gives none away."""
        digest = hashlib.sha256(request.text.encode()).hexdigest()[:16]
        log.warning("query %s of %d characters ended its worker: %s", digest, len(request.text), cause)

    def _too_slow(self) -> UnavailableError:
        return UnavailableError(
            f"no answer within {self._settings.query_timeout:g} seconds; ask for less: name the things you mean, "
            "filter early, or take the whole graph from /dumps/"
        )

    def _too_hungry(self) -> TooCostlyError:
        return TooCostlyError(
            f"the query needs more than {self._settings.query_memory:,} MB of memory; ask for less: join on shared "
            "variables, and sort or group fewer rows"
        )

    def _died(self, cause: int) -> ClustergraphError:
        if cause == signal.SIGABRT:  # what the engine does when it gets no memory
            return self._too_hungry()
        if cause in (signal.SIGSEGV, signal.SIGBUS):  # what an overflowing stack does
            return QueryError("the query is nested too deeply for the engine; simplify it")
        return UnavailableError("the process that worked on the query ended before its answer; try again")

    def _refusal(self, head: dict[str, Any]) -> ClustergraphError:
        if head["error"] == "MemoryError":
            return self._too_hungry()
        kind = ERRORS.get(head["error"], UnavailableError)
        return QueryError(head["message"], *head["place"]) if kind is QueryError else kind(head["message"])
