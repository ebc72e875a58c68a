"""Names and addresses that mean harm are shown, and do none."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from project import make
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from serving import FORMULA, LONG, MARKUP, REVERSED, ROOT, quick_release_of

from clustergraph import iris
from clustergraph.entities.panels import MOST
from clustergraph.formats import DOCUMENT_FORMATS, GRAPH_FORMATS
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


#: How many things of each class lead to each thing of :data:`BUSY`. With what a build derives they stay in memory.
CROWD = 5_000
EDITION = iris.thing("edition", "2031-05-06-aveiro")
#: Kind and slug of the things that so many lead to -> whether their pages have a row for each; else they sum up.
BUSY = {
    "organisation/busy": True, "edition/2031-05-06-aveiro": True, "source/agenda": True,
    "country/PRT": False, "topic/ceramics": False, "person/ana-reis": True,
    "session/2031-05-06-aveiro--opening": True, "event/2031-04-01-kiln-webinar": True,
    "region/PT19": False, "place/aveiro": False, "document/programme": True,
}  # fmt: skip


def crowd(number: int) -> list[Triple]:
    """An organisation that took part in an edition very many times, and is mentioned in a session of it as often; a
    person who spoke as often in an event."""
    busy, opening = iris.thing("organisation", "busy"), iris.thing("session", "2031-05-06-aveiro--opening")
    found = of(busy, "org:Organization", {"org:classification": iris.concept("organisation-kind", "other")}, "Busy")
    shared = {"prov:wasDerivedFrom": iris.thing("source", "agenda"), "cg:statedAt": EDITION}
    part = {**shared, "cv:hasParticipant": busy, "cv:role": iris.concept("role", "partner"), "cg:inEvent": EDITION}
    stand = {
        "prov:wasDerivedFrom": iris.thing("document", "programme"),
        "cg:statedAt": iris.thing("edition", "2031-10-02-ghent"),
        "cv:hasParticipant": iris.thing("person", "ana-reis"),
        "cv:role": iris.concept("role", "speaker"),
        "cg:inEvent": iris.thing("event", "2031-04-01-kiln-webinar"),
    }
    mention = {
        **shared,
        "cg:mentions": busy,
        "cg:inEvent": opening,
        "cg:statedCountry": iris.country("PRT"),
        "cg:statedRegion": iris.expand("nuts:PT19"),
        "schema:location": iris.thing("place", "aveiro"),
        "cg:sector": iris.concept("topic", "ceramics"),
    }
    for each in range(number):
        name = f"2031-05-06-aveiro--busy-{each}"
        found += of(iris.thing("participation", name), "cg:Participation", part)
        found += of(iris.thing("participation", f"{name}--for"), "cg:Participation", stand)
        found += of(iris.thing("mention", name), "cg:Mention", mention, f"{MARKUP} {each}")
    return found


def of(thing: str, cls: str, said: dict[str, str], name: str = "") -> list[Triple]:
    """Statements of a thing: its class, what it leads to, and its name, as a source or the registry has it."""
    node, stated = NamedNode(thing), "cg:statedName" if "cg:statedAt" in said else "rdfs:label"
    links = {"rdf:type": iris.expand(cls), **said}
    return [Triple(node, NamedNode(iris.expand(term)), NamedNode(value)) for term, value in links.items()] + (
        [Triple(node, NamedNode(iris.expand(stated)), Literal(name))] if name else []
    )


def many_editions(number: int) -> Iterator[Triple]:
    """Editions on days that follow each other, all of which name one policy."""
    said = {
        "schema:superEvent": iris.SERIES,
        "cg:coverage": iris.concept("coverage", "recorded"),
        "cg:policy": iris.concept("policy", "busy"),
        "prov:wasDerivedFrom": iris.thing("source", "agenda"),
    }
    policy = {"skos:inScheme": iris.VOCABULARY + "policy"}
    yield from of(iris.concept("policy", "busy"), "skos:Concept", policy, "Busy policy")
    for each in range(number):
        day = date(2040, 1, 1) + timedelta(each)
        edition = iris.thing("edition", f"{day}-aveiro")
        yield from of(edition, "cg:Edition", said, f"Edition {each}")
        start = Literal(str(day), datatype=NamedNode(iris.expand("xsd:date")))
        yield Triple(NamedNode(edition), NamedNode(iris.expand("schema:startDate")), start)


def asking(folder: Path, triples: Iterable[Triple]) -> FlaskClient:
    """Asks a service of made-up data and these."""
    made = quick_release_of(make(folder / "project").path, folder / "releases", triples)
    return create_app(Settings(project=ROOT, releases=folder / "releases"), made).test_client()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return asking(tmp_path_factory.mktemp("crowded"), crowd(CROWD))


@pytest.mark.parametrize(("path", "has_rows"), BUSY.items(), ids=BUSY)
def test_page_of_what_very_much_leads_to_is_bounded_and_says_how_much_more_there_is(
    crowded: FlaskClient, path: str, has_rows: bool
) -> None:
    answer = crowded.get(f"/page/{path}")
    assert answer.status_code == 200
    panels = answer.text.split('<section class="panel"')[1:]
    assert max(panel.count("<tr") + panel.count('<ul class="records"') for panel in panels) < 2 * MOST
    assert max(panel.count("<li") for panel in panels) <= 3 * MOST
    more = re.findall(r'<p class="quiet">([\d,]+) more are not shown here: <a href="([^"]*)">', answer.text)
    assert bool(more) == has_rows
    assert all(address.startswith("/sparql?query=") for _, address in more)
    assert f'<a href="/data/{path}.csv">data as CSV</a>' in answer.text or not has_rows


@pytest.fixture(scope="module")
def held_often(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return asking(tmp_path_factory.mktemp("held_often"), many_editions(CROWD))


@pytest.mark.parametrize(
    "path", ["/", "/page/series/clusters-meet-regions", "/page/policy/busy", "/editions", "/topics"]
)
def test_page_of_very_many_editions_is_bounded(held_often: FlaskClient, path: str) -> None:
    answer = held_often.get(path)
    assert answer.status_code == 200
    panels = answer.text.split('<section class="panel"')
    assert max(panel.count("<tr") + panel.count("<li") for panel in panels) < 2 * MOST
    assert answer.text.count('href="/page/edition/') < 5 * MOST


def test_values_left_out_of_a_list_can_be_chosen_as_the_page_says(held_often: FlaskClient) -> None:
    page = held_often.get("/topics").text
    said = re.search(
        r'>([\d,]+) more are not shown here: the <a [^>]*href="([^"]*)">.* as <code>([^<]*)</code>', page
    )
    assert said
    facets = json.loads(held_often.get(said[2]).text)["facets"]
    keys = next([value["key"] for value in facet["values"]] for facet in facets if facet["name"] == "edition")
    assert len(keys) == int(said[1].replace(",", "")) + MOST > CROWD
    assert f"edition={keys[-1]}" not in page.replace(said[3], "")
    assert 'href="/topics" aria-current="true"' in held_often.get(unescape(said[3])).text


def test_data_of_what_very_much_leads_to_are_whole_in_every_format(tmp_path: Path) -> None:
    number = MOST + 100
    many, graphs = asking(tmp_path, crowd(number)), []
    for fmt in GRAPH_FORMATS:
        assert isinstance(fmt.engine, RdfFormat)
        content = many.get(f"/data/organisation/busy.{fmt.name}").data
        graphs.append({quad.triple for quad in parse(content, format=fmt.engine)})
    assert all(graph == graphs[0] for graph in graphs)
    busy = NamedNode(iris.thing("organisation", "busy"))
    assert sum(triple.object == busy for triple in graphs[0]) >= 2 * number
    assert many.get("/data/organisation/busy.csv").text.count("\r\n") > 2 * number


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
