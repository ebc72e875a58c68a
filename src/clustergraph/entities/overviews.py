"""What is shown of the whole graph at once, each worked out once: a release never changes."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities import matrix
from clustergraph.entities.catalogue.home import HOME
from clustergraph.entities.marks import Marks
from clustergraph.entities.matrix import Matrix
from clustergraph.entities.network import Network
from clustergraph.entities.once import once_of
from clustergraph.entities.page import Filled, fill
from clustergraph.entities.ways import Ways
from clustergraph.iris import SERIES


class Overviews:
    """The overviews of one graph.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._home = once_of(graph, lambda: _home(graph))
        self._counts = once_of(graph, lambda: _counts(graph))
        self._matrix = once_of(graph, lambda: matrix.of(graph))
        self._network = once_of(graph, lambda: Network(graph))
        self._ways = once_of(graph, lambda: Ways(graph))

    @property
    def home(self) -> list[Filled]:
        """The panels of the front page: what is shown of the whole series."""
        return self._home()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many editions, sessions, people and so on there are, by the names of their lists."""
        return self._counts()

    @property
    def matrix(self) -> Matrix:
        """Who hosted whom, between countries."""
        return self._matrix()

    @property
    def network(self) -> Network:
        """Who shared sessions and editions with whom."""
        return self._network()

    @property
    def ways(self) -> Ways:
        """How one gets from one actor, region or country to another."""
        return self._ways()

    def prepare(self) -> None:
        """Work everything out now, the front page first, so that nobody waits for it."""
        _ = self.home, self.counts, self.matrix, self.network, self.ways


def _home(graph: Engine) -> list[Filled]:
    series = {"entity": NamedNode(SERIES)}
    return fill(graph, [(panel, series) for panel in HOME], Marks(graph))


def _counts(graph: Engine) -> Mapping[str, int]:
    return {row["kind"].value: int(row["count"].value) for row in graph.select(queries.load("home/counts").text)}
