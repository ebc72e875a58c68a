"""What clustergraph has published in an endpoint, as it notes there itself.

Beside the named graphs of the release stand two graphs that are no part of it:

- ``graph/all`` holds the union of all. What an engine takes for its default graph differs: nothing, the union of the
  named graphs, or of everything in the store. Named as ``default-graph-uri``, this graph gives every engine the same
  default graph, and as quick a one.
- ``graph/published`` says which release this is, and how many statements each graph that has arrived holds; last
  comes the number of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import iris, queries
from clustergraph.remote import answers
from clustergraph.remote.endpoint import Endpoint

ALL = iris.graph("all")
NOTES = iris.graph("published")
#: Bytes that the notes, or the counts, of some 100,000 graphs take.
LIMIT = 40_000_000
_RELEASE = NamedNode(iris.PREFIXES["dct"] + "identifier")
_TRIPLES = NamedNode(iris.PREFIXES["void"] + "triples")


@dataclass(frozen=True)
class Published:
    """What is published in an endpoint.

    :ivar release: the name of the release, or empty.
    :ivar triples: named graph -> how many statements it holds, of the graphs that have arrived.
    :ivar whole: whether all have.
    """

    release: str = ""
    triples: Mapping[str, int] = field(default_factory=dict)
    whole: bool = False

    def dataset(self) -> list[tuple[str, str]]:
        """The parameters of the protocol that make these graphs, and their union, the dataset of a query."""
        return [("default-graph-uri", ALL), *(("named-graph-uri", name) for name in sorted(self.triples))]


def note_release(release: str) -> Triple:
    """The note that a release is being published."""
    return Triple(NamedNode(NOTES), _RELEASE, Literal(release))


def note_graph(name: str, triples: int) -> Triple:
    """The note that a graph has arrived; of :data:`ALL`, that all have."""
    return Triple(NamedNode(name), _TRIPLES, Literal(triples))


def read(endpoint: Endpoint, seconds: float) -> Published:
    """What an endpoint notes on itself.

    :raises UnavailableError: no answer, or not in time.
    """
    query = queries.load("remote/published").text
    release, triples = "", {}
    for row in answers.rows(endpoint.ask(query, [], seconds, LIMIT)):
        thing, name, count = row["thing"], row["release"], row["triples"]
        if isinstance(name, Literal):
            release = name.value
        elif isinstance(thing, NamedNode) and isinstance(count, Literal):
            triples[thing.value] = int(count.value)
    whole = triples.pop(ALL, None) is not None
    return Published(release, triples, whole)


def counts(endpoint: Endpoint, seconds: float) -> dict[str, int]:
    """How many statements each named graph of ours holds, counted."""
    query = queries.load("remote/counts").text
    found = answers.rows(endpoint.ask(query, [], seconds, LIMIT))
    return {row["graph"].value: int(row["count"].value) for row in found}
