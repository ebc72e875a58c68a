"""Every kind of address, asked in every way a client may ask: what HTTP says of Accept, Vary, 304 and HEAD holds."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PERSON = "person/jan-philipp-kramer"
QUERY = quote("SELECT ?s WHERE { ?s a <https://w3id.org/clustergraph/ontology#Edition> } ORDER BY ?s")
GRAPH = quote("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t, <https://w3id.org/clustergraph/ontology#Edition> }")
RDF = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
HTML = "text/html"
TABLES = (HTML, "application/json", "text/csv")
#: Address -> the media types it has, the one of the server's choice first.
NEGOTIATED = {
    f"/id/{PERSON}": (HTML, *RDF, "text/csv"),
    "/id/mention/2025-07-01-cluj-napoca--emil-boc": (HTML, *RDF, "text/csv"),
    f"/data/{PERSON}": (*RDF, "text/csv"),
    "/people": TABLES,
    "/editions?country=ROU": TABLES,
    "/network": TABLES,
    "/countries/matrix": TABLES,
    "/search?q=cluj": (HTML, "application/json"),
    "/vocabulary/role": (HTML, *RDF),
    "/vocabulary/role/speaker": (HTML, *RDF),
    "/vocabulary/ecosystem/digital": (HTML, *RDF),
    "/ontology": (HTML, *RDF),
    "/ontology/Edition": (HTML, *RDF),
    "/shapes": (HTML, *RDF),
    "/validation": (HTML, *RDF, "application/json", "text/csv"),
    "/catalogue": (HTML, *RDF),
    "/void": (HTML, *RDF),
    "/releases": (HTML, "application/json"),
    "/dumps/": (HTML, "application/json"),
    f"/changes/{PERSON}": (HTML, "application/json"),
    "/graph/registry": (*RDF, HTML),
    "/sparql": (*RDF, HTML),
    f"/sparql?query={QUERY}": (*ROWS, HTML),
    f"/sparql?query={GRAPH}": (*RDF, HTML),
    "/sparql/examples": (HTML, *RDF),
    "/between/organisation/european-cluster-collaboration-platform/person/jan-philipp-kramer": TABLES,
}
#: Addresses of one representation, whatever is accepted.
SINGLE = {
    f"/page/{PERSON}": HTML,
    "/": HTML,
    "/about": HTML,
    "/vocabulary/": HTML,
    f"/data/{PERSON}.ttl": "text/turtle",
    "/people.csv": "text/csv",
    "/catalogue.rdf": "application/rdf+xml",
    "/dumps/latest/clustergraph.ttl": "text/turtle",
    "/context.jsonld": "application/ld+json",
    "/robots.txt": "text/plain",
    "/sitemap.xml": "application/xml",
    "/feeds/releases.atom": "application/atom+xml",
}
#: Those that answer themselves, and have an address for each type beside them.
DIRECT = [path for path in NEGOTIATED if not path.startswith(("/id/", "/sparql?", "/vocabulary/ecosystem/"))]
DIRECT.remove("/sparql")
BROKEN = (";;;,,/", '"', "text/turtle;q=abc", "*", "ÿþ", "/" * 3000, "a/b;" * 300, "text/*/x;q=1.0000001")
GZIP = {"Accept-Encoding": "gzip"}


def ask(client: FlaskClient, path: str, accept: str | None = None) -> TestResponse:
    with client.get(path, headers={} if accept is None else {"Accept": accept}) as answer:
        answer.get_data()
    return answer


def varies(answer: TestResponse) -> bool:
    return "accept" in {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}


def chosen(client: FlaskClient, path: str, accept: str | None) -> str:
    """The media type that a wish leads to, over a redirect to it where the address is that of a thing."""
    answer = ask(client, path, accept)
    assert varies(answer), f"{path} {accept}: {answer.headers.get('Vary')}"
    if answer.status_code == 303:
        answer = ask(client, answer.headers["Location"], accept)
    assert answer.status_code == 200, f"{path} {accept}: {answer.status_code}"
    return answer.mimetype


@pytest.mark.parametrize("path", NEGOTIATED)
def test_each_type_can_be_had_and_the_server_decides_between_equals(client: FlaskClient, path: str) -> None:
    types = NEGOTIATED[path]
    assert [chosen(client, path, each) for each in types] == list(types)
    assert {chosen(client, path, wish) for wish in (None, "", "*/*")} == {types[0]}


@pytest.mark.parametrize("path", NEGOTIATED)
def test_the_most_specific_range_counts_for_a_type_and_then_the_highest_wish(client: FlaskClient, path: str) -> None:
    first, second, *_ = NEGOTIATED[path]
    assert chosen(client, path, f"{first};q=0.3, */*;q=0.2, {second};q=0.301") == second
    assert chosen(client, path, f"{second};q=0.1, {first};q=0.2") == first
    assert chosen(client, path, f"{first};q=0, {second}") == second
    assert chosen(client, path, f"{first};q=0, */*") != first
    assert chosen(client, path, f"{second.upper()} ; Charset=utf-8 ; Q=1") == second


@pytest.mark.parametrize("path", [*NEGOTIATED, *SINGLE])
def test_broken_wish_is_answered_or_refused_and_never_an_error(client: FlaskClient, path: str) -> None:
    found = {ask(client, path, accept.encode().decode("latin-1")).status_code for accept in BROKEN}
    assert found <= {200, 303, 406}


@pytest.mark.parametrize("accept", ["image/png", "image/png, text/html;q=0, */*;q=0"])
@pytest.mark.parametrize("path", NEGOTIATED)
def test_nothing_acceptable_is_406_with_a_link_to_each_there_is(client: FlaskClient, path: str, accept: str) -> None:
    answer = ask(client, path, accept)
    assert (answer.status_code, varies(answer)) == (406, True)
    links = re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', answer.headers["Link"])
    assert {kind for _, kind in links} == set(NEGOTIATED[path])
    for address, kind in links:
        assert f"{kind}: {address}" in answer.text
        assert (ask(client, address).status_code, ask(client, address).mimetype) == (200, kind), address


def test_refusal_shows_its_links_to_people_and_programs(client: FlaskClient) -> None:
    problem = ask(client, f"/data/{PERSON}", "application/problem+json").json
    assert problem is not None
    assert {"address": f"/data/{PERSON}.ttl", "type": "text/turtle"} in problem["variants"]
    people = ask(client, f"/data/{PERSON}", "text/html").text
    assert f'<a href="/data/{PERSON}.ttl" type="text/turtle">Turtle</a>' in people


@pytest.mark.parametrize("path", NEGOTIATED)
def test_each_representation_has_its_own_tag_and_its_304_varies_too(client: FlaskClient, path: str) -> None:
    tags = []
    for accept in NEGOTIATED[path]:
        place = ask(client, path, accept)
        target = place.headers["Location"] if place.status_code == 303 else path
        for coding in ({}, GZIP):
            answer = client.get(target, headers={"Accept": accept, **coding})
            if "ETag" not in answer.headers:  # the description of the service, which is made for each
                assert path == "/sparql"
                continue
            again = client.get(target, headers={"Accept": accept, "If-None-Match": answer.headers["ETag"], **coding})
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == answer.headers["ETag"]
            assert varies(again) == varies(answer)
            tags.append((answer.headers["ETag"], target, answer.headers.get("Content-Encoding"), accept))
    of_place = {(target, tag): (coding, accept) for tag, target, coding, accept in reversed(tags)}
    assert all(of_place[target, tag] == (coding, accept) or coding is None for tag, target, coding, accept in tags)
    assert len({tag for tag, *_ in tags}) >= len({accept for *_, accept in tags})


@pytest.mark.parametrize("path", [*NEGOTIATED, *SINGLE])
def test_head_has_the_status_and_headers_of_get_and_no_body(client: FlaskClient, path: str) -> None:
    for accept in (*NEGOTIATED.get(path, (SINGLE.get(path, HTML),)), "*/*"):
        for coding in ({}, GZIP):
            sent = {"Accept": accept, **coding}
            with client.get(path, headers=sent) as got, client.head(path, headers=sent) as head:
                assert (head.status_code, head.data) == (got.status_code, b"")
                assert dict(head.headers) == dict(got.headers), f"{path} {sent}"


@pytest.mark.parametrize("path", SINGLE)
def test_address_of_one_representation_ignores_wishes(client: FlaskClient, path: str) -> None:
    for accept in (None, "*/*", "image/png", "application/n-triples"):
        answer = ask(client, path, accept)
        assert (answer.status_code, answer.mimetype) == (200, SINGLE[path])
        assert not varies(answer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", DIRECT)
def test_direct_answer_says_where_it_is_had_alone(client: FlaskClient, path: str) -> None:
    for accept in NEGOTIATED[path]:
        answer = ask(client, path, accept)
        if answer.status_code == 200:
            alone = ask(client, answer.headers["Content-Location"])
            assert (alone.status_code, alone.data, varies(alone)) == (200, answer.data, False)
