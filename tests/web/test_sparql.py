"""The SPARQL 1.1 Protocol over a real port. Tests named ``w3c_…`` are those of the W3C's protocol test suite."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import RdfFormat, parse
from synthetic import EDITIONS, FIRST, OF_EDITION, OF_PERSON, REGISTRY, SECOND, SIZE, release
from werkzeug.serving import make_server

from clustergraph.pool import Pool
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

ASK = "ASK {}"
SELECT = "SELECT ?n { ?e cg:statedNumber ?n } ORDER BY ?n LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?e cg:statedNumber ?n } { ?e cg:statedNumber ?n }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
#: The beginning of a request that a test ends by hand.
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
JSON = "application/sparql-results+json"
DEADLINE = 1.0


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers["Content-Type"].partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def number(self) -> int:
        """The one number of a SELECT answer."""
        return int(json.loads(self.body)["results"]["bindings"][0]["n"]["value"])


@dataclass(frozen=True)
class Client:
    port: int

    def ask(
        self, method: str = "GET", path: str = "/sparql", body: bytes | str | None = None, **headers: str
    ) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def get(self, query: str, *more: tuple[str, str], **headers: str) -> Reply:
        return self.ask("GET", "/sparql?" + urlencode([("query", query), *more]), **headers)

    def post(self, *fields: tuple[str, str], **headers: str) -> Reply:
        return self.ask("POST", body=urlencode(fields), **{**FORM, **headers})

    def raw(self, request: bytes) -> bytes:
        """The answer to bytes sent as they are, the sending side then closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    made = release(tmp_path_factory.mktemp("release"))
    settings = Settings(
        Path(), Path(), base_url="https://graph.example", query_timeout=DEADLINE, query_memory=64, query_bytes=200_000
    )
    with Pool(made.path / "store", settings) as pool:
        server = make_server("127.0.0.1", 0, create_app(settings, made, pool), threaded=True)
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield Client(server.server_port)
        server.shutdown()
        serving.join()
        server.server_close()


# The W3C's tests of the query operation


def test_w3c_query_get(client: Client) -> None:
    reply = client.get(ASK)
    assert (reply.status, reply.media_type) == (200, JSON)
    assert json.loads(reply.body)["boolean"] is True


def test_w3c_query_post_form(client: Client) -> None:
    reply = client.post(("query", ASK))
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


def test_w3c_query_post_direct(client: Client) -> None:
    reply = client.ask("POST", body=ASK, **DIRECT)
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


@pytest.mark.parametrize("method", ["get", "post_form", "post_direct"])
def test_w3c_query_dataset_default_graphs(client: Client, method: str) -> None:
    graphs = (("default-graph-uri", FIRST), ("default-graph-uri", SECOND))
    assert _asked(client, method, COUNT, graphs).number == EDITIONS * OF_EDITION


@pytest.mark.parametrize("method", ["get", "post_form", "post_direct"])
def test_w3c_query_dataset_named_graphs(client: Client, method: str) -> None:
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    graphs = (("named-graph-uri", FIRST), ("named-graph-uri", REGISTRY))
    assert _asked(client, method, query, graphs).number == 2
    assert _asked(client, method, COUNT, graphs).number == 0


@pytest.mark.parametrize("method", ["get", "post_form", "post_direct"])
def test_w3c_query_dataset_full(client: Client, method: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?e cv:hasParticipation ?who . GRAPH ?g { ?who a foaf:Person } }"
    graphs = (("default-graph-uri", FIRST), ("named-graph-uri", REGISTRY))
    assert _asked(client, method, query, graphs).number == EDITIONS // 2


@pytest.mark.parametrize("method", ["get", "post_form", "post_direct"])
def test_w3c_query_multiple_dataset(client: Client, method: str) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{FIRST}> {{ ?s ?p ?o }}"
    assert _asked(client, method, query, ()).number == EDITIONS // 2 * OF_EDITION
    assert _asked(client, method, query, (("default-graph-uri", REGISTRY),)).number == EDITIONS * OF_PERSON


