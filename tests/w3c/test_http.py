"""What HTTP and the draft of the SPARQL 1.2 Protocol ask of every answer, on the server as it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from served import served

from w3c.client import FORM, QUERY, Client, Parameters, Reply

SELECT = ("query", "SELECT * { ?s ?p ?o }")
CONSTRUCT = ("query", "CONSTRUCT WHERE { ?s ?p ?o }")
#: What an answer may differ in from one moment to the next.
PASSING = {"Date"}
REQUESTS: dict[str, Parameters] = {
    "description": [],
    "rows": [SELECT],
    "boolean": [("query", "ASK {}")],
    "graph": [CONSTRUCT],
    "time": [("query", "SELECT (2 AS ?n) { FILTER(NOW() > 0 || true) }")],
    "syntax": [("query", "SELEC")],
    "update": [("update", "CLEAR ALL")],
    "format": [SELECT, ("format", "docx")],
}
WISHES = (
    None,
    "*/*",
    "text/html",
    "text/turtle",
    "text/csv",
    "application/json",
    "image/png",
    "text/*;q=0.1, */*;q=0",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "a.ttl").write_text('<http://e/s> <http://e/p> 1, "x"@en .', encoding="utf-8")
    with served("--data", "a.ttl", folder=folder) as port:
        client = Client(port)
        yield client
        client.close()


def lasting(reply: Reply) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name not in PASSING}


@pytest.mark.parametrize("accept", WISHES)
@pytest.mark.parametrize("request_", REQUESTS)
def test_head_equals_get_without_the_body_and_both_vary_by_accept(
    client: Client, request_: str, accept: str | None
) -> None:
    get = client.ask("GET", REQUESTS[request_], accept=accept)
    head = client.ask("HEAD", REQUESTS[request_], accept=accept)
    assert (head.status, lasting(head), head.body) == (get.status, lasting(get), b"")
    assert get.headers["Content-Length"] == str(len(get.body))
    assert "Accept" in get.headers["Vary"]
    assert get.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "body", "content_type", "status"),
    [
        ("PUT", "", None, 405),
        ("POST", "SELEC", QUERY, 400),
        ("POST", "CLEAR ALL", QUERY, 403),
        ("POST", "ASK {}", "text/plain", 415),
        ("POST", "ASK {}" + " " * 2_000_000, QUERY, 413),
        ("QUERY", "", None, 415),
        ("QUERY", "", FORM, 400),
    ],
)
def test_a_refusal_varies_by_accept_is_open_to_scripts_and_not_kept(
    client: Client, method: str, body: str, content_type: str | None, status: int
) -> None:
    reply = client.ask(method, (), body, content_type)
    assert reply.status == status
    assert "Accept" in reply.headers["Vary"]
    assert (reply.headers["Access-Control-Allow-Origin"], reply.headers["Cache-Control"]) == ("*", "no-store")


def test_options_lists_the_methods(client: Client) -> None:
    reply = client.ask("OPTIONS")
    assert (reply.status, reply.body) == (204, b"")
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
    assert reply.headers["Access-Control-Allow-Methods"] == reply.headers["Allow"]


@pytest.mark.parametrize(
    ("parameters", "offered"),
    [
        ([SELECT], ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]),
        ([CONSTRUCT], ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]),
        ([], ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]),
    ],
)
def test_what_cannot_be_accepted_is_refused_with_everything_on_offer(
    client: Client, parameters: Parameters, offered: list[str]
) -> None:
    reply = client.ask("GET", parameters, accept="image/png")
    assert reply.status == 406
    assert [media_type for media_type in offered if f"({media_type})" not in reply.text] == []


def test_a_version_may_be_announced_once(client: Client) -> None:
    for reply in (
        client.ask("GET", [SELECT, ("version", "1.2")]),
        client.ask("POST", (), "query=ASK+%7B%7D&version=1.1", FORM),
        client.ask("POST", (), "ASK {}", f"{QUERY}; version=1.2"),
        client.ask("POST", (), 'VERSION "1.2" ASK {}', f"{QUERY}; version=1.1"),
    ):
        assert reply.status == 200
    assert client.ask("GET", [SELECT, ("version", "1.1"), ("version", "1.2")]).status == 400


def test_the_query_method_is_announced_and_answers_as_post_does(client: Client) -> None:
    for reply in (client.ask(), client.ask("OPTIONS"), client.ask("QUERY", (), "", "text/plain")):
        assert reply.headers["Accept-Query"] == f"{QUERY}, {FORM}"
    post, query = (client.ask(method, (), SELECT[1], QUERY) for method in ("POST", "QUERY"))
    assert (query.status, lasting(query), query.body) == (post.status, lasting(post), post.body)
    assert client.ask("QUERY", (), "query=ASK+%7B%7D", FORM).status == 200


def test_an_answer_that_is_held_is_not_sent_again_but_any_is_not_this_one(client: Client) -> None:
    tag = client.ask("GET", [SELECT]).headers["ETag"]
    for method in ("GET", "HEAD"):
        reply = client.ask(method, [SELECT], if_none_match=tag)
        assert (reply.status, reply.headers["Vary"], reply.headers["ETag"]) == (304, "Accept, Accept-Encoding", tag)
    assert client.ask("QUERY", (), SELECT[1], QUERY, if_none_match=tag).status == 304
    assert client.ask("GET", [("query", "SELEC")], if_none_match="*").status == 400
