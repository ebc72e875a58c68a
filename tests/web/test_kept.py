"""Kept answers: the same as fresh ones in every respect, and only what is sure to stay the same."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from project import Project

from clustergraph import releases
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

PAGE = "/page/person/ana-reis"
DATA = "/data/person/ana-reis"
HITS, MISSES = "clustergraph_page_cache_hits_total", "clustergraph_page_cache_misses_total"
GZIPPED = ("Accept-Encoding", "gzip")


@pytest.fixture(scope="module")
def small(built_once: Project) -> Release:
    """A release that is opened quickly."""
    return releases.current(built_once.releases)


@pytest.fixture
def client(small: Release) -> FlaskClient:
    """Asks a service that has kept nothing yet."""
    return create_app(Settings(project=small.path, releases=small.path.parent), small).test_client()


@pytest.fixture(scope="module")
def forgetful(small: Release) -> FlaskClient:
    """Asks a service that keeps nothing."""
    settings = Settings(project=small.path, releases=small.path.parent, cache_bytes=0)
    return create_app(settings, small).test_client()


def counted(client: FlaskClient) -> tuple[int, int]:
    """Answers from what was kept, and those made anew."""
    lines = dict(line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if line[0] != "#")
    return int(float(lines[HITS])), int(float(lines[MISSES]))


@pytest.mark.parametrize("path", [PAGE, DATA, f"{DATA}.csv", "/editions?country=PRT", "/ontology"])
def test_kept_answer_is_the_fresh_one(client: FlaskClient, path: str) -> None:
    for headers in ([], [GZIPPED]):
        first, second = (client.get(path, headers=headers) for _ in range(2))
        assert (second.status_code, second.data) == (200, first.data)
        assert list(second.headers) == list(first.headers)
    assert counted(client) == (2, 2)


def test_head_is_answered_from_what_get_has_left(client: FlaskClient) -> None:
    fresh_head, got, kept_head = client.head(PAGE), client.get(PAGE), client.head(PAGE)
    assert dict(kept_head.headers) == dict(fresh_head.headers) == dict(got.headers)
    assert (kept_head.data, counted(client)) == (b"", (1, 1))


@pytest.mark.parametrize("path", [PAGE, DATA, "/people.json"])
@pytest.mark.parametrize("coding", [[], [GZIPPED]])
def test_kept_304_is_the_fresh_one(
    client: FlaskClient, forgetful: FlaskClient, path: str, coding: list[tuple[str, str]]
) -> None:
    tag = client.get(path, headers=coding).headers["ETag"]
    asked = [*coding, ("If-None-Match", f'"another", {tag}')]
    kept, fresh = client.get(path, headers=asked), forgetful.get(path, headers=asked)
    assert (kept.status_code, fresh.status_code, kept.data) == (304, 304, b"")
    assert sorted(kept.headers) == sorted(fresh.headers)
    assert counted(client) == (1, 1)


def test_formats_hosts_and_codings_have_answers_of_their_own(client: FlaskClient) -> None:
    asked = [
        client.get(DATA, headers=[("Accept", accept), ("Host", host), ("Accept-Encoding", coding)])
        for accept in ("text/turtle", "application/ld+json")
        for host in ("one.example", "two.example")
        for coding in ("gzip", "identity")
    ]
    assert len({reply.headers["ETag"] for reply in asked}) == 4
    assert counted(client) == (0, 8)
    assert "one.example" in client.get(PAGE, headers={"Host": "one.example"}).text
    assert "one.example" not in client.get(PAGE, headers={"Host": "two.example"}).text


def test_one_content_is_kept_once_however_it_is_asked_for(client: FlaskClient) -> None:
    for number in range(4):
        client.get(PAGE, headers={"Accept": f"text/html, text/x{number}"})
    figures = client.get("/metrics").text.splitlines()
    held = next(line for line in figures if line.startswith("clustergraph_cache_bytes "))
    assert 0 < float(held.split()[1]) < 2 * len(client.get(PAGE).data)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/page/person/nobody", "/health", "/metrics", "/dumps/latest/SHA256SUMS"]
)
def test_errors_figures_and_files_are_not_kept(client: FlaskClient, path: str) -> None:
    for _ in range(2):
        client.get(path, buffered=True)
    assert counted(client) == (0, 0)


def test_what_asks_for_a_part_or_for_any_answer_at_all_is_left_to_the_framework(client: FlaskClient) -> None:
    client.get(PAGE)
    for name, value in (("If-None-Match", "*"), ("Range", "bytes=0-9"), ("If-Match", '"x"')):
        client.get(PAGE, headers={name: value})
    assert counted(client)[0] == 0


def test_style_sheet_is_kept_with_its_coding(client: FlaskClient) -> None:
    replies = [client.get("/static/style.css", headers=[GZIPPED], buffered=True) for _ in range(2)]
    assert replies[0].data == replies[1].data
    assert counted(client) == (1, 1)


def test_nothing_is_kept_where_there_is_no_room(forgetful: FlaskClient) -> None:
    assert [forgetful.get(PAGE).status_code for _ in range(2)] == [200, 200]
    assert counted(forgetful)[0] == 0