def _asked(client: Client, method: str, query: str, graphs: tuple[tuple[str, str], ...]) -> Reply:
    if method == "get":
        return client.get(query, *graphs)
    if method == "post_form":
        return client.post(("query", query), *graphs)
    return client.ask("POST", "/sparql?" + urlencode(graphs), query, **DIRECT)


@pytest.mark.parametrize(
    ("query", "types"),
    [
        (SELECT, [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]),
        (ASK, [JSON, "application/sparql-results+xml"]),
        ("DESCRIBE <x:x>", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]),
        (CONSTRUCT, ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]),
    ],
)
def test_w3c_query_content_type(client: Client, query: str, types: list[str]) -> None:
    for media_type in types:
        assert client.get(query, Accept=media_type).media_type == media_type
    assert client.get(query, Accept="*/*").media_type == types[0]
    assert client.get(query).media_type == types[0]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_w3c_bad_query_method(client: Client, method: str) -> None:
    reply = client.ask(method, "/sparql?" + urlencode({"query": ASK}))
    assert reply.status == 405
    assert {"GET", "HEAD", "POST", "OPTIONS", "QUERY"} == set(reply.headers["Allow"].split(", "))
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_w3c_bad_multiple_queries(client: Client) -> None:
    for reply in (
        client.get(ASK, ("query", ASK)),
        client.post(("query", ASK), ("query", ASK)),
        client.ask("POST", "/sparql?" + urlencode({"query": ASK}), ASK, **DIRECT),
    ):
        assert (reply.status, "stands 2 times" in reply.text) == (400, True)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/plain"}, ASK),  # bad_query_wrong_media_type
        ({"Content-Type": ""}, urlencode({"query": ASK})),  # bad_query_missing_form_type
        ({"Content-Type": ""}, ASK),  # bad_query_missing_direct_type
        ({"Content-Type": "application/sparql-query; charset=UTF-16"}, ASK),  # bad_query_non_utf8
    ],
)
def test_w3c_bad_query_media_type(client: Client, headers: dict[str, str], body: str) -> None:
    assert client.ask("POST", body=body, **headers).status == 415


def test_w3c_bad_query_syntax(client: Client) -> None:
    reply = client.get("ASK {")
    assert (reply.status, "line 1, column" in reply.text) == (400, True)


# What a request may look like


def test_the_query_method_asks_like_post_and_may_be_kept(client: Client) -> None:
    reply = client.ask("QUERY", body=ASK, **DIRECT)
    assert (reply.status, "ETag" in reply.headers) == (200, True)


@pytest.mark.parametrize(
    "kind", ['application/sparql-query; charset="UTF-8"', "APPLICATION/SPARQL-QUERY; version=1.2"]
)
def test_a_media_type_may_have_parameters(client: Client, kind: str) -> None:
    assert client.ask("POST", body=ASK, Content_Type=kind).status == 200


def test_letters_outside_ascii_arrive_as_they_were_sent(client: Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?e dct:title ?t FILTER(CONTAINS(?t, 'Édition “7”')) }"
    assert client.get(query).number == 1
    assert client.ask("POST", body=query, **DIRECT).number == 1
    assert client.post(("query", query)).number == 1
    assert client.get("SELECT (STRLEN('50%25 + 1') AS ?n) {}").number == 9


@pytest.mark.parametrize("path", ["/sparql?query=ASK%FF{}", "/sparql?query=%C3"])
def test_an_address_that_is_not_utf8_is_refused(client: Client, path: str) -> None:
    reply = client.ask("GET", path)
    assert (reply.status, "UTF-8" in reply.text) == (400, True)


def test_a_body_that_is_not_utf8_is_refused(client: Client) -> None:
    assert client.ask("POST", body=b"ASK { ?s ?p '\xff' }", **DIRECT).status == 400
    assert client.ask("POST", body=b"query=ASK%FF", **FORM).status == 400


