"""The vocabularies: every term dereferences, for people and for programs."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from formatted import graph_in_every_format
from pyoxigraph import NamedNode

from clustergraph import iris
from clustergraph.store import Graph

PATHS = ("/vocabulary/role", "/vocabulary/role/speaker", "/vocabulary/topic")


@pytest.mark.parametrize("path", PATHS)
def test_term_is_a_page_for_people_and_the_same_graph_in_every_format(client: FlaskClient, path: str) -> None:
    graph = graph_in_every_format(client, path)
    assert NamedNode(iris.ROOT + path[1:]) in {triple.subject for triple in graph}


def test_every_term_of_a_vocabulary_dereferences(client: FlaskClient, graph: Graph) -> None:
    rows = graph.select(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT DISTINCT ?term WHERE { ?term skos:inScheme ?any }"
    )
    ours = [row["term"].value for row in rows if row["term"].value.startswith(iris.VOCABULARY)]
    assert len(ours) > 100
    for iri in ours:
        status = client.head(iri.removeprefix(iris.ROOT[:-1]), headers={"Accept": "text/turtle"}).status_code
        assert status in (200, 303), iri


def test_topic_leads_to_its_page_and_its_data(client: FlaskClient) -> None:
    page = client.get("/vocabulary/ecosystem/digital", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/page/topic/digital")
    data = client.get("/vocabulary/ecosystem/digital", headers={"Accept": "text/turtle"})
    assert (data.status_code, data.headers["Location"]) == (303, "/data/topic/digital.ttl")


def test_term_page_shows_definition_and_where_it_is_used(client: FlaskClient) -> None:
    html = client.get("/vocabulary/role/moderator", headers={"Accept": "text/html"}).text
    assert "Definition" in html
    assert "/page/edition/2025-07-01-cluj-napoca" in html


@pytest.mark.parametrize("path", ["/vocabulary/nonsense", "/vocabulary/role/nonsense", "/vocabulary/role.docx"])
def test_unknown_term_or_format_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
