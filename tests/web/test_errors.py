"""Errors: a page for people, problem details for programs, plain text for the rest, and never a traceback."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (BROWSER, "text/html; charset=utf-8"),
        ("application/problem+json", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("text/turtle", "text/plain; charset=utf-8"),
        ("", "text/plain; charset=utf-8"),
    ],
)
def test_error_is_told_in_what_the_client_reads(client: FlaskClient, accept: str, kind: str) -> None:
    response = client.get("/page/person/nobody", headers={"Accept": accept} if accept else {})
    assert response.status_code == 404
    assert response.content_type == kind
    assert "nobody" in response.text


def test_problem_details_name_status_and_cause(client: FlaskClient) -> None:
    problem = client.get("/page/person/nobody", headers={"Accept": "application/json"}).json
    assert problem is not None
    assert problem["status"] == 404
    assert problem["title"] == "Not Found"
    assert problem["instance"] == "/page/person/nobody"


def test_page_that_is_not_there_leads_on(client: FlaskClient) -> None:
    html = client.get("/nowhere", headers={"Accept": BROWSER}).text
    assert '<a href="/editions">' in html


@pytest.mark.parametrize("path", ["/people?page=0", "/people?page=99999", "/people?page=x", "/people?page=-1"])
def test_page_number_out_of_bounds_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/people?q=" + "x" * 201, "/queries/edition/facts.rq?entity=not+an+iri"])
def test_what_cannot_be_used_is_400(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_unexpected_error_is_500_without_its_traceback(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: object) -> str:
        raise RuntimeError("secret detail")

    monkeypatch.setitem(app.view_functions, "guides.show", fail)
    response = client.get("/about", headers={"Accept": BROWSER})
    assert response.status_code == 500
    assert "secret detail" not in response.text
    assert "Traceback" not in response.text
    assert "secret detail" in caplog.text
