from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from serving import LAST

from clustergraph import iris
from clustergraph.releases import Release

COUNT = "PREFIX cg: <https://w3id.org/clustergraph/ontology#> SELECT (COUNT(?e) AS ?n) { ?e a cg:Edition }"
EDITION = f"/page/edition/{LAST}"
VAASA = "/page/edition/2025-09-24-vaasa"


@pytest.fixture(scope="module")
def two(two_app: Flask) -> FlaskClient:
    return two_app.test_client()


def editions(client: FlaskClient, release: str) -> int:
    """How many editions a release has, by its endpoint."""
    asked = f"/sparql?query={quote(COUNT)}&format=json" + (f"&release={release}" if release else "")
    return int(json.loads(client.get(asked).data)["results"]["bindings"][0]["n"]["value"])


# --- Each release gives its own answer ----------------------------------------------------------------------


def test_a_page_list_search_term_and_dump_is_that_of_the_release_named(
    two: FlaskClient, release: Release, older_release: Release
) -> None:
    for shown, whole in ((release, True), (older_release, False)):
        asked = f"?release={shown.id}"
        found = json.loads(two.get(f"/editions.json{asked}").data)
        assert (iris.thing("edition", LAST) in {item["iri"] for item in found["items"]}) is whole
        turtle = two.get(f"/data/edition/{LAST}.ttl{asked}")
        assert (b"Cross-Innovation" in turtle.data) is whole
        hits = json.loads(two.get(f"/search.json{asked}&q=cross-innovation regensburg").data)
        assert any(group["kind"] == "edition" for group in hits["groups"]) is whole
        assert two.get(f"/ontology.ttl{asked}").status_code == 200
        for path in (f"/dumps/latest/clustergraph.nq{asked}", f"/dumps/{shown.id}/clustergraph.nq"):
            with two.get(path) as dump:
                assert dump.data == (shown.dumps / "clustergraph.nq").read_bytes()
        assert json.loads(two.get(f"/health{asked}").data)["release"] == shown.id


def test_without_a_name_the_current_release_answers(two: FlaskClient, release: Release) -> None:
    assert json.loads(two.get("/health").data)["release"] == release.id
    answer = two.get(EDITION)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert b"latest-version" not in answer.data


