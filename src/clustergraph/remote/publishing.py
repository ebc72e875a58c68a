"""Publishing: a release loaded into a remote engine, graph by graph, and counted there."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Triple

from clustergraph.engine import Engine
from clustergraph.errors import UnavailableError
from clustergraph.progress import Tell, silent
from clustergraph.remote import published
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.graphstore import PATIENCE, GraphStore
from clustergraph.remote.published import ALL, NOTES, Published


@dataclass(frozen=True)
class Outcome:
    """What publishing did: how many graphs it wrote, found there already, and removed."""

    written: int
    kept: int
    removed: int


class Publisher:
    """Loads one release into an engine. Run again after a failure, it goes on where it stopped.

    :param name: of the release.
    :param graph: its graph.
    :param endpoint: where it is counted.
    :param store: where it is written to.
    :param tell: told the name of each graph as it begins.
    """

    def __init__(self, name: str, graph: Engine, endpoint: Endpoint, store: GraphStore, tell: Tell = silent) -> None:
        self._name = name
        self._graph = graph
        self._endpoint = endpoint
        self._store = store
        self._tell = tell

    def publish(self) -> Outcome:
        """Load what is not there yet, remove graphs of ours that the release does not have, and count all.

        :raises UnavailableError: the engine does not answer, or does not hold what was sent.
        """
        found, counted = published.read(self._endpoint, PATIENCE), published.counts(self._endpoint, PATIENCE)
        there = self._arrived(found, counted)
        names = self._graph.graph_names()
        strays = [name for name in counted if name not in (*names, ALL, NOTES)]
        if there is None:
            self._begin()
            there = set()
        for name in names:
            self._tell(name)
            if name not in there:
                self._load(name)
        for name in strays:
            self._store.delete(name)
        self._finish(names)
        return Outcome(len(names) - len(there), len(there), len(strays))

    def _arrived(self, found: Published, counted: dict[str, int]) -> set[str] | None:
        """The graphs that need no loading, or None where loading must begin anew."""
        as_noted = all(counted.get(name) == triples for name, triples in found.triples.items())
        complete = not found.whole or counted.get(ALL) == len(self._graph)
        return set(found.triples) if found.release == self._name and as_noted and complete else None

    def _begin(self) -> None:
        # First a small request: engines ask for credentials, and may not read a large body before they have them.
        self._store.put(NOTES, [published.note_release(self._name)])
        self._store.delete(ALL)

    def _load(self, name: str) -> None:
        triples: list[Triple] = [quad.triple for quad in self._graph.stream(name)]
        self._store.put(name, triples)
        self._store.add(ALL, triples)
        self._store.add(NOTES, [published.note_graph(name, len(triples))])

    def _finish(self, names: list[str]) -> None:
        """Compare the counts, and note that all is there."""
        wanted = {name: sum(1 for _ in self._graph.stream(name)) for name in names} | {ALL: len(self._graph)}
        counted = published.counts(self._endpoint, PATIENCE)
        for name, triples in wanted.items():
            if counted.get(name, 0) != triples:
                raise UnavailableError(
                    f"{name} has {counted.get(name, 0):,} statements there instead of {triples:,}; "
                    "see that nothing else writes to it, and publish again"
                )
        self._store.add(NOTES, [published.note_graph(ALL, len(self._graph))])
