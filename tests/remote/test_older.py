"""Beside a remote engine, which holds one release, another one is answered from its folder by the embedded engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from engines import Remote, oxigraph
from project import Project

from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.remote.graphstore import GraphStore
from clustergraph.remote.publishing import Publisher
from clustergraph.web.app import create_app

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Remote]:
    (tmp_path / "engine").mkdir()
    with oxigraph(tmp_path / "engine") as running:
        yield running


def test_an_older_release_is_answered_beside_a_remote_engine(
    two: tuple[Project, Release, Release], remote: Remote
) -> None:
    project, older, newer = two
    settings = remote.settings(project.releases)
    Publisher(newer.id, newer.open(), opening.endpoint(settings), GraphStore(settings)).publish()
    app = create_app(settings, newer, opening.open_forwarder(settings, newer))
    client = app.test_client()
    for asked, shown, told in (
        ("", newer, "New Kiln"),
        (f"&release={older.id}", older, "Old Kiln"),
        (f"&release={newer.id}", newer, "New Kiln"),
    ):
        answer = client.get(f"/sparql?query={quote(COUNT)}&format=json{asked}")
        assert answer.status_code == 200, answer.text
        if shown is older:  # the engine holds the union of all graphs as one more
            assert json.loads(answer.data)["results"]["bindings"][0]["n"]["value"] == str(older.about.triples)
        assert told in client.get(f"/data/edition/2031-05-06-aveiro.ttl?{asked[1:]}").text
        assert json.loads(client.get(f"/health?{asked[1:]}").data)["release"] == shown.id
