from __future__ import annotations

import csv
import io
import json
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from serving import LAST, ROOT

from clustergraph import iris, patches
from clustergraph.releases import CANONICAL, Release


@pytest.fixture(scope="module")
def path(release: Release, older_release: Release) -> str:
    return f"/releases/{older_release.id}...{release.id}"


def test_the_patch_applied_to_the_older_release_gives_the_newer_by_hash(
    two_client: FlaskClient, path: str, release: Release, older_release: Release
) -> None:
    answer = two_client.get(path + ".rdfp")
    assert answer.content_type == "application/rdf-patch; charset=utf-8"
    patch = patches.read(answer.data.splitlines(keepends=True))
    assert patch.head == {"id": iris.release(release.id), "prev": iris.release(older_release.id)}
    with (older_release.path / CANONICAL).open("rb") as dump:
        assert sha256(b"".join(patches.apply(patch, dump))).hexdigest() == release.about.hash


def test_json_says_of_the_last_edition_and_the_one_before_exactly_what_changed(
    two_client: FlaskClient, path: str
) -> None:
    found = json.loads(two_client.get(path + ".json").data)
    assert found["whole"]
    assert found["removed"] == 2  # the version of the ontology, and its address
    states = {thing["iri"]: thing["state"] for thing in found["things"]}
    assert states[iris.thing("edition", LAST)] == "added"
    assert states[iris.thing("edition", "2025-09-24-vaasa")] == "changed"
    sessions = {iri for iri, state in states.items() if "/session/" in iri and state == "added"}
    record = (ROOT / f"data/editions/{LAST}.ttl").read_text(encoding="utf-8")
    assert sessions == {
        iris.thing("session", line[8:]) for line in record.splitlines() if line.startswith("session:")
    }
    assert sum(len(node["facts"]) for thing in found["things"] for node in thing["nodes"]) == found["added"] + 2


def test_csv_holds_the_same_facts(two_client: FlaskClient, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(two_client.get(path + ".csv").text)))
    found = json.loads(two_client.get(path + ".json").data)
    assert len(rows) == found["added"] + found["removed"]
    assert {row["thing"] for row in rows} == {thing["iri"] for thing in found["things"]}
    hosting = next(row for row in rows if row["node"].endswith("--city-of-regensburg--host"))
    assert hosting["node label"] == "City of Regensburg, host"
    title = next(
        row for row in rows if row["property label"] == "title" and row["node"] == iris.thing("edition", LAST)
    )
    assert title["value"].startswith("Cross-Innovation in Regensburg – Unlocking")


def test_the_page_says_it_in_words_with_sources_and_parts(two_client: FlaskClient, path: str) -> None:
    text = two_client.get(path, headers={"Accept": "text/html"}).text
    assert "Cross-Innovation in Regensburg" in text
    assert "<h3>Participation: City of Regensburg, host" in text
    assert "Europäische Cluster-Konferenz" in text
    assert f'href="{path}.rdfp"' in text


def test_a_part_of_it_is_chosen_by_kind_and_by_thing(two_client: FlaskClient, path: str) -> None:
    sessions = two_client.get(path + ".json?kind=session").json
    assert sessions
    assert {thing["kind"] for thing in sessions["things"]} == {"session"}
    vaasa = iris.thing("edition", "2025-09-24-vaasa")
    one = two_client.get(path + ".json", query_string={"thing": vaasa}).json
    assert one
    assert [thing["iri"] for thing in one["things"]] == [vaasa]
    assert two_client.get(path + "?kind=session").headers["X-Robots-Tag"] == "noindex, nofollow"


def test_what_is_gone_leads_to_the_release_that_has_it(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    back = f"/releases/{release.id}...{older_release.id}"
    text = two_client.get(back, headers={"Accept": "text/html"}).text
    assert f'href="/page/edition/{LAST}"' in text
    assert f'href="/page/edition/2025-09-24-vaasa?release={older_release.id}"' in text


@pytest.mark.parametrize(
    ("ending", "status", "reason"),
    [
        ("?kind=nothing", 404, "nothing of nothing changed"),
        ("?thing=../../etc", 404, "nothing of ../../etc changed"),
        ("?page=99", 404, "there are 1 pages"),
        ("?page=x", 404, "not the number of a page"),
        ("?from=1", 400, "there is no parameter 'from' here"),
        (".ttl", 404, "there are html, json, csv and rdfp"),
        (".rdfp?kind=edition", 400, "there is no parameter 'kind' here"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(
    two_client: FlaskClient, path: str, ending: str, status: int, reason: str
) -> None:
    answer = two_client.get(path + ending)
    assert answer.status_code == status
    assert reason in answer.text


@pytest.mark.parametrize("name", ["current", "0123456789abcdef", "..", "x", "0123456789ABCDEF"])
def test_only_kept_releases_are_compared(two_client: FlaskClient, older_release: Release, name: str) -> None:
    assert two_client.get(f"/releases/{older_release.id}...{name}").status_code == 404
    assert two_client.get(f"/releases/{name}...{older_release.id}").status_code == 404


@pytest.mark.parametrize("ending", ["", ".json", ".rdfp"])
def test_a_client_that_holds_it_is_told_so(two_client: FlaskClient, path: str, ending: str) -> None:
    answer = two_client.get(path + ending)
    again = two_client.get(path + ending, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = two_client.head(path + ending)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type == answer.content_type


def test_the_formats_are_negotiated(two_client: FlaskClient, path: str) -> None:
    for media_type in ("text/html", "application/json", "text/csv", "application/rdf-patch"):
        answer = two_client.get(path, headers={"Accept": media_type})
        assert answer.mimetype == media_type
        assert "Accept" in answer.headers["Vary"]
    assert two_client.get(path, headers={"Accept": "image/png"}).status_code == 406
