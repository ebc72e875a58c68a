"""The network of actors: links by what was shared, chosen by address, drawn the same each time, told in tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from chromium import Browser, Chromium, listening
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad
from serving import ROOT

from clustergraph import queries, store
from clustergraph.entities.network import MOST_ACTORS, MOST_LINKS, Network, Wish
from clustergraph.iris import CG, PREFIXES, concept, thing
from clustergraph.store import Graph
from clustergraph.web import network

KRAKOW = "edition=2023-12-11-krakow"
#: Who took part in Kraków by the data; the first two were together in its panel, Interreg led a session alone.
IN_KRAKOW = {
    "Màgui Lage", "Nuno Bilo", "Interreg CENTRAL EUROPE", "European Association of Development Agencies",
    "European Cluster Collaboration Platform", "European Commission", "Małopolska Regional Development Agency",
}  # fmt: skip
COMPANIONS = queries.load("agent/companions").text.replace("LIMIT 25", "")
BUNDLE = ROOT / "src/clustergraph/web/static" / network.DRAWING
in_browser = [
    pytest.mark.skipif(not BUNDLE.is_file(), reason="the drawing is not bundled; run .ci/bundle .venv"),
    pytest.mark.needs_command("chromium"),
]


def shown(client: FlaskClient, query: str = "") -> dict[str, Any]:
    response = client.get(f"/network.json?{query}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.text)
    return found


def names(found: dict[str, Any]) -> set[str]:
    return {actor["name"] for actor in found["actors"]}


def test_in_krakow_two_shared_a_session(client: FlaskClient) -> None:
    found = shown(client, KRAKOW)
    assert names(found) == {"Màgui Lage", "Nuno Bilo"}
    assert [(link["sessions"], link["editions"]) for link in found["links"]] == [(1, 1)]
    assert (found["found"], found["together"]) == (7, 2)


def test_in_krakow_seven_shared_the_edition_each_with_each(client: FlaskClient) -> None:
    found = shown(client, f"{KRAKOW}&by=edition")
    assert names(found) == IN_KRAKOW
    assert len(found["links"]) == 21
    # Évora is only represented there, by others.
    assert "Évora Lighthouse City" not in names(found)


def test_links_are_what_the_page_of_each_actor_says_of_companions(client: FlaskClient, graph: Graph) -> None:
    links = shown(client)["links"]
    for slug in ("person/jan-philipp-kramer", "person/emil-boc", "organisation/romanian-cluster-association"):
        iri = thing(*slug.split("/"))
        ends = [({link["one"], link["other"]}, link["sessions"]) for link in links]
        mine = {next(iter(pair - {iri})): sessions for pair, sessions in ends if iri in pair}
        rows = graph.select(COMPANIONS, {"entity": NamedNode(iri)})
        assert mine == {row["other"].value: int(row["sessions"].value) for row in rows}


def test_each_choice_leaves_the_parts_that_fit_it(client: FlaskClient) -> None:
    assert {actor["kind"] for actor in shown(client, "kind=person")["actors"]} == {"person"}
    romanians = names(shown(client, "country=ROU&by=edition"))
    assert {"Emil Boc", "Romanian Cluster Association"} <= romanians
    assert "Anna Rosenqvist" not in romanians
    # Emil Boc opened, and moderated nothing.
    assert "Emil Boc" not in names(shown(client, "role=moderator&by=edition"))


def test_network_around_an_actor_holds_those_in_its_sessions_alone(client: FlaskClient) -> None:
    found = shown(client, "around=person:nuno-bilo")
    assert names(found) == {"Màgui Lage", "Nuno Bilo"}
    page = client.get("/page/person/nuno-bilo").text
    assert 'href="/network?around=person:nuno-bilo"' in page
    assert "Network of <bdi>Nuno Bilo</bdi>" in client.get("/network?around=person:nuno-bilo").text


def test_page_csv_and_json_say_the_same(client: FlaskClient) -> None:
    for query in ("", KRAKOW, "by=edition"):
        found = shown(client, query)
        rows = list(csv.DictReader(client.get(f"/network.csv?{query}").text.splitlines()))
        page = client.get(f"/network?{query}", headers={"Accept": "text/html"}).text
        assert [(row["Permanent address"], row["With: permanent address"]) for row in rows] == [
            (link["one"], link["other"]) for link in found["links"]
        ]
        assert page.count('data-label="With"') == len(rows) <= MOST_LINKS
        assert page.count("Its network") == len(found["actors"]) <= MOST_ACTORS


def test_nobody_and_nobody_together_are_said_in_words(client: FlaskClient) -> None:
    assert "Nobody who took part fits" in client.get("/network?kind=ministry&country=ESP").text
    assert "no two of them are linked" in client.get("/network?kind=university").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("role=emperor", "allowed are co-organiser"),
        ("around=person:nobody", "names nobody who took part"),
        ("around=person:lucia%00", "names nobody"),
        ("by=birth", "take one of session, edition"),
        ("rank=1", "there is no parameter"),
        ("role=" + "x" * 5000, "at most"),
        ("role=host&role=speaker", "give it once"),
        ("&".join(f"edition={number}" for number in range(100)), "choose fewer"),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_words(client: FlaskClient, query: str, words: str) -> None:
    response = client.get(f"/network?{query}")
    assert response.status_code == 400
    assert words in response.text
    assert len(response.text) < 20_000


def crowd(size: int) -> Iterator[Quad]:
    """A session in which a crowd of people took part."""
    graph, edition, session = (NamedNode(thing(kind, "x")) for kind in ("graph", "edition", "session"))
    rdf, rdfs, cv = (PREFIXES[name] for name in ("rdf", "rdfs", "cv"))
    role, evidence = NamedNode(concept("role", "speaker")), NamedNode(concept("evidence", "took-part"))
    yield Quad(session, NamedNode(rdf + "type"), NamedNode(CG + "Session"), graph)
    yield from (Quad(one, NamedNode(rdfs + "label"), Literal("x"), graph) for one in (edition, session, role))
    for number in range(size):
        part, person = NamedNode(thing("participation", f"p{number}")), NamedNode(thing("person", f"p{number}"))
        said = {cv + "hasParticipant": person, cv + "role": role, CG + "evidence": evidence}
        said |= {CG + "statedAt": edition, CG + "inEvent": session}
        yield Quad(person, NamedNode(rdfs + "label"), Literal(f"Person {number}"), graph)
        yield from (Quad(part, NamedNode(name), value, graph) for name, value in said.items())


def test_a_crowd_is_bounded_and_the_bound_is_said() -> None:
    view = Network(store.in_memory(crowd(1000))).view(Wish())
    assert (view.found, view.together) == (1000, 1000)
    assert view.linked == len(list(combinations(range(MOST_ACTORS), 2)))
    assert len(view.links) == MOST_LINKS
    assert len(view.actors) <= MOST_ACTORS


def test_without_the_bundle_the_page_is_its_tables(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "DRAWING", "vendor/none.js")
    page = client.get("/network?role=panellist").text  # not asked before, and so not kept
    assert "<figure" not in page
    assert 'data-label="With"' in page


class TestInABrowser:
    pytestmark = in_browser
    MARKS = "Array.from(document.querySelectorAll('.network a'), a => a.getAttribute('transform')).join()"

    def test_it_is_drawn_the_same_each_time_from_this_host_alone(self, app: Flask, chromium: Chromium) -> None:
        with listening(app) as address, Browser(chromium) as browser:
            drawings = []
            for _ in range(2):
                browser.open(f"{address}/network")
                browser.wait("document.querySelectorAll('.network a').length > 0")
                drawings.append(browser.do(self.MARKS))
            assert drawings[0] == drawings[1]
            assert "NaN" not in drawings[0]
            found = shown(app.test_client())
            assert browser.do("document.querySelectorAll('.network a').length") == len(found["actors"])
            assert browser.do("document.querySelectorAll('.network line').length") == len(found["links"])
            assert browser.complaints == []
            assert all(request.startswith(address) for request in browser.requests)

    def test_pointing_at_an_actor_leaves_its_own_links(self, app: Flask, chromium: Chromium) -> None:
        with listening(app) as address, Browser(chromium) as browser:
            browser.open(f"{address}/network?around=person:emil-boc")
            browser.wait("document.querySelectorAll('.network a').length > 0")
            near = """const a = document.querySelector('.network a[href="/page/person/emil-boc"]');
                      a.dispatchEvent(new PointerEvent('pointerenter'));
                      document.querySelectorAll('.network line.near').length"""
            mine = next(one for one in shown(app.test_client(), "around=person:emil-boc")["actors"]
                        if one["name"] == "Emil Boc")  # fmt: skip
            assert browser.do(near) == mine["links"] > 0

    def test_without_scripts_the_form_chooses_and_the_tables_tell(self, app: Flask, chromium: Chromium) -> None:
        with listening(app) as address, Browser(chromium) as browser:
            browser.without_scripts()
            browser.open(f"{address}/network")
            assert browser.do("document.querySelector('figure.network').checkVisibility()") is False
            browser.do("document.querySelector('select[name=edition]').value = '2023-12-11-krakow'")
            browser.do("document.querySelector('form.filter').submit()")
            browser.wait("document.querySelectorAll('td[data-label=With]').length === 1")
