"""The front page: where and when every edition was, how many came, and who took part most often."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.entities.catalogue.home import HOME
from clustergraph.iris import SERIES, page_path, slugify
from clustergraph.store import Graph

PREFIXES = (
    "PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX cv: <http://data.europa.eu/m8g/> "
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX evidence: <https://w3id.org/clustergraph/vocabulary/evidence/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
NAMED_ONLY = (
    "SELECT DISTINCT ?label WHERE { ?agent a foaf:Person ; rdfs:label ?label "
    "FILTER NOT EXISTS { ?part cv:hasParticipant ?agent ; cg:evidence evidence:took-part } }"
)


@pytest.fixture(scope="module")
def html(client: FlaskClient) -> str:
    return client.get("/").text


def panel(html: str, heading: str) -> str:
    return html.split(f'<section class="panel" id="{slugify(heading)}"')[1].partition("</section>")[0]


def test_every_edition_is_on_the_map_and_on_the_timeline(html: str, graph: Graph) -> None:
    rows = graph.select(PREFIXES + "SELECT ?edition ?label WHERE { ?edition a cg:Edition ; rdfs:label ?label }")
    assert len(rows) == 27
    shown = unescape(panel(html, "Where the editions were"))
    line = panel(html, "When the editions were")
    for row in rows:
        assert row["label"].value in shown
        assert f'href="{page_path(row["edition"].value)}"' in line


def test_drawings_have_titles_and_say_where_the_same_stands_in_words(html: str) -> None:
    for heading in ("Where the editions were", "When the editions were", "Participants", "Bilateral meetings"):
        drawing = panel(html, heading)
        links = re.findall(r"<svg viewBox.*?</svg>", drawing, re.DOTALL)[-1]
        assert links.count("<a ") == links.count("<title>"), heading
        assert "<table" in drawing or "says the same" in drawing


def test_figures_stand_in_the_chart_as_their_sources_word_them(html: str) -> None:
    chart = panel(html, "Participants")
    assert "<title>Cluj-Napoca 2025: over 300</title>" in chart
    assert "<title>Iași 2023: exactly 250</title>" in chart
    assert "<title>Iași 2023: exactly 205</title>" in chart
    assert "<title>Regensburg 2025: about 200, announced, expected</title>" in chart
    assert "no figure stated" in chart


def test_range_joins_figures_that_differ_and_only_those(html: str) -> None:
    assert panel(html, "Participants").count('class="range') == 3
    assert panel(html, "Bilateral meetings").count('class="range') == 0


def test_rankings_count_presence_only(html: str, graph: Graph) -> None:
    ranking = panel(html, "People who took part most often")
    assert "Jan-Philipp Kramer" in ranking
    for row in graph.select(PREFIXES + NAMED_ONLY):
        assert row["label"].value not in ranking


def test_each_panel_shows_its_query(html: str) -> None:
    for one in HOME:
        assert f'href="/queries/{one.query}.rq?' in panel(html, one.heading)


def test_each_query_gives_the_same_rows_to_anyone_who_runs_its_text(graph: Graph) -> None:
    for one in HOME:
        query, bindings = queries.load(one.query), {"entity": NamedNode(SERIES), **one.bindings}
        shown = [str(row) for row in graph.select(query.text, bindings)]
        assert shown
        assert shown == [str(row) for row in graph.select(query.with_values(bindings))], one.query
