"""Names and addresses that mean harm are shown, and do none."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from serving import LONG, MARKUP, REVERSED

from clustergraph.formats import DOCUMENT_FORMATS

PAGES = (
    "/page/organisation/hostile", "/organisations", "/page/topic/ceramics",
    "/vocabulary/organisation-kind/other", "/organisations?q=script", "/search?q=script+alert",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_markup_in_a_name_stays_text(hostile_client: FlaskClient, path: str) -> None:
    html = hostile_client.get(path, headers={"Accept": "text/html"}).text
    assert ("&lt;script&gt;alert(1)" in html) == (path != "/page/topic/ceramics")
    ours = r'<script (type="application/ld\+json"|src="/static/search\.js\?v=[0-9a-f]+" defer)>'
    assert [script for script in re.findall("<script[^>]*>", html) if not re.fullmatch(ours, script)] == []
    assert "<img" not in html


def test_block_of_data_holds_a_hostile_name_and_does_not_end_at_it(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    thing = json.loads(block)[0]
    assert thing["name"] == MARKUP
    assert {LONG, REVERSED} <= set(thing["alternateName"])
    assert "url" not in thing
    assert "sameAs" not in thing


def test_only_web_addresses_become_links(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    assert "javascript:alert(1)" in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html


def test_long_name_and_reversed_name_are_shown_apart_from_what_surrounds_them(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    assert f"<bdi>{LONG}</bdi>" in html
    assert f"<bdi>{REVERSED}</bdi>" in html


@pytest.mark.parametrize("fmt", DOCUMENT_FORMATS, ids=lambda fmt: fmt.name)
def test_data_of_a_hostile_thing_carry_its_name_unchanged(hostile_client: FlaskClient, fmt: object) -> None:
    response = hostile_client.get(f"/data/organisation/hostile.{getattr(fmt, 'name', '')}")
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_hostile_text_in_an_address_stays_text(hostile_client: FlaskClient) -> None:
    for place in ("/page/person/", "/people?q=", "/vocabulary/", "/", "/id/a/", "/sparql?query="):
        path = f"{place}<script>"
        html = hostile_client.get(path, headers={"Accept": "text/html"}).text
        assert "<script>" not in html


def test_data_without_queries_processes_still_answers_its_health(hostile_client: FlaskClient) -> None:
    health = hostile_client.get("/health").json
    assert health is not None
    assert health["query_network_blocked"] is None
    assert MARKUP not in str(health)