def test_a_body_shorter_than_announced_is_refused(client: Client) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\n"
    )
    assert client.raw(head + b"ASK {}").startswith(b"HTTP/1.1 400 ")


def test_a_body_of_unknown_length_is_refused(client: Client) -> None:
    assert client.raw(HEAD + b"\r\n").startswith(b"HTTP/1.1 411 ")
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n"
    assert client.raw(chunked).startswith(b"HTTP/1.1 411 ")


def test_a_body_too_long_is_refused(client: Client) -> None:
    assert client.post(("query", ASK + " " * 300_000)).status == 413
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9000000\r\n"
    )
    assert client.raw(head + b"\r\nASK {}").startswith(b"HTTP/1.1 413 ")


def test_a_post_without_a_query_is_refused(client: Client) -> None:
    assert client.post(("format", "json")).status == 400
    assert client.ask("GET", "/sparql?" + urlencode({"default-graph-uri": FIRST})).status == 400


def test_a_graph_that_is_no_absolute_iri_is_refused(client: Client) -> None:
    assert client.get(ASK, ("default-graph-uri", "registry")).status == 400


def test_a_graph_that_does_not_exist_is_empty_and_never_fetched(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/graph"
        assert client.get(COUNT, ("default-graph-uri", address)).number == 0
        assert client.get(COUNT.replace("{", f"FROM <{address}> {{")).number == 0
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()


# Updates and calls of other services


@pytest.mark.parametrize("text", ["INSERT DATA { <x:a> <x:b> <x:c> }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"])
def test_an_update_is_refused_in_whatever_dress_and_changes_nothing(client: Client, text: str) -> None:
    replies = [
        client.get(text),
        client.post(("query", text)),
        client.ask("POST", body=text, **DIRECT),
        client.ask("GET", "/sparql?" + urlencode({"update": text})),
        client.post(("update", text)),
        client.post(("update", text), ("using-graph-uri", FIRST)),
        client.ask("POST", body=text, Content_Type="application/sparql-update"),
        client.ask("POST", "/sparql?" + urlencode({"query": ASK, "update": text}), "", **FORM),
    ]
    assert [reply.status for reply in replies] == [403] * len(replies)
    assert all("read-only" in reply.text for reply in replies)
    assert client.get(COUNT).number == SIZE


@pytest.mark.parametrize(
    "call", ["SERVICE <http://127.0.0.1:9/>", "service silent<http://127.0.0.1:9/>", "SERVICEp:s"]
)
def test_a_call_of_another_service_is_refused(client: Client, call: str) -> None:
    reply = client.get(f"PREFIX p: <http://127.0.0.1:9/> SELECT * {{ {call} {{ ?s ?p ?o }} }}")
    assert (reply.status, "SERVICE is refused" in reply.text) == (403, True)


# Answers


def test_an_answer_says_its_type_its_length_and_what_it_depends_on(client: Client) -> None:
    reply = client.get(SELECT, Accept="text/csv")
    assert reply.body == b"n\r\n0\r\n1\r\n2\r\n"
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["Vary"] == "Accept, Accept-Encoding"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_graph_holds_each_triple_once_in_every_format(client: Client) -> None:
    for media_type in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        reply = client.get(CONSTRUCT, Accept=media_type)
        found = list(parse(reply.body, format=RdfFormat.from_media_type(media_type)))
        assert (len(found), len(set(found))) == (EDITIONS, EDITIONS)
    assert "edition:edition-7 cg:statedNumber 7 ." in client.get(CONSTRUCT).text


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("csv", "text/csv"), ("xml", "application/sparql-results+xml"), ("html", "text/html"), (JSON, JSON)],
)
def test_the_parameter_format_decides_before_accept(client: Client, name: str, media_type: str) -> None:
    reply = client.get(SELECT, ("format", name), Accept="text/tab-separated-values")
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize(
    ("query", "wish", "offer"),
    [
        (SELECT, {"Accept": "image/png"}, "JSON (application/sparql-results+json)"),
        (SELECT, {"Accept": "text/turtle"}, "CSV (text/csv)"),
        (CONSTRUCT, {"Accept": "text/csv"}, "Turtle (text/turtle)"),
        (CONSTRUCT, {"Accept": "*/*;q=0"}, "Turtle (text/turtle)"),
    ],
)
def test_what_the_client_does_not_accept_is_refused_with_what_is_on_offer(
    client: Client, query: str, wish: dict[str, str], offer: str
) -> None:
    reply = client.get(query, **wish)
    assert (reply.status, offer in reply.text, reply.headers["Vary"]) == (406, True, "Accept")


