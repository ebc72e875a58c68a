"""Headers on every answer, OPTIONS, and methods that are not allowed."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

ADDRESSES = ("/", "/page/person/emil-boc", "/data/person/emil-boc.ttl", "/id/person/emil-boc", "/people", "/nowhere")


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_may_be_read_from_other_sites_and_loads_nothing_of_theirs(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [path for path in ADDRESSES if path != "/nowhere"])
def test_options_is_204_with_what_is_allowed(client: FlaskClient, path: str) -> None:
    response = client.options(path)
    assert response.status_code == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    assert response.headers["Access-Control-Allow-Methods"] == response.headers["Allow"]
    assert response.data == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_with_what_is_allowed(client: FlaskClient, method: str) -> None:
    response = client.open("/page/person/emil-boc", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/page/person/emil-boc", "/people?q=kramer", "/ontology", "/about"])
def test_page_the_client_holds_is_304(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers={"Accept": "text/html"})
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get(path, headers={"Accept": "text/html", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_no_page_holds_inline_script_or_style(client: FlaskClient) -> None:
    for path in ("/", "/page/edition/2025-07-01-cluj-napoca", "/people", "/ontology", "/sparql", "/nowhere"):
        html = client.get(path, headers={"Accept": "text/html"}).text
        assert set(re.findall("<script(?! src=)[^>]*>", html)) <= {'<script type="application/ld+json">'}
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick=" not in html
