"""What the endpoint says of itself (SPARQL 1.1 Service Description, W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.formats import GRAPH_FORMATS, JSON_LD, ROW_FORMATS
from clustergraph.iris import CATALOGUE_PREFIXES, GRAPH, PREFIXES

SD = CATALOGUE_PREFIXES["sd"]
A = NamedNode(PREFIXES["rdf"] + "type")
TRIPLES = NamedNode(PREFIXES["void"] + "triples")
SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")
#: As the W3C's list of formats has it (https://www.w3.org/ns/formats/); the engine gives another address.
FORMAT_JSON_LD = "http://www.w3.org/ns/formats/JSON-LD"


def describe(graph: Engine, endpoint: str) -> list[Triple]:
    """The service, its formats and its dataset, with the number of statements in each named graph.

    :param endpoint: the public address of the endpoint.
    """
    return [*_service(endpoint, graph.union), *_dataset(graph, endpoint)]


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)


def _service(endpoint: str, union: bool) -> Iterator[Triple]:
    service = NamedNode(endpoint + "#service")
    yield Triple(service, A, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for feature in ("UnionDefaultGraph", "EmptyGraphs") if union else ("EmptyGraphs",):
        yield Triple(service, _sd("feature"), _sd(feature))
    yield Triple(service, _sd("defaultEntailmentRegime"), SIMPLE)
    yield Triple(service, _sd("defaultDataset"), NamedNode(endpoint + "#dataset"))
    for fmt in (*ROW_FORMATS, *GRAPH_FORMATS):
        if fmt.engine:
            iri = FORMAT_JSON_LD if fmt is JSON_LD else fmt.engine.iri
            yield Triple(service, _sd("resultFormat"), NamedNode(iri))


def _dataset(graph: Engine, endpoint: str) -> Iterator[Triple]:
    dataset, default = NamedNode(endpoint + "#dataset"), NamedNode(endpoint + "#default")
    named = graph.select(queries.load("endpoint/graphs").text)
    # In a release each statement stands in one named graph, so their union has as many as the store.
    size = len(graph) - (0 if graph.union else sum(int(row["count"].value) for row in named))
    yield Triple(dataset, A, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, A, _sd("Graph"))
    yield Triple(default, TRIPLES, Literal(size))
    for row in named:
        name, count = row["graph"], row["count"]
        if isinstance(name, NamedNode) and isinstance(count, Literal):
            yield from _named_graph(dataset, name, count)


def _named_graph(dataset: NamedNode, name: NamedNode, count: Literal) -> Iterator[Triple]:
    local = quote(name.value.removeprefix(GRAPH), safe="/:")
    endpoint = dataset.value.partition("#")[0]
    entry, content = NamedNode(f"{endpoint}#named/{local}"), NamedNode(f"{endpoint}#graph/{local}")
    yield Triple(dataset, _sd("namedGraph"), entry)
    yield Triple(entry, A, _sd("NamedGraph"))
    yield Triple(entry, _sd("name"), name)
    yield Triple(entry, _sd("graph"), content)
    yield Triple(content, A, _sd("Graph"))
    yield Triple(content, TRIPLES, count)
