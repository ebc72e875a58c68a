"""The graph in a remote engine, asked as the embedded one is."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Quad, Triple

from clustergraph import queries
from clustergraph.engine import Bindings, Solution
from clustergraph.remote import answers
from clustergraph.remote.connection import Reply
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.watching import EVERY, Watch
from clustergraph.sparqltext import with_values


class RemoteGraph:
    """A published release in a remote engine; see :class:`clustergraph.engine.Engine`.

    :param endpoint: the engine.
    :param watch: over what is published there.
    :param seconds: for the answer of one query.
    :param limit: longest answer of one query, in bytes.
    """

    union = True

    def __init__(self, endpoint: Endpoint, watch: Watch, seconds: float, limit: int) -> None:
        self._endpoint = endpoint
        self._watch = watch
        self._seconds = seconds
        self._limit = limit
        self._here = threading.local()

    def __len__(self) -> int:
        return sum(self._watch.served.triples.values())

    def select(self, query: str, bindings: Bindings | None = None) -> list[Solution]:
        """The rows of a SELECT query."""
        return answers.rows(self._ask(query, bindings))

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[list[Solution]]:
        """The rows of several SELECT queries, asked one by one: :meth:`settle` answers for what its thread read."""
        return (self.select(query, bindings) for query, bindings in asked)

    def construct(self, query: str, bindings: Bindings | None = None) -> set[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        return answers.triples(self._ask(query, bindings))

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """The answer of an ASK query."""
        return bool(answers.boolean(self._ask(query, bindings)))

    def stream(self, graph: str | None = None) -> Iterator[Quad]:
        """Every quad, or every quad of one named graph; each graph is fetched as a whole."""
        content = queries.load("remote/content").text
        for name in [graph] if graph else self.graph_names():
            node = NamedNode(name)
            found = self.construct(content, {"graph": node})
            yield from (Quad(triple.subject, triple.predicate, triple.object, node) for triple in found)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(self._watch.served.triples)

    def settle(self) -> None:
        """See that all this thread has read since it last called this is of the release.

        Each query takes a look for good that others have taken within a second, so what is made of several may be of
        two releases until this has been called.

        :raises UnavailableError: the engine holds something else, or does not say.
        """
        if getattr(self._here, "read", False):
            self._here.read = False
            self._watch.confirm()

    def _ask(self, query: str, bindings: Bindings | None) -> Reply:
        text = with_values(query, bindings or {})
        self._here.read = True
        reply = self._endpoint.ask(text, self._watch.served.dataset(), self._seconds, self._limit)
        self._watch.confirm(EVERY)
        return reply
