"""The W3C's tests of the SPARQL 1.1 Protocol, each under its own name, over HTTP on data like theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from project import ROOT
from served import served

from w3c.client import FORM, QUERY, UPDATE, Client, Parameters, Reply

DATA = "http://kasei.us/2009/09/sparql/data/"
DATA0, DATA1, DATA2, DATA3 = (f"{DATA}data{number}.rdf" for number in range(4))
NOWHERE = (("default-graph-uri", DATA0),)
ROWS = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
IN_DEFAULT = f"ASK {{ <{DATA1}> a ?type . <{DATA2}> a ?type }}"
IN_NAMED = f"GRAPH ?g1 {{ <{DATA1}> a ?type }} GRAPH ?g2 {{ <{DATA2}> a ?type }}"
DEFAULT_GRAPHS = (("default-graph-uri", DATA1), ("default-graph-uri", DATA2))
NAMED_GRAPHS = (("named-graph-uri", DATA1), ("named-graph-uri", DATA2))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An endpoint with three named graphs, each of which says that it is a document, and an empty default graph."""
    folder = tmp_path_factory.mktemp("served")
    files = []
    for number, graph in enumerate((DATA1, DATA2, DATA3), 1):
        line = f"<{graph}> a <http://xmlns.com/foaf/0.1/Document> ."
        (folder / f"{number}.ttl").write_text(line, encoding="utf-8")
        files += ["--graph", f"{graph}={number}.ttl"]
    with served(*files, folder=folder) as port:
        client = Client(port)
        yield client
        client.close()


