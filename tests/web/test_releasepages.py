from __future__ import annotations

import json
import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from clustergraph import iris
from clustergraph.dcat import distributions
from clustergraph.iris import CATALOGUE_PREFIXES, PREFIXES
from clustergraph.releases import Release

HTML = {"Accept": "text/html"}
DCAT = (CATALOGUE_PREFIXES | PREFIXES)["dcat"]


def test_the_list_has_both_the_newest_first_and_says_what_came(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    found = json.loads(two_client.get("/releases.json").data)
    assert [(each["id"], each["current"]) for each in found] == [(release.id, True), (older_release.id, False)]
    more = release.about.triples - older_release.about.triples
    assert f"+{more:,} statements" in found[0]["changed"]
    assert found[1]["changed"] == "the first that is kept"
    told = dict(each.split(" ") for each in found[0]["changed"].split(", ")[1:])
    assert told["edition"] == "+1"
    assert sum(map(int, told.values())) == described(release) - described(older_release)
    page = two_client.get("/releases", headers={"Accept": "text/html"}).text
    assert f'<a href="/releases/{older_release.id}...{release.id}">' in page


def described(release: Release) -> int:
    """How many things a release describes, each once."""
    lines = (release.dumps / "clustergraph.nq").read_bytes().splitlines()
    return len({line.partition(b" ")[0] for line in lines})


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


def test_classes_are_called_what_people_call_them_and_lead_to_the_ontology(
    two_client: FlaskClient, older_release: Release
) -> None:
    page = two_client.get(f"/releases/{older_release.id}", headers=HTML).text
    assert '<a href="/ontology/Edition">edition</a> <code class="quiet">cg:Edition</code>' in page
    described = set(re.findall(r'href="(/ontology/[^"]*)"', page))
    assert len(described) > 20
    assert [path for path in described if two_client.get(unescape(path)).status_code != 200] == []


def test_the_counts_of_classes_can_be_asked_again(two_app: Flask, older_release: Release) -> None:
    client = two_app.test_client()
    page = client.get(f"/releases/{older_release.id}", headers=HTML).text
    assert '<a href="/queries/release/counts.rq">Query</a>' in page
    asked = unescape(re.findall(r'<a href="(/sparql[^"]*)">Run it</a>', page)[0])
    rows = client.get(asked, headers={"Accept": "text/csv"}).text.splitlines()[1:]
    assert sorted(int(row.rpartition(",")[2]) for row in rows) == sorted(older_release.about.counts.values())


def test_a_release_is_described_for_data_portals(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    path = f"/releases/{release.id}"
    for address, accept in ((f"{path}.ttl", "*/*"), (path, "text/turtle")):
        answer = two_client.get(address, headers={"Accept": accept})
        assert answer.content_type == "text/turtle; charset=utf-8"
    triples = {quad.triple for quad in parse(answer.data, RdfFormat.TURTLE)}
    node = NamedNode(iris.release(release.id))
    said = {(triple.predicate.value, triple.object) for triple in triples if triple.subject == node}
    assert (DCAT + "version", Literal(release.id)) in said
    assert (DCAT + "prev", NamedNode(iris.release(older_release.id))) in said
    files = {found for name, found in said if name == DCAT + "distribution"}
    assert len(files) == len(distributions.files(release))
    urls = {t.object.value for t in triples if t.subject in files and t.predicate.value == DCAT + "downloadURL"}
    assert len(urls) == len(files)
    assert all(url.startswith(f"http://localhost/dumps/{release.id}/") for url in urls)
    assert not any(triple.subject == NamedNode(iris.release(older_release.id)) for triple in triples)
    page = two_client.get(path, headers=HTML).text
    assert f'href="{path}.jsonld"' in page
    assert two_client.get(f"{path}.jsonld").content_type == "application/ld+json"
