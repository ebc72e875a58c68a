"""Names and addresses that mean harm are shown, and do none."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient
from project import make
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from serving import FORMULA, LONG, MARKUP, REVERSED, ROOT, release_of

from clustergraph import iris
from clustergraph.entities.panels import MOST
from clustergraph.formats import DOCUMENT_FORMATS, GRAPH_FORMATS
from clustergraph.iris import PREFIXES
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

PAGES = (
    "/page/organisation/hostile", "/organisations", "/page/topic/ceramics",
    "/vocabulary/organisation-kind/other", "/organisations?q=script", "/search?q=script+alert",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_markup_in_a_name_stays_text(hostile_client: FlaskClient, path: str) -> None:
    html = hostile_client.get(path, headers={"Accept": "text/html"}).text
    assert ("&lt;script&gt;alert(1)" in html) == (path != "/page/topic/ceramics")
    ours = r'<script (type="application/ld\+json"|src="/static/search\.js\?v=[0-9a-f]+" defer)>'
    assert [script for script in re.findall("<script[^>]*>", html) if not re.fullmatch(ours, script)] == []
    assert "<img" not in html


def test_block_of_data_holds_a_hostile_name_and_does_not_end_at_it(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    thing = json.loads(block)[0]
    assert thing["name"] == MARKUP
    assert {LONG, REVERSED} <= set(thing["alternateName"])
    assert "url" not in thing
    assert "sameAs" not in thing


def test_only_web_addresses_become_links(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    assert "javascript:alert(1)" in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html


def test_long_name_and_reversed_name_are_shown_apart_from_what_surrounds_them(hostile_client: FlaskClient) -> None:
    html = hostile_client.get("/page/organisation/hostile").text
    assert f"<bdi>{LONG}</bdi>" in html
    assert f"<bdi>{REVERSED}</bdi>" in html


@pytest.mark.parametrize("fmt", DOCUMENT_FORMATS, ids=lambda fmt: fmt.name)
def test_data_of_a_hostile_thing_carry_its_name_unchanged(hostile_client: FlaskClient, fmt: object) -> None:
    response = hostile_client.get(f"/data/organisation/hostile.{getattr(fmt, 'name', '')}")
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_hostile_text_in_an_address_stays_text(hostile_client: FlaskClient) -> None:
    for place in ("/page/person/", "/people?q=", "/vocabulary/", "/", "/id/a/", "/sparql?query="):
        path = f"{place}<script>"
        html = hostile_client.get(path, headers={"Accept": "text/html"}).text
        assert "<script>" not in html


def test_data_without_queries_processes_still_answers_its_health(hostile_client: FlaskClient) -> None:
    health = hostile_client.get("/health").json
    assert health is not None
    assert health["query_network_blocked"] is None
    assert MARKUP not in str(health)


#: How many parts, and as many mentions, one organisation has in the data of :func:`crowded`: more than a panel shows.
CROWD = MOST + 100
EDITION = iris.thing("edition", "2031-05-06-aveiro")
#: Kind and slug of the things that all of them lead to.
BUSY = ("organisation/busy", "edition/2031-05-06-aveiro", "source/agenda", "person/ana-reis")


def crowd(number: int) -> list[Triple]:
    """An organisation that took part in one edition very many times, and is mentioned there as often."""
    busy = NamedNode(iris.thing("organisation", "busy"))
    node = {
        "rdf:type": NamedNode(PREFIXES["org"] + "Organization"),
        "org:classification": NamedNode(iris.concept("organisation-kind", "other")),
        "foaf:name": Literal("Busy"),
    }
    found = [*of(busy, node)]
    source, edition = NamedNode(iris.thing("source", "agenda")), NamedNode(EDITION)
    for each in range(number):
        name = f"2031-05-06-aveiro--busy-{each}"
        shared = {"prov:wasDerivedFrom": source, "cg:statedAt": edition, "cg:statedName": Literal(f"{MARKUP} {each}")}
        part = {
            "cv:hasParticipant": busy,
            "cv:role": NamedNode(iris.concept("role", "partner")),
            "cg:inEvent": edition,
        }
        found += of(
            NamedNode(iris.thing("participation", name)),
            {**shared, **part, "rdf:type": NamedNode(iris.CG + "Participation")},
        )
        found += of(
            NamedNode(iris.thing("mention", name)),
            {**shared, "cg:mentions": busy, "rdf:type": NamedNode(iris.CG + "Mention")},
        )
    return found


def of(node: NamedNode, said: dict[str, NamedNode | Literal]) -> list[Triple]:
    terms = {name: name.partition(":") for name in said}
    return [Triple(node, NamedNode(PREFIXES[terms[name][0]] + terms[name][2]), value) for name, value in said.items()]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Asks a service of made-up data in which more than a thousand things lead to one organisation."""
    folder = tmp_path_factory.mktemp("crowded")
    made = release_of(make(folder / "project").path, folder / "releases", crowd(CROWD))
    return create_app(Settings(project=ROOT, releases=folder / "releases"), made).test_client()


