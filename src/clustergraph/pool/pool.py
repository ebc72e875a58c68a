"""The pool: strangers' queries, each wholly answered or refused with a reason, none able to hurt another."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from clustergraph.errors import (
    ClientGoneError,
    ClustergraphError,
    NotAcceptableError,
    QueryError,
    ReleaseError,
    TooCostlyError,
    UnavailableError,
)
from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS, by_name
from clustergraph.pool import messages
from clustergraph.pool.answering import Answering
from clustergraph.pool.bounds import Bounds
from clustergraph.pool.hiring import Crew, Employer
from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.pool.offences import Offences
from clustergraph.pool.shares import Shares
from clustergraph.pool.turns import Turns
from clustergraph.pool.waiting import wait
from clustergraph.settings import Settings

log = logging.getLogger(__name__)

#: Seconds of a short turn, which a query gets while all other workers are busy.
SHORT = 0.15
ERRORS: dict[str, type[ClustergraphError]] = {
    error.__name__: error for error in (QueryError, NotAcceptableError, TooCostlyError, ReleaseError)
}


class _TurnOverError(Exception):
    """A short turn ended before the answer was there."""


class Pool:
    """Answers strangers' queries in processes that are killed at the deadline or at their memory limit. Thread-safe.

    Make one in each web process, after the server has forked it; close it, or use it as a context manager.

    :param store: the engine folder of a release.
    :param settings: ``services`` and those that begin with ``query_`` and ``client_`` count.
    :param union: whether the default graph is the union of all named graphs; see :class:`clustergraph.store.Graph`.
    :param ended: told of each worker that ended while it worked, and by what: ``"deadline"``, ``"SIGSEGV"``.
    :param beside: a pool on another release; this one has its turns and shares, so that both together take no more
        of the machine than one.
    :ivar turns: which query runs and which waits.
    :ivar shares: what each client has used; who asks for a client has it admitted first.
    :raises ReleaseError: the release cannot be opened.
    """

    def __init__(
        self,
        store: Path,
        settings: Settings,
        union: bool = True,
        ended: Callable[[str], None] = lambda cause: None,
        beside: Answering | None = None,
    ) -> None:
        self._settings = settings
        self._ended = ended
        bounds = Bounds(settings.query_memory, settings.query_cpu, settings.query_bytes, settings.query_rows)
        self._crew = Crew(Employer(store, bounds, union))
        # Queries that call other services run in workers of their own, so that all others stay without network.
        self._callers = Crew(Employer(store, bounds, union, network=True)) if settings.services else None
        short = settings.query_timeout > SHORT
        self.turns = beside.turns if beside else Turns(settings.query_workers, settings.client_queries, short)
        self._offences = Offences()
        self.shares = beside.shares if beside else Shares(settings.client_seconds, settings.client_errors)
        if not self.network_blocked:
            log.warning("this system cannot block the network of query processes; only the check for SERVICE holds")
        if settings.services:
            log.warning("queries may call %s, in processes that have network", " and ".join(settings.services))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def network_blocked(self) -> bool:
        """Whether workers are unable to open a connection, proved by trying when the pool started."""
        return self._crew.employer.network_blocked

    def check(self) -> None:
        """Nothing: processes that have ended are replaced when the next query comes."""

    def close(self) -> None:
        """End all processes of the pool."""
        for crew in (self._crew, self._callers):
            if crew:
                crew.close()

    def answer(self, request: QueryRequest, client: str | None = None, connection: int | None = None) -> Answer:
        """The whole answer of a query.

        :param client: who asks, so that nobody has all workers; None for a caller that may.
        :param connection: the descriptor of the connection to the client, whose end ends the query.
        :raises QueryError: it cannot be parsed, or is nested too deeply.
        :raises NotAcceptableError: the client accepts no format for its kind of answer.
        :raises TooCostlyError: the answer is too long, or needs too much memory or processor time.
        :raises TooManyError: the client has too many queries running.
        :raises ClientGoneError: the client has closed its connection.
        :raises UnavailableError: no answer within the deadline, or no worker free.
        """
        self._offences.refuse(request.digest)
        try:
            head, body = self._in_turn(request, client, connection)
        except _TurnOverError:
            head, body = self._in_turn(request, client, connection, may_be_short=False)
        if "error" in head:
            raise self._refusal(request, head)
        fmt = by_name(head["format"], GRAPH_FORMATS if head["kind"] == "graph" else ROW_FORMATS)
        if fmt is None:
            raise UnavailableError("the answer came in a format nobody asked for; try again")
        return Answer(head["kind"], fmt, body)

    def _in_turn(
        self, request: QueryRequest, client: str | None, connection: int | None, may_be_short: bool = True
    ) -> tuple[dict[str, Any], bytes]:
        with self.turns.turn(client, may_be_short) as short, self.shares.timed(client):
            crew = self._callers if self._callers and request.outline.calls else self._crew
            return self._ask(crew, request, connection, SHORT if short else self._settings.query_timeout)

    def _ask(
        self, crew: Crew, request: QueryRequest, connection: int | None, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        hired = crew.take(request.head(), seconds)
        try:
            until = time.monotonic() + seconds
            wait(hired.channel, until, connection)
            head, body = messages.receive(hired.channel, until)
        except ClientGoneError:
            crew.employer.end(hired)
            self._report(request, "its client is gone")
            raise
        except TimeoutError as error:
            crew.employer.end(hired)
            if seconds < self._settings.query_timeout:
                raise _TurnOverError from error
            raise self._offence(request, "deadline", self._too_slow()) from error
        except EOFError as error:
            cause = crew.employer.end(hired)
            raise self._offence(
                request, signal.Signals(cause).name if cause else "exit", self._died(cause)
            ) from error
        except BaseException:
            crew.employer.end(hired)
            raise
        if head["last"]:
            crew.employer.end(hired)
        else:
            crew.put_back(hired)
        return head, body

    def _offence(self, request: QueryRequest, cause: str, error: ClustergraphError) -> ClustergraphError:
        """Log and remember that a query cost a worker its life, unless the worker went for no reason of its own."""
        self._report(request, cause)
        if cause != "exit":
            self._offences.remember(request.digest, error)
        return error

    def _report(self, request: QueryRequest, cause: str) -> None:
        """Log what ended a worker, and at which query: by a hash that tells queries apart and gives none away."""
        digest = request.digest.hex()[:16]
        self._ended(cause)
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
        if cause == signal.SIGXCPU:
            return TooCostlyError(
                f"the query needs more than {self._settings.query_cpu:,} seconds of processor time; ask for less: "
                "name the things you mean, and filter early"
            )
        if cause in (signal.SIGSEGV, signal.SIGBUS):  # what an overflowing stack does
            return QueryError("the query is nested too deeply for the engine; simplify it")
        return UnavailableError("the process that worked on the query ended before its answer; try again")

    def _refusal(self, request: QueryRequest, head: dict[str, Any]) -> ClustergraphError:
        if head["error"] == "MemoryError":
            return self._offence(request, "memory", self._too_hungry())
        kind = ERRORS.get(head["error"], UnavailableError)
        return QueryError(head["message"], *head["place"]) if kind is QueryError else kind(head["message"])
