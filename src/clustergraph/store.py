"""The one door to the embedded engine, Oxigraph through pyoxigraph: select, construct, ask, stream, load."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from clustergraph import sorting, sparqltext
from clustergraph.engine import Bindings, Solution
from clustergraph.errors import QueryError, ReleaseError
from clustergraph.iris import GRAPH, PREFIXES, ROOT, SHORT_PREFIXES

Term = NamedNode | Literal | BlankNode

#: What a query need not declare: the prefixes of our Turtle.
KNOWN_PREFIXES = {**PREFIXES, **SHORT_PREFIXES, "graph": GRAPH}

#: Most statements that are held in memory, some 80 MB at 400 bytes each; larger graphs are read from the disk.
HELD_IN_MEMORY = 200_000
#: How the engine says where it stopped reading a query.
PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
#: Its listings of characters, ``['A' ..= 'Z' | …]``, tell a reader nothing.
CHARACTERS = re.compile(r",? ?\[(?:'[^']*'|[^\]'])*\]")


def _cannot_be_read(error: SyntaxError) -> QueryError:
    """The engine's words on a query it cannot parse, with line and column, without its listings of characters."""
    place = PLACE.fullmatch(str(error))
    if not place:
        return QueryError(f"the query cannot be parsed: {error}")
    line, column = int(place[1]), int(place[2])
    reason = CHARACTERS.sub("", place[3])
    if "Prefix not found" in reason:
        reason = "this prefix is not declared"
    return QueryError(f"the query cannot be parsed at line {line}, column {column}: {reason}", line, column)


class Graph:
    """A set of named graphs that can be asked.

    :param store: an engine that nothing writes to any more.
    :param union: whether its default graph is the union of all named graphs, as in every release; else it is what the
        store holds outside of them, and a query sees no more than that where it names no graph.
    """

    def __init__(self, store: Store, union: bool = True) -> None:
        self._store = store
        self.union = union

    def __len__(self) -> int:
        return self._size

    def answer(self, query: str, bindings: Bindings | None = None) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Evaluate a trusted query, with the values of some of its variables bound as terms.

        :raises QueryError: the query cannot be parsed.
        """
        # The engine plans without regard to substitutions: it would read every participation there is to find those
        # of one edition. With the terms in its text a query costs what it finds.
        text = sparqltext.with_terms(query, bindings) if bindings else query
        substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): term for name, term in (bindings or {}).items() if text is None
        }
        try:
            return self._store.query(
                text or query, use_default_graph_as_union=self.union, substitutions=substitutions
            )
        except SyntaxError as error:
            raise _cannot_be_read(error) from error

    def evaluate(
        self, query: str, own_dataset: bool, dataset: tuple[list[str], list[str]] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Evaluate a stranger's query: relative IRIs resolve against ours, our prefixes need no declaration.

        :param own_dataset: whether the query names its dataset with FROM; the engine's union of all graphs would
            silently override that.
        :param dataset: the IRIs of the graphs merged into the default graph, and of the named graphs; they override
            FROM (SPARQL 1.1 Protocol, section 2.1.4). A graph that does not exist is empty. None: the query decides.
        :raises QueryError: the query cannot be parsed.
        """
        try:
            # Without our prefixes first: most programs declare theirs, and the engine reads every one it is given.
            return self._evaluate(query, own_dataset, dataset, None)
        except SyntaxError:
            try:
                return self._evaluate(query, own_dataset, dataset, KNOWN_PREFIXES)
            except SyntaxError as error:
                raise _cannot_be_read(error) from error

    def _evaluate(
        self,
        query: str,
        own_dataset: bool,
        dataset: tuple[list[str], list[str]] | None,
        prefixes: dict[str, str] | None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        named: list[NamedNode | BlankNode] | None = None
        if dataset:
            default, named = [NamedNode(iri) for iri in dataset[0]], [NamedNode(iri) for iri in dataset[1]]
        return self._store.query(
            query,
            base_iri=ROOT,
            prefixes=prefixes,
            use_default_graph_as_union=self.union and dataset is None and not own_dataset,
            default_graph=default,
            named_graphs=named,
        )

    def select(self, query: str, bindings: Bindings | None = None) -> list[Solution]:
        """The rows of a SELECT query."""
        unsorted, keys = sorting.apart(query)
        answer = self.answer(unsorted, bindings)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return sorting.in_order(rows(answer), keys)

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[list[Solution]]:
        """The rows of several SELECT queries, each with its values, in their order.

        The engine lets other threads have the interpreter while it works, so they are asked side by side, and what
        is done with the first rows takes no time from the queries that follow.
        """
        return self._threads.map(lambda one: self.select(*one), asked)

    @cached_property
    def _size(self) -> int:
        """Statements are counted one by one, and nothing writes to the store any more."""
        return len(self._store)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        """As many as there are processors, begun when first needed: not in a process that is forked afterwards."""
        return ThreadPoolExecutor(os.cpu_count(), "panels")

    def construct(self, query: str, bindings: Bindings | None = None) -> set[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        answer = self.answer(query, bindings)
        if not isinstance(answer, QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        return set(answer)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """The answer of an ASK query."""
        answer = self.answer(query, bindings)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("an ASK query is needed here")
        return bool(answer)

    def stream(self, graph: str | None = None) -> Iterator[Quad]:
        """Every quad, or every quad of one named graph, in the engine's order."""
        name = NamedNode(graph) if graph else None
        return self._store.quads_for_pattern(None, None, None, name)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if isinstance(name, NamedNode))

    def settle(self) -> None:
        """Nothing to see: nothing writes to the store."""


def rows(answer: QuerySolutions) -> list[Solution]:
    """The rows of an answer, read to its end."""
    names = [variable.value for variable in answer.variables]
    return [dict(zip(names, row, strict=True)) for row in answer]


def in_memory(quads: Iterable[Quad], union: bool = True) -> Graph:
    """A graph held in memory.

    :param union: see :class:`Graph`.
    """
    store = Store()
    store.bulk_extend(quads)
    return Graph(store, union)


def near(graph: Graph, dump: Path | None = None) -> Graph:
    """A graph itself, or a copy in memory where it is small: joins are three to seven times as fast there.

    :param dump: the same graph as N-Quads, where there is such a file: three times as quick to read as the store.
    """
    if len(graph) > HELD_IN_MEMORY:
        return graph
    if dump is None:
        return in_memory(graph.stream(), graph.union)
    store = Store()
    store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
    return Graph(store, graph.union)


def write(quads: Iterable[Quad], folder: Path) -> None:
    """Write a graph to a new engine folder; it is synced to disk and closed when this returns."""
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()


def open_read_only(folder: Path, union: bool = True) -> Graph:
    """Open an engine folder that nothing writes to.

    :param union: see :class:`Graph`.
    :raises ReleaseError: the folder is missing or damaged.
    """
    try:
        return Graph(Store.read_only(str(folder)), union)
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder} cannot be opened: {error}; switch to another release or build again") from error


__all__ = ["DefaultGraph", "Graph", "Term", "in_memory", "near", "open_read_only", "rows", "write"]