def test_an_unknown_format_is_refused_with_what_is_on_offer(client: Client) -> None:
    reply = client.get(SELECT, ("format", "docx"))
    assert (reply.status, "CSV (text/csv)" in reply.text) == (406, True)


def test_a_head_equals_its_get_without_the_body(client: Client) -> None:
    path = "/sparql?" + urlencode({"query": SELECT})
    head, get = client.ask("HEAD", path), client.ask("GET", path)
    dated = {"Date", "Server"}
    assert {n: v for n, v in head.headers.items() if n not in dated} == {
        n: v for n, v in get.headers.items() if n not in dated
    }
    assert (head.status, head.body) == (200, b"")


def test_a_preflight_is_answered(client: Client) -> None:
    reply = client.ask("OPTIONS", Origin="https://a.example", Access_Control_Request_Method="POST")
    assert (reply.status, reply.body) == (204, b"")
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]


def test_a_client_that_holds_the_answer_gets_304(client: Client) -> None:
    tag = client.get(SELECT).headers["ETag"]
    again = client.get(SELECT, If_None_Match=tag)
    assert (again.status, again.body, again.headers["ETag"], again.headers["Vary"]) == (
        304,
        b"",
        tag,
        "Accept, Accept-Encoding",
    )


def test_the_tag_differs_by_query_dataset_and_format(client: Client) -> None:
    replies = [
        client.get(SELECT),
        client.get(SELECT + "0"),
        client.get(SELECT, Accept="text/csv"),
        client.get(SELECT, **BROWSER),
        client.get(SELECT, ("default-graph-uri", FIRST)),
        client.get(SELECT, ("named-graph-uri", FIRST)),
    ]
    assert len({reply.headers["ETag"] for reply in replies}) == len(replies)


def test_an_answer_that_may_differ_the_next_time_is_not_kept(client: Client) -> None:
    reply = client.get("SELECT (NOW() AS ?now) {}")
    assert ("ETag" in reply.headers, reply.headers["Cache-Control"]) == (False, "no-store")


def test_errors_are_open_to_scripts_and_never_kept(client: Client) -> None:
    for reply in (client.get("ASK {"), client.get("ASK { SERVICE <x:> {} }"), client.get(SELECT, Accept="image/png")):
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert reply.headers["Cache-Control"] == "no-store"


def test_a_program_can_have_problem_details(client: Client) -> None:
    reply = client.get("ASK {", Accept="application/json")
    assert reply.media_type == "application/problem+json"
    assert "line 1, column" in json.loads(reply.body)["detail"]


# Queries that hurt


