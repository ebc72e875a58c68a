"""What is shown of the whole graph at once, each worked out once: a release never changes."""

from __future__ import annotations

from functools import cached_property

from clustergraph.engine import Engine
from clustergraph.entities import matrix
from clustergraph.entities.matrix import Matrix
from clustergraph.entities.network import Network
from clustergraph.entities.ways import Ways


class Overviews:
    """The overviews of one graph.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph

    @cached_property
    def matrix(self) -> Matrix:
        """Who hosted whom, between countries."""
        return matrix.of(self._graph)

    @cached_property
    def network(self) -> Network:
        """Who shared sessions and editions with whom."""
        return Network(self._graph)

    @cached_property
    def ways(self) -> Ways:
        """How one gets from one actor, region or country to another."""
        return Ways(self._graph)

    def prepare(self) -> None:
        """Work everything out now, so that nobody waits for it."""
        _ = self.matrix, self.network, self.ways