def test_queries_are_answered_by_the_release_named(
    two: FlaskClient, release: Release, older_release: Release
) -> None:
    all_of_them = editions(two, "")
    assert editions(two, release.id) == all_of_them
    # Recorded or known by mention: the record of Vaasa names what came next, so the edition stays, without a record.
    older = two.post(
        f"/sparql?release={older_release.id}",
        data={"query": "ASK { ?s ?p 'Cross-Innovation' . }"},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert older.status_code == 200
    triples = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    for shown in (release, older_release):
        answer = two.get(f"/sparql?query={quote(triples)}&format=json&release={shown.id}")
        counted = int(json.loads(answer.data)["results"]["bindings"][0]["n"]["value"])
        assert counted == shown.about.triples


def test_answers_stay_apart_under_concurrent_requests(
    two_app: Flask, release: Release, older_release: Release
) -> None:
    query = quote("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")

    def ask(number: int) -> bool:
        shown = (release, older_release)[number % 2]
        client = two_app.test_client()
        address = (
            f"/sparql?query={query}&format=csv&release={shown.id}",
            f"/health?release={shown.id}",
            f"/editions.json?release={shown.id}",
        )[number // 2 % 3]
        data = client.get(address, environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"}).data
        told = (str(shown.about.triples).encode(), shown.id.encode(), LAST.encode())[number // 2 % 3]
        return (told in data) is (shown is release or number // 2 % 3 != 2)

    with ThreadPoolExecutor(8) as many:
        assert all(many.map(ask, range(60)))


# --- What a named release says of itself --------------------------------------------------------------------


def test_answers_of_a_named_release_never_change_and_have_tags_of_their_own(
    two: FlaskClient, release: Release, older_release: Release
) -> None:
    answers = [two.get(f"{VAASA}{asked}") for asked in ("", f"?release={older_release.id}")]
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
    assert answers[1].headers["Cache-Control"] == "public, max-age=31536000, immutable"
    query = f"/sparql?query={quote(COUNT)}&release={release.id}"
    assert two.get(query).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    held = two.get(f"{VAASA}?release={older_release.id}", headers={"If-None-Match": answers[1].headers["ETag"]})
    assert held.status_code == 304


def test_what_depends_on_the_releases_kept_beside_may_change(two: FlaskClient, older_release: Release) -> None:
    for path in ("/", "/catalogue.ttl"):
        answer = two.get(f"{path}?release={older_release.id}")
        assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_a_page_names_its_release_and_leads_to_the_current_one(two: FlaskClient, older_release: Release) -> None:
    answer = two.get(f"{VAASA}?release={older_release.id}")
    assert f'<a href="/releases/{older_release.id}"><code>{older_release.id}</code></a>' in answer.text
    assert "14 November 2023" in answer.text  # when it was made, by its release.json
    assert f'<a rel="latest-version" href="{VAASA}">' in answer.text
    assert f'<link rel="canonical" href="http://localhost{VAASA}">' in answer.text
    assert f'<{VAASA}>; rel="latest-version"' in answer.headers.getlist("Link")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path", ["/", VAASA, "/people?edition=2025-09-24-vaasa&sort=editions", "/search?q=O'Neill %26"]
)
def test_every_link_of_a_page_stays_in_its_release(two: FlaskClient, older_release: Release, path: str) -> None:
    mark = "&" if "?" in path else "?"
    text = two.get(f"{path}{mark}release={older_release.id}").text
    links = re.findall(r'<(?:a|link|form)\s[^<>]*?(?:href|action)="(/[^"]*)"[^<>]*>', text)
    assert len(links) > 20
    away = ("/static/", "/releases", "/feeds")
    leaving = {link for link in links if not link.startswith(away) and f"release={older_release.id}" not in link}
    assert leaving <= {"/search", path.partition("?")[0]} | set(re.findall(r'latest-version" href="([^"]*)"', text))
    assert "release=" + older_release.id + "&amp;release=" not in text
    forms = re.findall(
        r'<form[^>]*method="get"[^>]*>(<input type="hidden" name="release" value="[0-9a-f]{16}">)?', text
    )
    assert forms
    assert all(forms)


def test_a_redirect_and_headers_stay_in_the_release(two: FlaskClient, older_release: Release) -> None:
    asked = f"?release={older_release.id}"
    answer = two.get(f"/id/edition/2025-09-24-vaasa{asked}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/data/edition/2025-09-24-vaasa.ttl{asked}"
    linked = two.get(f"{VAASA}{asked}").headers["Link"]
    assert f'</data/edition/2025-09-24-vaasa.ttl{asked}>; rel="describedby"' in linked


def test_the_release_is_no_parameter_of_a_view(two: FlaskClient, older_release: Release) -> None:
    assert two.get(f"/people?release={older_release.id}").status_code == 200
    assert two.get(f"/people?releases={older_release.id}").status_code == 400


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "release=",
        "release=current",
        "release=../x",
        "release=%2e%2e%2f%2e%2e",
        "release=3f9a%00",
        "release=" + "a" * 5000,
        "%72elease=..",
        "release=0123456789abcdef&release=0123456789abcdef",
        "release=0123456789ABCDEF",
        "release=%F0%9F%98%80",
    ],
)
def test_a_name_that_is_none_is_refused_with_a_reason(two: FlaskClient, asked: str) -> None:
    for path in ("/editions", "/sparql", "/dumps/latest/SHA256SUMS", "/nowhere"):
        answer = two.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert "no name of a release" in answer.text or "give it once" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_release_that_is_not_kept_is_404_and_says_where_those_are_listed(two: FlaskClient) -> None:
    for path in ("/editions", "/sparql?query=ASK{}", "/data/edition/2025-09-24-vaasa.ttl"):
        answer = two.get(f"{path}{'&' if '?' in path else '?'}release=0123456789abcdef")
        assert answer.status_code == 404
        assert "/releases lists those that are" in answer.text


def test_a_release_named_in_a_body_is_refused(two: FlaskClient, older_release: Release) -> None:
    answer = two.post("/sparql", data={"query": "ASK {}", "release": older_release.id})
    assert answer.status_code == 400
    assert "in the address" in answer.text


@pytest.mark.parametrize(
    "path", ["/dumps/{}/../release.json", "/dumps/{}/%2e%2e/release.json", "/dumps/{}/..%2f..%2fcurrent/MANIFEST"]
)
def test_nothing_outside_the_dumps_is_read(two: FlaskClient, older_release: Release, path: str) -> None:
    for asked in ("", f"?release={older_release.id}"):
        assert two.get(path.format(older_release.id) + asked).status_code == 404
        assert two.get(path.format("latest") + asked).status_code == 404
