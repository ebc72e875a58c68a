"""What every page of a thing has: its query behind each panel, its data, its sources, its address, its statements."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode
from test_metadata import SHOWN as PAGES
from test_signposts import links, targets

from clustergraph.entities.schemaorg import SCHEMA, TYPES
from clustergraph.formats import DOCUMENT_FORMATS, GRAPH_FORMATS
from clustergraph.iris import candidates
from clustergraph.store import Graph
from clustergraph.web.pages import NAMES


def test_a_page_of_each_kind_is_among_these() -> None:
    assert {path.split("/")[2] for path in PAGES} == NAMES.keys() == TYPES.keys()


@pytest.mark.parametrize("path", PAGES)
def test_query_behind_each_panel_gives_rows(client: FlaskClient, path: str) -> None:
    html = client.get(path).text
    panels = re.findall(r'<p class="queries"><a href="([^"]*)">Query</a> · <a href="([^"]*)">Run it</a>', html)
    unasked = ("sources", "record", "validation", "data")
    assert len(panels) == html.count('<section class="panel"') - sum(html.count(f'id="{one}"') for one in unasked)
    for text, run in panels:
        assert client.get(unescape(text)).status_code == 200, text
        answer = client.get(unescape(run), headers={"Accept": "application/sparql-results+json"})
        assert answer.status_code == 200, answer.text
        assert answer.json is not None
        assert answer.json["results"]["bindings"], f"{path}: {text} gives no row"


@pytest.mark.parametrize("path", PAGES)
def test_data_sources_licence_address_and_citation_stand_on_the_page(client: FlaskClient, path: str) -> None:
    kind, slug = path.split("/")[2:]
    html = client.get(path).text
    body, foot = unescape(html).split('id="data"')
    for fmt in DOCUMENT_FORMATS:
        assert f'href="/data/{kind}/{slug}.{fmt.name}" type="{fmt.media_type}"' in foot
        answer = client.get(f"/data/{kind}/{slug}.{fmt.name}")
        assert (answer.status_code, answer.mimetype) == (200, fmt.media_type)
    iri = re.findall(r'<code class="copy">([^<]*)</code>', foot)[0]
    assert iri in candidates(kind, slug)
    assert f"CC BY 4.0. {iri}</bdi>" in foot
    assert 'rel="license external" href="https://creativecommons.org/licenses/by/4.0/"' in foot
    assert ('<section class="panel" id="sources"' in body) == ('class="marks"' in body)


@pytest.mark.parametrize("path", PAGES)
def test_head_names_the_page_its_data_and_what_it_is(client: FlaskClient, path: str) -> None:
    kind, slug = path.split("/")[2:]
    head = unescape(client.get(path).text.split("</head>")[0])
    assert re.findall('<link rel="canonical" href="([^"]*)">', head) == [f"http://localhost{path}"]
    alternates = dict(re.findall('<link rel="alternate" type="([^"]*)"[^>]* href="([^"]*)">', head))
    expected = {fmt.media_type: f"/data/{kind}/{slug}.{fmt.name}" for fmt in DOCUMENT_FORMATS}
    assert expected.items() <= alternates.items()
    graph = dict(re.findall('<meta property="og:([a-z_]*)" content="([^"]*)">', head))
    assert graph.keys() == {"title", "type", "url", "site_name", "description"}
    assert graph["url"] == f"http://localhost{path}"
    assert all(graph.values())


@pytest.mark.parametrize("path", PAGES)
def test_signposts_lead_to_one_address_graphs_classes_and_licence(client: FlaskClient, path: str) -> None:
    kind, slug = path.split("/")[2:]
    found = links(client, path)
    assert targets(found, "cite-as")[0] in candidates(kind, slug)
    assert len(targets(found, "cite-as")) == 1
    described = {target: each["type"] for target, each in found if each["rel"] == "describedby"}
    assert described == {f"/data/{kind}/{slug}.{fmt.name}": fmt.media_type for fmt in GRAPH_FORMATS}
    assert targets(found, "type") == [SCHEMA + "AboutPage", SCHEMA + TYPES[kind]]
    assert targets(found, "license") == ["https://creativecommons.org/licenses/by/4.0/"]


@pytest.mark.parametrize("path", PAGES)
def test_statements_are_of_the_thing_and_of_the_way_to_it(client: FlaskClient, path: str) -> None:
    kind = path.split("/")[2]
    html = client.get(path).text
    thing, way = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (thing["@type"], thing["@id"]) == (TYPES[kind], re.findall('class="copy">([^<]*)</code>', html)[0])
    assert way["@type"] == "BreadcrumbList"
    first, last = way["itemListElement"]
    assert (first["position"], first["item"]) == (1, f"http://localhost{NAMES[kind][1]}")
    assert (last["position"], last["item"], last["name"]) == (2, f"http://localhost{path}", thing["name"])
    assert client.get(NAMES[kind][1]).status_code == 200


def test_levels_of_evidence_stand_apart_on_the_pages_of_those_who_have_most_of_them(
    client: FlaskClient, graph: Graph
) -> None:
    rows = graph.select(
        "PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX cv: <http://data.europa.eu/m8g/> "
        "SELECT ?agent (GROUP_CONCAT(DISTINCT STR(?evidence)) AS ?levels) "
        "WHERE { ?part cv:hasParticipant ?agent ; cg:evidence ?evidence } "
        "GROUP BY ?agent HAVING (COUNT(DISTINCT ?evidence) > 1) ORDER BY DESC(COUNT(DISTINCT ?evidence)) ?agent"
    )
    assert len(rows) > 3
    for row in rows[:5]:
        assert isinstance(row["agent"], NamedNode)
        html = client.get(row["agent"].value.replace("https://w3id.org/clustergraph/id", "/page")).text
        appearances = html.split('id="appearances"')[1].split("</section>")[0]
        for level in row["levels"].value.split():
            assert f'href="/vocabulary/evidence/{level.rpartition("/")[2]}"' in appearances, row["agent"]
