"""No query opens a connection, however it spells SERVICE, unless to an address that the operator has listed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import urlopen

import pytest

from bombs.service import Service, service

#: What it may look like to call another service; ``{}`` is its address.
SPELLINGS = (
    "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent<{}>{{?s ?p ?o}} }}",
    "SELECT * {{ SeRvIcE#comment\n<{}> {{ ?s ?p ?o }} }}",
    "PREFIX p: <{}> SELECT * {{ SERVICE p: {{ ?s ?p ?o }} }}",
    "PREFIX p: <{}> SELECT * {{ SERVICEp:s{{ ?s ?p ?o }} }}",
    "PREFIX p: <{}> SELECT * {{ SERVICESILENTp:s{{ ?s ?p ?o }} }}",
    "PREFIX SERVICEp: <{}> PREFIX p: <{}> SELECT * {{ SERVICEp:s{{ ?s ?p ?o }} }}",
    "BASE <{}> SELECT * {{ SERVICE <s> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(IRI('{}') AS ?x) SERVICE SILENT ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERV\\u0049CE <{}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <\\u0068ttp{}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }} }} UNION {{}} }}",
    "SELECT * {{ FILTER(1<2)SERVICE<{}>{{?s ?p ?o}}#>\n}}",
    "SELECT * {{ ?s ?p '''' . SERVICE <{}> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{}> {{ ?s ?p ?o }}",
    "DESCRIBE <{}>",
    "LOAD <{}>",
)


@dataclass
class Listener:
    """Another service: it counts the requests it gets, and answers each with one row."""

    address: str = ""
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


@contextmanager
def listening() -> Iterator[Listener]:
    seen = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.requests.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            row = {"s": {"type": "uri", "value": "http://a.example/found"}}
            body = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [row]}}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def parse_request(self) -> bool:
            seen.requests.append("a connection")
            return super().parse_request()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        seen.address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever).start()
        yield seen
        server.shutdown()


def spelled(spelling: str, address: str) -> str:
    return spelling.format(*[address.removeprefix("http") if "\\u0068ttp" in spelling else address] * 2)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_opens_a_connection(shared: Service, listener: Listener, spelling: str) -> None:
    reply = shared.client("127.0.2.1").ask(spelled(spelling, listener.address))
    assert reply.status == 200 if spelling.startswith(("DESCRIBE", "SELECT * FROM")) else reply.status in (400, 403)
    assert listener.requests == []


@pytest.fixture(scope="module")
def allowed() -> Iterator[Listener]:
    with listening() as made:
        yield made


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory, allowed: Listener) -> Iterator[Service]:
    """A service that may call one other."""
    with service(tmp_path_factory.mktemp("calling"), CLUSTERGRAPH_SERVICES=allowed.address) as started:
        yield started


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_a_listed_address_is_called_where_it_is_named_in_full(
    calling: Service, allowed: Listener, silent: str
) -> None:
    allowed.requests.clear()
    query = f"SELECT ?s {{ SERVICE {silent}<{allowed.address}> {{ ?s ?p ?o }} }}"
    reply = calling.client("127.0.2.2").ask(query, Accept="text/csv")
    assert (reply.status, reply.text) == (200, "s\r\nhttp://a.example/found\r\n")
    assert len(allowed.requests) == 2


@pytest.mark.parametrize("spelling", SPELLINGS[3:9] + SPELLINGS[9:13:2])
def test_every_other_spelling_of_a_listed_address_is_refused(
    calling: Service, allowed: Listener, spelling: str
) -> None:
    allowed.requests.clear()
    reply = calling.client("127.0.2.3").ask(spelled(spelling, allowed.address))
    assert (reply.status, "SERVICE is refused" in reply.text) == (403, True)
    assert allowed.requests == []


def test_an_address_that_is_not_listed_is_refused_even_beside_one_that_is(
    calling: Service, allowed: Listener, listener: Listener
) -> None:
    query = f"SELECT * {{ SERVICE <{allowed.address}> {{ ?s ?p ?o }} SERVICE <{listener.address}> {{ ?s ?p ?o }} }}"
    reply = calling.client("127.0.2.4").ask(query)
    assert (reply.status, f"<{allowed.address}>" in reply.text) == (403, True)
    assert listener.requests == []


def test_other_queries_run_without_network_even_there(calling: Service) -> None:
    with urlopen(f"http://127.0.0.1:{calling.port}/health", timeout=5) as answer:
        assert json.load(answer)["query_network_blocked"] is True


def test_the_log_says_where_calls_are_allowed(calling: Service, allowed: Listener) -> None:
    assert calling.says(f"queries may call {allowed.address}") == 1


def test_no_connection_is_made_where_an_address_of_a_graph_is_given(shared: Service, listener: Listener) -> None:
    asked = f"/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D&default-graph-uri={listener.address}"
    with urlopen(f"http://127.0.0.1:{shared.port}{asked}", timeout=5) as answer:
        assert json.load(answer)["boolean"] is False
    assert listener.requests == []