@pytest.mark.parametrize("path", BUSY)
def test_page_of_what_very_much_leads_to_is_bounded_and_says_how_much_more_there_is(
    crowded: FlaskClient, path: str
) -> None:
    html = crowded.get(f"/page/{path}").text
    panels = html.split('<section class="panel"')[1:]
    assert max(panel.count("<tr") + panel.count('<ul class="records"') for panel in panels) < 2 * MOST
    assert max(panel.count("<li") for panel in panels) <= 3 * MOST
    if path != "person/ana-reis":
        more = re.findall(r'<p class="quiet">([\d,]+) more are not shown here: <a href="([^"]*)">', html)
        assert f"{CROWD - MOST:,}" in {number for number, _ in more} or path != "organisation/busy"
        assert more
        assert all(address.startswith("/sparql?query=") for _, address in more)
        assert f'<a href="/data/{path}.csv">data as CSV</a>' in html


def test_data_of_what_very_much_leads_to_are_whole_in_every_format(crowded: FlaskClient) -> None:
    graphs = []
    for fmt in GRAPH_FORMATS:
        assert isinstance(fmt.engine, RdfFormat)
        content = crowded.get(f"/data/organisation/busy.{fmt.name}").data
        graphs.append({quad.triple for quad in parse(content, format=fmt.engine)})
    assert all(graph == graphs[0] for graph in graphs)
    busy = NamedNode(iris.thing("organisation", "busy"))
    assert sum(triple.object == busy for triple in graphs[0]) >= 2 * CROWD
    assert crowded.get("/data/organisation/busy.csv").text.count("\r\n") > 2 * CROWD


#: Addresses of a hostile thing, in every way it is shown.
SHOWING = (
    *PAGES, "/page/topic/ceramics", "/page/country/PRT", "/network", "/countries",
    "/changes/organisation/hostile", "/between?a=script&b=qqqqq", "/validation", "/",
)  # fmt: skip


@pytest.mark.parametrize("path", SHOWING)
def test_no_page_holds_a_script_or_style_of_its_own(hostile_client: FlaskClient, path: str) -> None:
    answer = hostile_client.get(path, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert (policy["script-src"], policy["style-src"], policy["default-src"]) == ("'self'",) * 3
    scripts = re.findall("<script([^>]*)>", answer.text)
    assert all("application/ld+json" in each or 'src="/static/' in each for each in scripts)
    bare = re.sub('"[^"]*"', '""', answer.text)  # what stands in quotes is no attribute
    assert not re.search(r"<style|<[^>]*\s(?:style|on\w+)=", bare)
    assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|vbscript):', answer.text, re.IGNORECASE)


@pytest.mark.parametrize("path", ["/organisations.csv", "/people.csv", "/network.csv"])
def test_table_for_spreadsheets_calculates_nothing(hostile_client: FlaskClient, path: str) -> None:
    answer = hostile_client.get(path)
    cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d)", cell)]
    assert any(FORMULA in cell for cell in cells) == (path == "/organisations.csv")
