"""Strangers' queries, checked here and answered by a remote engine, within a deadline and a bound."""

from __future__ import annotations

import logging
import re

from clustergraph import iris
from clustergraph.pool.answering import Answering
from clustergraph.pool.bounds import Bounds
from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.pool.offences import Offences
from clustergraph.pool.shares import Shares
from clustergraph.pool.turns import Turns
from clustergraph.pool.worker import write
from clustergraph.remote import answers
from clustergraph.remote.connection import TooSlowError
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.published import Published
from clustergraph.remote.watching import EVERY, Watch
from clustergraph.settings import Settings
from clustergraph.sparqltext import form
from clustergraph.store import KNOWN_PREFIXES

log = logging.getLogger(__name__)

#: A graph that is never there: it stands for an empty part of a dataset.
NOTHING = iris.graph("nothing")
#: How many times as long as in the shortest format an answer may be as it comes from the engine.
WORDINESS = 4
PREFIX = re.compile(r"([A-Za-z][\w-]*):")


class Forwarder:
    """Answers strangers' queries by a remote engine; see :class:`clustergraph.pool.answering.Answering`.

    :param endpoint: the engine.
    :param watch: over what is published there.
    :param settings: ``query_timeout``, ``query_bytes``, ``query_rows``, ``query_workers``, here queries at once, and
        those that begin with ``client_`` count.
    :param beside: what answers at another release; this one has its turns and shares.
    """

    network_blocked = None

    def __init__(self, endpoint: Endpoint, watch: Watch, settings: Settings, beside: Answering | None = None) -> None:
        self._endpoint = endpoint
        self._watch = watch
        self._seconds = settings.query_timeout
        self._bounds = Bounds(settings.query_memory, settings.query_cpu, settings.query_bytes, settings.query_rows)
        self.turns = beside.turns if beside else Turns(settings.query_workers, settings.client_queries)
        self._offences = Offences()
        self.shares = beside.shares if beside else Shares(settings.client_seconds, settings.client_errors)

    def answer(self, request: QueryRequest, client: str | None = None, _connection: int | None = None, /) -> Answer:
        """The whole answer of a query; that of a client that goes away is awaited all the same.

        :raises QueryError: the engine does not understand the query.
        :raises NotAcceptableError: the client accepts no format for its kind of answer.
        :raises TooCostlyError: the answer is too long.
        :raises TooManyError: the client has too many queries running.
        :raises UnavailableError: no answer within the deadline, or too many queries running.
        """
        self._offences.refuse(request.digest)
        with self.turns.turn(client), self.shares.timed(client), answers.legible():
            names = {kind: fmt.name if fmt else None for kind, fmt in request.formats.items()}
            return Answer(*write(self._ask(request), names, self._bounds))

    def check(self) -> None:
        """See that the engine can be asked.

        :raises UnavailableError: it does not answer, or holds another release.
        """
        self._watch.confirm(EVERY)

    def close(self) -> None:
        """Nothing is held open between queries."""

    def _ask(self, request: QueryRequest) -> answers.Found:
        query_form = form(request.text)
        text = _declarations(request.text) + request.text
        try:
            reply = self._endpoint.ask(text, self._dataset(request), self._seconds, WORDINESS * self._bounds.size)
        except TooSlowError as error:
            # Not every engine ends what nobody waits for; let it not be sent there again for a while.
            log.warning("query %s got no answer in time", request.digest.hex()[:16])
            self._offences.remember(request.digest, error)
            raise
        self._watch.confirm()  # strictly, for the answer will be kept
        return answers.any_of(reply, query_form)

    def _dataset(self, request: QueryRequest) -> list[tuple[str, str]]:
        """The dataset of a query: that of the protocol, within the release; else its own FROM; else the release."""
        if request.default_graphs or request.named_graphs:
            return [
                *_only("default-graph-uri", request.default_graphs, self._watch.served),
                *_only("named-graph-uri", request.named_graphs, self._watch.served),
            ]
        return [] if request.outline.own_dataset else self._watch.served.dataset()


def _only(parameter: str, graphs: tuple[str, ...], published: Published) -> list[tuple[str, str]]:
    """The graphs of the release; the store may hold others, which are none of ours to give away."""
    return [(parameter, name) for name in graphs if name in published.triples] or [(parameter, NOTHING)]


def _declarations(query: str) -> str:
    """The base and those of our prefixes that a query may use, to stand before it; its own come later and count."""
    used = {name: KNOWN_PREFIXES[name] for name in PREFIX.findall(query) if name in KNOWN_PREFIXES}
    return f"BASE <{iris.ROOT}> " + "".join(f"PREFIX {name}: <{iri}> " for name, iri in used.items())
