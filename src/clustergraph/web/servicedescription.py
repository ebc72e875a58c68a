"""What the endpoint says of itself (SPARQL 1.1 Service Description, W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import queries
from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS
from clustergraph.iris import GRAPH, PREFIXES
from clustergraph.store import Graph

SD = "http://www.w3.org/ns/sparql-service-description#"
A = NamedNode(PREFIXES["rdf"] + "type")
TRIPLES = NamedNode(PREFIXES["void"] + "triples")
SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")


def describe(graph: Graph, endpoint: str) -> list[Triple]:
    """The service, its formats and its dataset, with the number of statements in each named graph.

    :param endpoint: the public address of the endpoint.
    """
    return [*_service(endpoint), *_dataset(graph, endpoint)]


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)


def _service(endpoint: str) -> Iterator[Triple]:
    service = NamedNode(endpoint + "#service")
    yield Triple(service, A, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("feature"), _sd("EmptyGraphs"))
    yield Triple(service, _sd("defaultEntailmentRegime"), SIMPLE)
    yield Triple(service, _sd("defaultDataset"), NamedNode(endpoint + "#dataset"))
    for fmt in (*ROW_FORMATS, *GRAPH_FORMATS):
        if fmt.engine:
            yield Triple(service, _sd("resultFormat"), NamedNode(fmt.engine.iri))


def _dataset(graph: Graph, endpoint: str) -> Iterator[Triple]:
    dataset, union = NamedNode(endpoint + "#dataset"), NamedNode(endpoint + "#union")
    yield Triple(dataset, A, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), union)
    yield Triple(union, A, _sd("Graph"))
    # Each statement stands in one named graph, so their union has as many as the store.
    yield Triple(union, TRIPLES, Literal(len(graph)))
    for row in graph.select(queries.load("endpoint/graphs").text):
        name, count = row["graph"], row["count"]
        if isinstance(name, NamedNode) and isinstance(count, Literal):
            yield from _named_graph(dataset, name, count)


def _named_graph(dataset: NamedNode, name: NamedNode, count: Literal) -> Iterator[Triple]:
    local = name.value.removeprefix(GRAPH)
    endpoint = dataset.value.partition("#")[0]
    entry, content = NamedNode(f"{endpoint}#named/{local}"), NamedNode(f"{endpoint}#graph/{local}")
    yield Triple(dataset, _sd("namedGraph"), entry)
    yield Triple(entry, A, _sd("NamedGraph"))
    yield Triple(entry, _sd("name"), name)
    yield Triple(entry, _sd("graph"), content)
    yield Triple(content, A, _sd("Graph"))
    yield Triple(content, TRIPLES, count)
