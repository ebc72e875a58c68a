"""``/id/…``: a thing leads with 303 to its page or its data, by what the client accepts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

KRAMER = "/id/person/jan-philipp-kramer"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        (BROWSER, "/page/person/jan-philipp-kramer"),
        ("", "/page/person/jan-philipp-kramer"),
        ("*/*", "/page/person/jan-philipp-kramer"),
        ("text/turtle", "/data/person/jan-philipp-kramer.ttl"),
        ("application/ld+json", "/data/person/jan-philipp-kramer.jsonld"),
        ("application/json", "/data/person/jan-philipp-kramer.jsonld"),
        ("application/n-triples", "/data/person/jan-philipp-kramer.nt"),
        ("application/rdf+xml", "/data/person/jan-philipp-kramer.rdf"),
        ("text/html;q=0.3, text/turtle;q=0.8", "/data/person/jan-philipp-kramer.ttl"),
        ("text/turtle;q=0, */*", "/page/person/jan-philipp-kramer"),
    ],
)
def test_thing_leads_with_303_to_what_the_client_accepts_most(client: FlaskClient, accept: str, target: str) -> None:
    response = client.get(KRAMER, headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["Location"] == target
    assert response.headers["Vary"] == "Accept"


def test_part_leads_to_its_place_with_its_edition(client: FlaskClient) -> None:
    path = "/id/mention/2025-07-01-cluj-napoca--emil-boc"
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.headers["Location"] == "/page/edition/2025-07-01-cluj-napoca/record#mention--emil-boc"
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.headers["Location"] == "/data/edition/2025-07-01-cluj-napoca.ttl"


def test_decision_leads_to_the_thing_it_is_about(client: FlaskClient) -> None:
    response = client.get("/id/decision/placement-2025-09-10-ajdovscina", headers={"Accept": "text/html"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/page/edition/2025-09-10-ajdovscina#editors-decisions"


@pytest.mark.parametrize(
    "path",
    [
        "/id/person/nobody",
        "/id/mention/2025-07-01-cluj-napoca--nobody",
        "/id/nonsense/x",
        "/id/person/%00",
        "/id/x y/z",
    ],
)
def test_unknown_thing_is_not_found_whatever_the_format(client: FlaskClient, path: str) -> None:
    for accept in (BROWSER, "text/turtle", "application/json"):
        assert client.get(path, headers={"Accept": accept}).status_code == 404


def test_nothing_acceptable_is_406_with_what_there_is(client: FlaskClient) -> None:
    response = client.get(KRAMER, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert response.headers["Vary"] == "Accept"
    assert "text/turtle" in response.text


def test_head_answers_as_get_without_a_body(client: FlaskClient) -> None:
    response = client.head(KRAMER, headers={"Accept": "text/turtle"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/data/person/jan-philipp-kramer.ttl"
    assert response.data == b""
