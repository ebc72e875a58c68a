"""The endpoint for programs: what it keeps, what it never keeps, and the codings of its answers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from synthetic import FIRST, release
from werkzeug.test import TestResponse

from clustergraph.pool import Pool
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

ROWS = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
HITS, MISSES = "clustergraph_cache_hits_total", "clustergraph_cache_misses_total"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(tmp_path_factory.mktemp("release"))


def served(made: Release, **differing: int) -> Iterator[FlaskClient]:
    settings = Settings(Path(), Path(), **differing)  # type: ignore[arg-type]
    with Pool(made.path / "store", settings) as pool:
        yield create_app(settings, made, pool).test_client()


@pytest.fixture
def client(made: Release) -> Iterator[FlaskClient]:
    """Asks a service that has kept nothing yet."""
    yield from served(made)


@pytest.fixture
def forgetful(made: Release) -> Iterator[FlaskClient]:
    """Asks a service that keeps nothing."""
    yield from served(made, cache_bytes=0)


def ask(client: FlaskClient, query: str, *, graph: str = "", **headers: str) -> TestResponse:
    parameters = {"query": query} | ({"default-graph-uri": graph} if graph else {})
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return client.get("/sparql", query_string=parameters, headers=named)


def counted(client: FlaskClient) -> tuple[int, int]:
    """Queries answered from the cache, and by a process."""
    lines = dict(line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if line[0] != "#")
    return int(float(lines[HITS])), int(float(lines[MISSES]))


def test_the_same_query_is_answered_once_by_a_process(client: FlaskClient) -> None:
    first, *others = [ask(client, ROWS) for _ in range(3)]
    assert [other.data for other in others] == [first.data] * 2
    assert [dict(other.headers) for other in others] == [dict(first.headers)] * 2
    assert counted(client) == (2, 1)


def test_blanks_and_comments_make_no_other_query(client: FlaskClient) -> None:
    first, second = ask(client, ROWS), ask(client, f"# {ROWS}\n{ROWS.replace(' ', '  ')}")
    assert (second.data, second.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert counted(client) == (1, 1)


def test_dataset_and_format_make_another_answer(client: FlaskClient) -> None:
    bodies = [ask(client, ROWS), ask(client, ROWS, graph=FIRST), ask(client, ROWS, Accept="text/csv")]
    assert len({body.data for body in bodies}) == 3
    assert counted(client) == (0, 3)


def test_page_and_program_share_an_answer(client: FlaskClient) -> None:
    ask(client, ROWS)
    page = ask(client, ROWS, Accept="text/html")
    assert "40 rows" in page.text
    assert counted(client) == (1, 1)


def test_post_is_answered_from_what_get_has_left(client: FlaskClient) -> None:
    ask(client, ROWS)
    assert client.post("/sparql", data={"query": ROWS}).status_code == 200
    assert counted(client) == (1, 1)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_may_be_another_the_next_time_is_not_kept(client: FlaskClient, call: str) -> None:
    replies = [ask(client, f"SELECT ({call} AS ?x) {{}}") for _ in range(2)]
    assert [reply.headers["Cache-Control"] for reply in replies] == ["no-store"] * 2
    assert counted(client) == (0, 2)


def test_a_refusal_is_not_kept(client: FlaskClient) -> None:
    replies = [ask(client, "SELECT ?x { ?x ") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [400] * 2
    assert counted(client) == (0, 2)


def test_nothing_is_kept_where_there_is_no_room(forgetful: FlaskClient) -> None:
    assert [ask(forgetful, ROWS).status_code for _ in range(2)] == [200] * 2
    assert counted(forgetful) == (0, 2)


def test_a_client_that_holds_the_answer_costs_no_process_anything(client: FlaskClient) -> None:
    tag = ask(client, ROWS).headers["ETag"]
    replies = [ask(client, ROWS, If_None_Match=tag) for _ in range(2)]
    assert [(reply.status_code, reply.data, reply.headers["ETag"]) for reply in replies] == [(304, b"", tag)] * 2
    assert counted(client) == (0, 1)


def test_an_answer_is_compressed_for_who_takes_that(client: FlaskClient) -> None:
    plain = ask(client, ROWS)
    for _ in range(2):
        coded = ask(client, ROWS, Accept_Encoding="gzip, br")
        assert coded.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(coded.data) == plain.data
        assert int(coded.headers["Content-Length"]) == len(coded.data) < len(plain.data) / 2
        assert coded.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
        assert coded.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    assert counted(client) == (2, 1)


def test_a_tag_of_either_coding_is_one_of_the_answer_that_is_held(client: FlaskClient) -> None:
    tag = ask(client, ROWS, Accept_Encoding="gzip").headers["ETag"]
    reply = ask(client, ROWS, Accept_Encoding="gzip", If_None_Match=tag)
    assert (reply.status_code, reply.headers["ETag"]) == (304, tag)


def test_a_short_answer_is_sent_as_it_is(client: FlaskClient) -> None:
    reply = ask(client, "ASK {}", Accept_Encoding="gzip")
    assert ("Content-Encoding" in reply.headers, json.loads(reply.data)["boolean"]) == (False, True)


def test_head_says_what_get_would_be_and_sends_none_of_it(client: FlaskClient) -> None:
    get = ask(client, ROWS)
    head = client.head("/sparql", query_string={"query": ROWS})
    assert (head.data, head.headers["Content-Length"]) == (b"", get.headers["Content-Length"])
    assert dict(head.headers) == dict(get.headers)
