from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from serving import LAST

from clustergraph import iris
from clustergraph.releases import Release

VAASA = "/changes/edition/2025-09-24-vaasa"


def test_a_thing_shows_what_changed_of_it_from_release_to_release(two_client: FlaskClient) -> None:
    text = two_client.get(VAASA).text
    assert "Changes to <bdi>Clusters Meet Regions, Vaasa</bdi>" in text
    assert "Changed in the release of" in text
    assert f'href="/page/edition/{LAST}"' in text
    assert "1 statement added, 0 removed" in text


def test_the_same_as_json(two_client: FlaskClient, release: Release, older_release: Release) -> None:
    found = two_client.get(VAASA + ".json").json
    assert found
    assert found["iri"] == iris.thing("edition", "2025-09-24-vaasa")
    assert [(step["older"], step["newer"], step["state"], step["added"]) for step in found["steps"]] == [
        (older_release.id, release.id, "changed", 1)
    ]
    facts = two_client.get(found["steps"][0]["facts"]).json
    assert facts
    assert len(facts["things"]) == 1


def test_a_thing_that_is_gone_keeps_its_history(two_client: FlaskClient, older_release: Release) -> None:
    assert "Added in the release of" in two_client.get(f"/changes/edition/{LAST}").text


def test_what_did_not_change_and_what_cannot_have_is_said_plainly(
    two_client: FlaskClient, client: FlaskClient
) -> None:
    assert "Nothing changed since" in two_client.get("/changes/region/RO11").text
    assert "Only one release is kept here" in client.get("/changes/region/RO11").text


@pytest.mark.parametrize("path", ["/changes/person/nobody", "/changes/participation/x", "/changes/region/RO11%20%3C"])
def test_there_is_no_history_of_what_is_not(two_client: FlaskClient, path: str) -> None:
    assert two_client.get(path).status_code == 404


def test_formats_are_negotiated(two_client: FlaskClient) -> None:
    answer = two_client.get(VAASA, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Location"] == VAASA + ".json"
    assert "Accept" in answer.headers["Vary"]
    assert two_client.get(VAASA, headers={"Accept": "image/png"}).status_code == 406


def test_the_front_page_says_what_is_new_and_where_nothing_is_kept_to_compare(
    two_client: FlaskClient, client: FlaskClient, release: Release, older_release: Release
) -> None:
    text = two_client.get("/").text
    assert f'href="/releases/{older_release.id}...{release.id}"' in text
    assert "statements added, 2 removed" in text
    assert "Novemberfest (conference evening)" in text
    assert "No earlier release is kept here" in client.get("/").text
    assert two_client.get("/").headers["ETag"] != client.get("/").headers["ETag"]
