"""What follows from the stated facts, written out once so that no query has to infer anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import queries, store
from clustergraph.dataset import Dataset
from clustergraph.iris import CG, PREFIXES

LABEL = NamedNode(PREFIXES["rdfs"] + "label")
NEXT = NamedNode(PREFIXES["cv"] + "hasNextEvent")
PREVIOUS = NamedNode(PREFIXES["cv"] + "hasPreviousEvent")
PLACE = NamedNode(CG + "inferredPlace")
#: CONSTRUCT queries whose triples are added as they are.
RULES = ("derive/superclasses", "derive/inverses", "derive/evidence", "derive/origin")


def derive(dataset: Dataset) -> int:
    """Add what follows: classes above, inverse links, evidence, origins, the chain of editions, a label for each.

    :param dataset: linked already; each new triple goes to the graph of its subject, and none is stated twice.
    :returns: how many triples were added.
    """
    graph = dataset.graph()
    added = sum(dataset.derive(sorted(graph.construct(queries.load(rule).text), key=str)) for rule in RULES)
    return added + dataset.derive(_chain(graph)) + dataset.derive(_labels(graph))


def _chain(graph: store.Graph) -> Iterator[Triple]:
    """Each edition's place in its series by date, and its neighbours."""
    rows = graph.select(queries.load("derive/order").text)
    for _, of_series in groupby(rows, key=lambda row: row["series"]):
        editions = [row["edition"] for row in of_series]
        for place, edition in enumerate(editions, start=1):
            yield Triple(edition, PLACE, Literal(place))
        for earlier, later in pairwise(editions):
            yield Triple(earlier, NEXT, later)
            yield Triple(later, PREVIOUS, earlier)


def _labels(graph: store.Graph) -> Iterator[Triple]:
    """The first, that is the best, label of each thing."""
    rows = graph.select(queries.load("derive/labels").text)
    for thing, labels in groupby(rows, key=lambda row: row["thing"]):
        yield Triple(thing, LABEL, next(labels)["label"])