def is_true(reply: Reply) -> bool:
    return (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


def size(client: Client) -> int:
    """How many triples the endpoint holds."""
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    found = json.loads(client.ask("GET", [("query", query)]).body)
    return int(found["results"]["bindings"][0]["n"]["value"])


# Queries that must be answered


def test_query_get(client: Client) -> None:
    assert is_true(client.ask("GET", [("query", "ASK {}"), *NOWHERE]))


def test_query_post_form(client: Client) -> None:
    assert is_true(client.ask("POST", NOWHERE, "query=ASK%20%7B%7D", FORM))


def test_query_post_direct(client: Client) -> None:
    assert is_true(client.ask("POST", (), "ASK {}", QUERY))


def test_query_dataset_default_graphs_get(client: Client) -> None:
    assert is_true(client.ask("GET", [("query", IN_DEFAULT), *DEFAULT_GRAPHS]))


def test_query_dataset_default_graphs_post(client: Client) -> None:
    assert is_true(client.ask("POST", DEFAULT_GRAPHS, IN_DEFAULT, QUERY))


def test_query_dataset_named_graphs_get(client: Client) -> None:
    assert is_true(client.ask("GET", [("query", f"ASK {{ {IN_NAMED} }}"), *NAMED_GRAPHS]))


def test_query_dataset_named_graphs_post(client: Client) -> None:
    assert is_true(client.ask("POST", NAMED_GRAPHS, f"ASK {{ {IN_NAMED} }}", QUERY))


def test_query_dataset_full(client: Client) -> None:
    query = f"ASK {{ <{DATA3}> a ?type {IN_NAMED} }}"
    assert is_true(client.ask("POST", [("default-graph-uri", DATA3), *NAMED_GRAPHS], query, QUERY))


def test_query_multiple_dataset(client: Client) -> None:
    query = f"ASK FROM <{DATA3}> {{ {IN_NAMED} FILTER NOT EXISTS {{ <{DATA3}> a ?type }} }}"
    assert is_true(client.ask("POST", NAMED_GRAPHS, query, QUERY))
    assert not is_true(client.ask("POST", (), query, QUERY))


def test_query_content_type_select(client: Client) -> None:
    reply = client.ask("POST", NOWHERE, "SELECT (1 AS ?value) {}", QUERY)
    assert (reply.status, reply.media_type in ROWS) == (200, True)


def test_query_content_type_ask(client: Client) -> None:
    reply = client.ask("POST", NOWHERE, "ASK {}", QUERY)
    assert (reply.status, reply.media_type in ROWS) == (200, True)


def test_query_content_type_describe(client: Client) -> None:
    reply = client.ask("POST", NOWHERE, "DESCRIBE <http://example.org/>", QUERY)
    assert (reply.status, reply.media_type in GRAPHS) == (200, True)


def test_query_content_type_construct(client: Client) -> None:
    reply = client.ask("POST", NOWHERE, "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY)
    assert (reply.status, reply.media_type in GRAPHS) == (200, True)


# Requests that must be refused


def test_bad_query_method(client: Client) -> None:
    reply = client.ask("PUT", [("query", "ASK {}"), *NOWHERE], "", FORM)
    assert (reply.status, "GET" in reply.headers["Allow"]) == (405, True)


def test_bad_multiple_queries(client: Client) -> None:
    assert client.ask("GET", [("query", "ASK {}"), ("query", "SELECT * {}")]).status == 400


def test_bad_query_wrong_media_type(client: Client) -> None:
    assert client.ask("POST", (), "ASK {}", "text/plain").status == 415


def test_bad_query_missing_form_type(client: Client) -> None:
    assert client.ask("POST", (), b"query=ASK%20%7B%7D").status == 415


def test_bad_query_missing_direct_type(client: Client) -> None:
    assert client.ask("POST", (), b"ASK {}").status == 415


def test_bad_query_non_utf8(client: Client) -> None:
    assert client.ask("POST", (), "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16").status == 415


def test_bad_query_syntax(client: Client) -> None:
    assert client.ask("GET", [("query", "ASK {")]).status == 400


# Updates: the endpoint is read-only, and refuses all, good and bad

USING_GRAPH, USING_NAMED = ("using-graph-uri", DATA1), ("using-named-graph-uri", DATA2)
COPY = (
    f"CLEAR ALL ; INSERT DATA {{ GRAPH <{DATA1}> {{ <{DATA1}> a <http://xmlns.com/foaf/0.1/Document> }} }} ; "
    "INSERT { GRAPH <http://example.org/new/> { ?s a <http://purl.org/dc/terms/BibliographicResource> } } "
    "WHERE { ?s a <http://xmlns.com/foaf/0.1/Document> }"
)
RELATIVE = "INSERT DATA { GRAPH <http://example.org/base/> { <http://example.org/s> <http://example.org/p> <test> } }"
WITH = "WITH <http://example/a> DELETE { ?p <http://e/n> 'Bill' } INSERT { ?p <http://e/n> 'Will' } WHERE { ?p ?q 1 }"

#: Name of the test -> method, parameters in the address, body, media type.
UPDATES: dict[str, tuple[str, Parameters, str | bytes | None, str | None]] = {
    "update_dataset_default_graph": ("POST", [USING_GRAPH], COPY, UPDATE),
    "update_dataset_default_graphs": ("POST", [USING_GRAPH, ("using-graph-uri", DATA2)], COPY, UPDATE),
    "update_dataset_named_graphs": ("POST", [USING_NAMED, ("using-named-graph-uri", DATA1)], COPY, UPDATE),
    "update_dataset_full": ("POST", [USING_GRAPH, USING_NAMED], COPY, UPDATE),
    "update_post_form": ("POST", (), "update=CLEAR+ALL", FORM),
    "update_post_direct": ("POST", (), "CLEAR ALL", UPDATE),
    "update_base_uri": ("POST", (), RELATIVE, UPDATE),
    "bad_update_get": ("GET", [("update", "CLEAR ALL")], None, None),
    "bad_multiple_updates": ("POST", (), urlencode([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]), FORM),
    "bad_update_wrong_media_type": ("POST", (), "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": ("POST", (), b"update=CLEAR%20NAMED", None),
    "bad_update_non_utf8": ("POST", (), "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": ("POST", (), "update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": ("POST", [("using-named-graph-uri", "http://example/people")], WITH, UPDATE),
}


@pytest.mark.parametrize("name", UPDATES)
def test_update_is_refused_and_changes_nothing(client: Client, name: str) -> None:
    assert client.ask(*UPDATES[name]).status in (403, 415)
    assert size(client) == 3


def test_relative_names_resolve_against_a_base_of_the_service(client: Client) -> None:
    found = client.ask("POST", (), "ASK { FILTER(STRSTARTS(STR(<test>), 'https://')) }", QUERY)
    assert is_true(found)


def test_the_documentation_says_how_many_there_are() -> None:
    queries = [name for name in globals() if name.startswith(("test_query_", "test_bad_"))]
    text = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    assert f"| SPARQL 1.1 Protocol, query | {len(queries)} | all pass |" in text
    assert f"| SPARQL 1.1 Protocol, update | {len(UPDATES)} | all refused" in text
