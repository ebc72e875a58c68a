"""The W3C's tests of the SPARQL 1.1 Service Description, each under its own name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from served import served

from w3c.client import Client

SD = "http://www.w3.org/ns/sparql-service-description#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMATS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")

#: Property -> the class of its subject, and the class of its object where that is described too (section 3).
PROPERTIES = {
    "endpoint": ("Service", None),
    "feature": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "supportedLanguage": ("Service", None),
    "resultFormat": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
#: Property -> the things of the vocabulary it may point to.
INSTANCES = {
    "feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}
#: https://www.w3.org/ns/formats/
RESULT_FORMATS = {
    "http://www.w3.org/ns/formats/" + name
    for name in ("JSON-LD", "N-Triples", "RDF_XML", "Turtle", "SPARQL_Results_CSV", "SPARQL_Results_JSON",
                 "SPARQL_Results_TSV", "SPARQL_Results_XML")
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "a.ttl").write_text("<http://e/s> <http://e/p> 1 .", encoding="utf-8")
    with served("--data", "a.ttl", "--graph", "http://e/g#1=a.ttl", folder=folder) as port:
        client = Client(port)
        yield client
        client.close()


@pytest.fixture(scope="module")
def described(client: Client) -> set[Triple]:
    return {quad.triple for quad in parse(client.ask().body, format=RdfFormat.TURTLE)}


def iri(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value


def test_returns_rdf(client: Client) -> None:
    assert client.ask().media_type in FORMATS
    found = []
    for media_type in FORMATS:
        reply = client.ask(accept=media_type)
        assert (reply.status, reply.media_type, reply.headers["Vary"]) == (200, media_type, "Accept, Accept-Encoding")
        found.append({quad.triple for quad in parse(reply.body, format=RdfFormat.from_media_type(media_type))})
    assert all(each == found[0] for each in found)


def test_has_endpoint_triple(client: Client, described: set[Triple]) -> None:
    endpoint = [triple for triple in described if triple.predicate == NamedNode(SD + "endpoint")]
    assert [triple.object for triple in endpoint] == [NamedNode(client.address)]
    assert Triple(endpoint[0].subject, RDF_TYPE, NamedNode(SD + "Service")) in described


def test_conforms_to_schema(described: set[Triple]) -> None:
    used = [triple for triple in described if triple.predicate.value.startswith(SD)]
    assert {triple.predicate.value.removeprefix(SD) for triple in used} == set(PROPERTIES)
    for triple in used:
        name = triple.predicate.value.removeprefix(SD)
        domain, reached = PROPERTIES[name]
        assert Triple(triple.subject, RDF_TYPE, NamedNode(SD + domain)) in described
        assert reached is None or Triple(triple.object, RDF_TYPE, NamedNode(SD + reached)) in described  # type: ignore[arg-type]
        assert name not in INSTANCES or iri(triple.object).removeprefix(SD) in INSTANCES[name]


def test_every_dataset_has_a_default_graph_and_every_named_graph_its_name(described: set[Triple]) -> None:
    for kind, needed in (("Dataset", "defaultGraph"), ("NamedGraph", "name")):
        things = {triple.subject for triple in described if triple.object == NamedNode(SD + kind)}
        assert things
        assert things == {triple.subject for triple in described if triple.predicate == NamedNode(SD + needed)}


def test_formats_are_named_by_their_registered_addresses(described: set[Triple]) -> None:
    found = {iri(triple.object) for triple in described if triple.predicate == NamedNode(SD + "resultFormat")}
    assert found == RESULT_FORMATS


def test_the_numbers_of_triples_are_those_of_the_files(described: set[Triple]) -> None:
    counts = [str(triple.object) for triple in described if triple.predicate.value.endswith("void#triples")]
    assert counts == [f'"1"^^<{XSD}integer>'] * 2
