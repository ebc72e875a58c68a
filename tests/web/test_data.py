"""``/data/…``: the same graph in every format, with what links to the thing and a word on the document itself."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from clustergraph.formats import GRAPH_FORMATS, JSON_LD, Format
from clustergraph.iris import CG, PREFIXES, ROOT, thing

THINGS = (
    "edition/2025-07-01-cluj-napoca",
    "edition/2024-06-18-graz",
    "person/jan-philipp-kramer",
    "organisation/romanian-cluster-association",
    "region/RO11",
    "country/ROU",
    "topic/digital",
    "series/clusters-meet-regions",
)
CLUJ = "/data/edition/2025-07-01-cluj-napoca"
RDFS_LABEL = NamedNode(PREFIXES["rdfs"] + "label")


def triples(client: FlaskClient, path: str, fmt: Format) -> set[Triple]:
    """The graph of a document, read by the engine's parser."""
    response = client.get(f"/data/{path}.{fmt.name}")
    assert response.status_code == 200
    assert response.content_type == fmt.content_type
    assert isinstance(fmt.engine, RdfFormat)
    return {quad.triple for quad in parse(response.data, format=fmt.engine)}


@pytest.mark.parametrize("path", THINGS)
def test_every_format_holds_the_same_graph(client: FlaskClient, path: str) -> None:
    first, *others = [triples(client, path, fmt) for fmt in GRAPH_FORMATS]
    assert len(first) > 20
    for other in others:
        assert other == first


def test_json_ld_needs_nothing_from_elsewhere_and_reads_the_same_with_another_reader(client: FlaskClient) -> None:
    document = json.loads(client.get(f"{CLUJ}.jsonld").data)
    assert isinstance(document["@context"], dict)
    read = {
        quad.triple for quad in parse(jsonld.to_rdf(document, {"format": "application/n-quads"}), RdfFormat.N_QUADS)
    }
    assert read == triples(client, "edition/2025-07-01-cluj-napoca", JSON_LD)


def test_document_describes_itself(client: FlaskClient) -> None:
    found = triples(client, "person/emil-boc", GRAPH_FORMATS[0])
    document = NamedNode(ROOT + "data/person/emil-boc")
    said = {triple.predicate.value: triple.object for triple in found if triple.subject == document}
    assert said[PREFIXES["foaf"] + "primaryTopic"] == NamedNode(thing("person", "emil-boc"))
    assert said[PREFIXES["dct"] + "license"] == NamedNode("https://creativecommons.org/licenses/by/4.0/")
    assert PREFIXES["void"] + "inDataset" in said


def test_document_holds_what_points_to_the_thing_and_labels_what_it_names(client: FlaskClient) -> None:
    found = triples(client, "person/emil-boc", GRAPH_FORMATS[0])
    mention = NamedNode(thing("mention", "2025-07-01-cluj-napoca--emil-boc"))
    assert Triple(mention, NamedNode(CG + "mentions"), NamedNode(thing("person", "emil-boc"))) in found
    edition = NamedNode(thing("edition", "2025-07-01-cluj-napoca"))
    assert Triple(mention, NamedNode(CG + "statedAt"), edition) in found
    title = Literal("Clusters Meet Regions in Cluj-Napoca, Romania", language="und")
    assert Triple(edition, RDFS_LABEL, title) in found


def test_address_without_ending_is_negotiated(client: FlaskClient) -> None:
    response = client.get(CLUJ, headers={"Accept": "application/ld+json;q=0.9, text/turtle;q=0.5"})
    assert response.content_type == "application/ld+json"
    assert response.headers["Content-Location"] == f"{CLUJ}.jsonld"
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert client.get(CLUJ, headers={"Accept": "*/*"}).content_type == "text/turtle; charset=utf-8"


def test_ending_wins_over_accept(client: FlaskClient) -> None:
    response = client.get(f"{CLUJ}.nt", headers={"Accept": "text/turtle"})
    assert response.content_type == "application/n-triples; charset=utf-8"


def test_nothing_acceptable_is_406(client: FlaskClient) -> None:
    response = client.get(CLUJ, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize("path", ["/data/person/nobody.ttl", "/data/person/emil-boc.docx", "/data/person/nobody"])
def test_unknown_document_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_each_format_has_its_own_entity_tag_and_304_answers_it(client: FlaskClient) -> None:
    tags = {client.get(f"{CLUJ}.{fmt.name}").headers["ETag"] for fmt in GRAPH_FORMATS}
    assert len(tags) == len(GRAPH_FORMATS)
    tag = client.get(CLUJ, headers={"Accept": "text/turtle"}).headers["ETag"]
    for sent in (tag, f'"another", {tag}', f"W/{tag}"):
        response = client.get(CLUJ, headers={"Accept": "text/turtle", "If-None-Match": sent})
        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == tag
        assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert client.get(CLUJ, headers={"Accept": "application/ld+json", "If-None-Match": tag}).status_code == 200


def test_head_equals_get_without_the_body(client: FlaskClient) -> None:
    got, head = client.get(f"{CLUJ}.ttl"), client.head(f"{CLUJ}.ttl")
    assert head.data == b""
    assert dict(head.headers) == dict(got.headers)


def test_document_links_to_its_page_and_licence(client: FlaskClient) -> None:
    link = client.get("/data/person/emil-boc.ttl").headers["Link"]
    assert '</page/person/emil-boc>; rel="describes"' in link
    assert 'rel="license"' in link