def test_a_query_over_its_deadline_is_refused_in_time_while_others_are_answered_at_once(client: Client) -> None:
    replies: list[tuple[Reply, float]] = []

    def ask() -> None:
        start = time.monotonic()
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        replies.append((client.get(endless), time.monotonic() - start))

    slow = threading.Thread(target=ask)
    slow.start()
    while slow.is_alive():
        start = time.monotonic()
        assert client.get(ASK).status == 200
        assert time.monotonic() - start < 1
    slow.join()
    reply, seconds = replies[0]
    assert (reply.status, reply.headers["Retry-After"].isdigit(), seconds < DEADLINE + 1) == (503, True, True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422),  # too long an answer
        ("ASK " + "{" * 5000 + "}" * 5000, 400),
        ("SELECT (" + "CONCAT('a'," * 3000 + "'b'" + ")" * 3000 + " AS ?x) {}", 400),
        ("ASK { FILTER(" + "||".join(["true"] * 10_000) + ") }", 400),
        ("ASK {" + " UNION ".join(["{}"] * 3000) + "}", 400),
        ("ASK { ?s ?p " + "(" * 5000 + ")" * 5000 + "}", 400),
    ],
)
def test_a_query_that_costs_too_much_is_refused_and_the_service_stays(
    client: Client, query: str, status: int
) -> None:
    reply = client.post(("query", query))
    assert (reply.status, len(reply.body) < 1000) == (status, True)
    assert client.get(ASK).status == 200


# The description of the service


def test_the_endpoint_describes_itself_with_true_counts(client: Client) -> None:
    for media_type in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"):
        reply = client.ask(Accept=media_type)
        assert (reply.status, reply.media_type) == (200, media_type)
        found = {str(t) for t in parse(reply.body, format=RdfFormat.from_media_type(media_type))}
        sd, at = "http://www.w3.org/ns/sparql-service-description#", "https://graph.example/sparql"
        assert any(f"<{sd}endpoint> <{at}>" in each for each in found)
        counts = sorted(int(m[1]) for each in found if (m := re.search(r'void#triples> "(\d+)"', each)))
        assert counts == sorted([SIZE, *[EDITIONS // 2 * OF_EDITION] * 2, EDITIONS * OF_PERSON])
    assert client.ask().media_type == "text/turtle"
    assert "a sd:Service" in client.ask(Accept="*/*").text


def test_a_description_in_a_format_nobody_offers_is_refused(client: Client) -> None:
    assert client.ask(Accept="image/png").status == 406


# The page for people


def test_a_browser_gets_the_form_with_an_example(client: Client) -> None:
    reply = client.ask(**BROWSER)
    assert (reply.status, reply.media_type, reply.headers["Vary"]) == (200, "text/html", "Accept, Accept-Encoding")
    assert '<form class="query" action="/sparql" method="post">' in reply.text
    assert "?edition a cg:Edition" in reply.text


def test_the_example_of_the_form_is_answered(client: Client) -> None:
    example = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", client.ask(**BROWSER).text, re.DOTALL)
    assert example
    reply = client.post(("query", example[1].replace("&lt;", "<").replace("&gt;", ">")), ("format", "csv"))
    assert (reply.status, reply.text.count("\r\n")) == (200, EDITIONS + 1)


def test_a_browser_gets_rows_as_a_table_with_text_that_stays_text(client: Client) -> None:
    reply = client.get("SELECT ?e ?t ?none { ?e dct:title ?t ; cg:statedNumber 7 }", **BROWSER)
    assert '<h2 id="answer">1 row</h2>' in reply.text
    assert '<a href="/page/edition/edition-7">' in reply.text
    assert "Édition “7”, &lt;b&gt;" in reply.text
    assert "<b>" not in reply.text


def test_a_browser_gets_a_yes_or_no_and_a_graph_as_text(client: Client) -> None:
    assert '<h2 id="answer">Yes</h2>' in client.get(ASK, **BROWSER).text
    assert "edition:edition-7 cg:statedNumber 7 ." in client.get(CONSTRUCT, **BROWSER).text


def test_a_browser_sees_where_a_query_is_wrong(client: Client) -> None:
    reply = client.post(("query", "SELECT *\n{ ?s <b ?o }"), ("format", "html"), **BROWSER)
    assert (reply.status, reply.media_type) == (400, "text/html")
    assert 'role="alert"' in reply.text
    assert re.search(r"line 2, column \d+", reply.text)
    assert "   2  { ?s &lt;b ?o }\n" in reply.text
    assert "{ ?s &lt;b ?o }</textarea>" in reply.text
