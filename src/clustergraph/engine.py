"""What everything above asks of an engine, embedded or remote: the one narrow interface to the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

#: Variable -> the term that a query is run with in its place.
Bindings = Mapping[str, NamedNode | Literal]
#: A row of an answer: each variable of the query -> its term, None where it is unbound. It is a dict, in which a
#: value is found ten times as fast as in the rows of the engine.
Solution = dict[str, Any]


class Engine(Protocol):
    """A set of named graphs that can be asked trusted queries.

    :class:`clustergraph.store.Graph` is the embedded one, :class:`clustergraph.remote.graph.RemoteGraph` the other.
    All raise QueryError for a query that cannot be read; a remote one raises UnavailableError where it has no answer,
    and TooCostlyError where the answer is over its bound.
    """

    @property
    def union(self) -> bool:
        """Whether the default graph is the union of all named graphs, as it is of everything but files for trying."""

    def __len__(self) -> int:
        """How many statements there are in all named graphs."""

    def select(self, query: str, bindings: Bindings | None = None) -> list[Solution]:
        """The rows of a SELECT query."""

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[list[Solution]]:
        """The rows of several SELECT queries, each with its values, in their order, as they are found."""

    def construct(self, query: str, bindings: Bindings | None = None) -> set[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """The answer of an ASK query."""

    def stream(self, graph: str | None = None) -> Iterator[Quad]:
        """Every quad, or every quad of one named graph, in no particular order."""

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def settle(self) -> None:
        """See that all this thread has read since it last called this is of one release, as in a folder it always is.

        :raises UnavailableError: a remote engine holds something else by now, or does not say.
        """
