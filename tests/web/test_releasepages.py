from __future__ import annotations

import json

from flask.testing import FlaskClient

from clustergraph.releases import Release


def test_the_list_has_both_the_newest_first_and_says_what_came(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    found = json.loads(two_client.get("/releases.json").data)
    assert [(each["id"], each["current"]) for each in found] == [(release.id, True), (older_release.id, False)]
    more = release.about.triples - older_release.about.triples
    assert f"+{more:,} statements" in found[0]["changed"]
    assert found[1]["changed"] == "the first that is kept"
    page = two_client.get("/releases", headers={"Accept": "text/html"}).text
    assert f'<a href="/releases/{older_release.id}...{release.id}">' in page


def test_a_release_says_its_hash_validation_files_and_citation(
    two_client: FlaskClient, older_release: Release
) -> None:
    found = json.loads(two_client.get(f"/releases/{older_release.id}.json").data)
    assert found["hash"] == older_release.about.hash
    assert found["validation"]["conforms"] is True
    whole = next(file for file in found["files"] if file["address"].endswith("/clustergraph.nq"))
    assert whole["sha256"] == older_release.about.hash
    page = two_client.get(f"/releases/{older_release.id}", headers={"Accept": "text/html"}).text
    assert older_release.about.hash in page
    assert "clustergraph. (2023)." in page


def test_bibtex_names_the_release_and_its_permanent_address(two_client: FlaskClient, older_release: Release) -> None:
    answer = two_client.get(f"/releases/{older_release.id}.bib")
    assert answer.content_type == "application/x-bibtex; charset=utf-8"
    assert answer.text.startswith(f"@misc{{clustergraph-{older_release.id},")
    assert f"url = {{https://w3id.org/clustergraph/releases/{older_release.id}}}" in answer.text
    assert answer.text.count("{") == answer.text.count("}")


def test_no_release_no_page(two_client: FlaskClient) -> None:
    for name in ("0123456789abcdef", "nothing", "current", "%2e%2e"):
        answer = two_client.get(f"/releases/{name}")
        assert answer.status_code == 404
    assert "/tmp" not in two_client.get("/releases/0123456789abcdef").text
