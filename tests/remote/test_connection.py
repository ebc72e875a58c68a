"""What an engine may do wrong is noticed, bounded and said in words; here by a server that does just that."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clustergraph.errors import QueryError, TooCostlyError, UnavailableError
from clustergraph.remote.connection import Connection, TooSlowError
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.graphstore import GraphStore
from clustergraph.settings import Settings

YES = b'{"head":{},"boolean":true}'
JSON = "application/sparql-results+json"
#: What each path answers with.
ANSWERS: dict[str, Callable[[Handler], None]] = {}


class Handler(BaseHTTPRequestHandler):
    """Answers as ANSWERS says, and notes what is asked for."""

    protocol_version = "HTTP/1.1"
    asked: list[str] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(self.path)
        ANSWERS[self.path.partition("?")[0]](self)

    do_PUT = do_POST  # noqa: N815

    def send(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def answers(path: str) -> Callable[[Callable[[Handler], None]], None]:
    def keep(function: Callable[[Handler], None]) -> None:
        ANSWERS[path] = function

    return keep


@answers("/redirect")
def _redirect(call: Handler) -> None:
    call.send(307, Location="/elsewhere")


@answers("/elsewhere")
def _elsewhere(call: Handler) -> None:
    call.send(200, YES, Content_Type=JSON)


@answers("/long")
def _long(call: Handler) -> None:
    call.send(200, b" " * 5000, Content_Type=JSON)


@answers("/cut")
def _cut(call: Handler) -> None:
    call.send(200, YES, length=len(YES) + 1, Content_Type=JSON)
    call.close_connection = True


@answers("/endless")
def _endless(call: Handler) -> None:
    call.send_response(200)
    call.end_headers()
    call.wfile.write(YES)
    call.close_connection = True


@answers("/drip")
def _drip(call: Handler) -> None:
    call.send(200, b"", length=100, Content_Type=JSON)
    for _ in range(40):
        try:
            call.wfile.write(b" ")
            call.wfile.flush()
        except OSError:
            return
        time.sleep(0.1)


@answers("/silent")
def _silent(call: Handler) -> None:
    time.sleep(1.5)
    call.close_connection = True


@answers("/bad")
def _bad(call: Handler) -> None:
    call.send(400, b"\n  line 3: no\x00 such thing\nand your query\n")


@answers("/broken")
def _broken(call: Handler) -> None:
    call.send(500, b"out of memory")


@answers("/rows")
def _rows(call: Handler) -> None:
    call.send(200, YES, Content_Type=JSON, X_SPARQL_MaxRows="10")


@answers("/time")
def _time(call: Handler) -> None:
    call.send(200, YES, Content_Type=JSON, X_SQL_State="S1TAT")


@answers("/cancelled")
def _cancelled(call: Handler) -> None:
    call.send(
        200, b'{"head":{"vars":[]},"results":{"bindings":[The SPARQL operation has been cancelled', Content_Type=JSON
    )


@answers("/basic")
def _basic(call: Handler) -> None:
    wanted = "Basic " + base64.b64encode(b"me:secret").decode()
    if call.headers.get("Authorization") == wanted:
        call.send(204)
    else:
        call.send(401, WWW_Authenticate='Basic realm="store"')


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def ask(address: str, seconds: float = 5.0, query: str = "ASK {}") -> bytes:
    settings = Settings(Path(), Path(), endpoint=address)
    return Endpoint(address, Connection(settings, "the engine")).ask(query, [], seconds, 1000).body


@pytest.mark.parametrize(
    ("path", "error", "says"),
    [
        ("/redirect", UnavailableError, "redirects to /elsewhere, which is not followed"),
        ("/long", TooCostlyError, "longer than 1,000 bytes"),
        ("/cut", UnavailableError, "ended early"),
        ("/endless", UnavailableError, "does not say how long"),
        ("/bad", QueryError, "400 Bad Request: line 3: no such thing$"),
        ("/broken", UnavailableError, "500 Internal Server Error: out of memory"),
        ("/rows", TooCostlyError, "more than the 10 rows"),
        ("/time", TooSlowError, "ran out of time"),
        ("/cancelled", TooSlowError, "ran out of time"),
        ("/basic", UnavailableError, "refuses the credentials"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(base: str, path: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        ask(base + path)


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_an_answer_that_is_late_is_given_up_at_the_deadline(base: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnavailableError, match=r"no answer from the engine within 0\.5 seconds"):
        ask(base + path, seconds=0.5)
    assert time.monotonic() - start < 1.2


def test_no_redirect_is_followed(base: str) -> None:
    Handler.asked.clear()
    with pytest.raises(UnavailableError):
        ask(base + "/redirect")
    assert Handler.asked == ["/redirect"]


def test_a_query_that_names_updates_in_an_address_is_still_a_query(base: str) -> None:
    assert ask(base + "/elsewhere", query="BASE <http://example.org/load> ASK { <add> <drop> <clear> }") == YES


def test_a_text_that_is_long_to_match_is_sent_at_once(base: str) -> None:
    start = time.monotonic()
    ask(base + "/elsewhere", query="PREFIX a: " * 3000 + "ASK {}")
    assert time.monotonic() - start < 1


def test_nobody_there_is_said_in_words() -> None:
    with pytest.raises(UnavailableError, match="the engine cannot be reached: Connection refused"):
        ask("http://127.0.0.1:9/")


def test_basic_credentials_are_sent_when_asked_for_and_from_then_on_at_once(base: str) -> None:
    address, mine = base + "/basic", {"endpoint_user": "me", "endpoint_password": "secret"}
    store = GraphStore(Settings(Path(), Path(), endpoint=address, graph_store=address, **mine))
    Handler.asked.clear()
    store.put("http://example.org/g", [])
    assert len(Handler.asked) == 2
    store.put("http://example.org/g", [])
    assert len(Handler.asked) == 3


def test_credentials_go_to_the_engine_alone(base: str) -> None:
    settings = Settings(
        Path(), Path(), endpoint="http://127.0.0.1:9/", endpoint_user="me", endpoint_password="secret"
    )
    with pytest.raises(UnavailableError, match="refuses the credentials"):
        Endpoint(base + "/basic", Connection(settings, "it")).ask("ASK {}", [], 5, 1000)
