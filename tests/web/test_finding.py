"""The search: real names in any spelling, with the reason; in a page, in JSON, and completed in every box."""

from __future__ import annotations

import re
from typing import Any

import pytest
from chromium import Browser
from flask.testing import FlaskClient

from clustergraph.web.finding import FEW

PAGES = (
    "/",
    "/people",
    "/page/edition/2025-07-01-cluj-napoca",
    "/about",
    "/sparql",
    "/nowhere",
    "/dumps/",
    "/ontology",
)


def asked(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.json


def things(client: FlaskClient, text: str) -> list[dict[str, Any]]:
    found = client.get("/search.json", query_string={"q": text}).json
    assert found is not None
    return [thing for group in found["groups"] for thing in group["things"]]


@pytest.mark.parametrize(
    ("text", "page", "reason"),
    [
        ("Daniel Coșniță", "/page/person/daniel-cosnita", ""),
        ("cosnita daniel", "/page/person/daniel-cosnita", ""),
        ("danil cosnita", "/page/person/daniel-cosnita", "similar spelling"),
        ("clustero", "/page/organisation/romanian-cluster-association", "acronym “CLUSTERO”"),
        ("romanain cluster", "/page/organisation/romanian-cluster-association", "similar spelling"),
        ("itvalley", "/page/organisation/kosice-it-valley", ""),
        ("RO11", "/page/region/RO11", "code RO11"),
        ("ROU", "/page/country/ROU", "code ROU"),
        ("kosice 2023", "/page/edition/2023-03-29-kosice", "held in Košice, Slovakia, 2023"),
        ("cluj", "/page/edition/2025-07-01-cluj-napoca", "held in Cluj-Napoca, Romania, 2025"),
    ],
)
def test_name_in_any_spelling_is_found_with_the_reason(
    client: FlaskClient, text: str, page: str, reason: str
) -> None:
    found = {thing["page"]: thing["reason"] for thing in things(client, text)}
    assert found[page] == reason


def test_results_stand_under_their_kind_with_a_way_to_all_of_it(client: FlaskClient) -> None:
    html = client.get("/search?q=cluster").text
    kinds = re.findall(r'<h2 id="kind-(\w+)">', html)
    assert len(kinds) > 5
    assert set(kinds[-2:]) == {"document", "source"}
    assert "/search?q=cluster&amp;kind=organisation" in html


def test_results_of_a_kind_come_in_pages_that_hold_each_once(client: FlaskClient) -> None:
    first = asked(client, "/search.json?q=cluster&kind=source")
    assert first["pages"] > 1
    pages = [asked(client, f"/search.json?q=cluster&kind=source&page={n}") for n in range(1, first["pages"] + 1)]
    iris = [thing["iri"] for page in pages for thing in page["groups"][0]["things"]]
    assert len(iris) == len(set(iris)) == first["found"]
    assert client.get(f"/search.json?q=cluster&kind=source&page={first['pages'] + 1}").status_code == 404


def test_first_page_holds_the_best_few_of_each_kind(client: FlaskClient) -> None:
    groups = asked(client, "/search.json?q=cluster")["groups"]
    assert all(len(group["things"]) == min(FEW, group["found"]) for group in groups)


def test_every_result_has_a_page(client: FlaskClient) -> None:
    pages = {thing["page"] for text in ("a", "e", "i") for thing in things(client, text)}
    assert len(pages) > 50
    assert [page for page in pages if client.get(page).status_code != 200] == []


def test_nothing_found_and_nothing_asked_say_what_can_be_done(client: FlaskClient) -> None:
    assert "Nothing here is called “<bdi>qqqqq</bdi>”" in client.get("/search?q=qqqqq").text
    assert "in any spelling" in client.get("/search").text
    assert asked(client, "/search.json?q=") == {"q": "", "found": 0, "page": 1, "pages": 1, "groups": []}


def test_search_is_a_page_or_json_by_what_the_client_accepts(client: FlaskClient) -> None:
    for accept, kind in (("application/json", "application/json"), ("text/html", "text/html; charset=utf-8")):
        answer = client.get("/search?q=cluj", headers={"Accept": accept})
        assert answer.content_type == kind
        assert "Accept" in answer.vary
    assert client.get("/search?q=cluj", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/search.json?q=cluj", headers={"Accept": "text/html"}).content_type == "application/json"
    assert client.get("/search?q=cluj").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("q=" + "a" * 201, 400, "at most 200"),
        ("q=a&q=b", 400, "give it once"),
        ("q=a&kind=planet", 400, "allowed are edition, person"),
        ("q=a&sort=name", 400, "there are q, kind, page"),
        ("q=a&page=0", 404, "counted from 1"),
        ("q=a&page=2", 404, "no page 2"),
        ("q=a&kind=place&page=999999", 404, "no page"),
        ("q=a&page=%D9%A1", 404, "counted from 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(
    client: FlaskClient, query: str, status: int, says: str
) -> None:
    answer = client.get(f"/search?{query}")
    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(", "a OR b", "<script>", "%00", "\u202e", "'; DROP TABLE thing; --"]
)
def test_no_text_breaks_the_search(client: FlaskClient, text: str) -> None:
    answer = client.get("/search", query_string={"q": text}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_search_box_that_works_without_scripts(client: FlaskClient, path: str) -> None:
    html = client.get(path, headers={"Accept": "text/html"}).text
    head = html.partition('<header class="masthead">')[2].partition("</header>")[0]
    assert 'action="/search" method="get" role="search"' in head
    assert 'name="q"' in head


BOX = "document.querySelector('#search-head-text')"
LIST = "document.querySelector('#search-head-list')"


def typed(browser: Browser, address: str, text: str) -> None:
    browser.open(f"{address}/about")
    browser.do(f"{BOX}.focus()")
    browser.type(text)


@pytest.mark.needs_command("chromium")
def test_names_are_completed_and_chosen_by_keyboard_as_a_combobox(browser: Browser, address: str) -> None:
    typed(browser, address, "kramr")
    browser.wait(f"{BOX}.getAttribute('aria-expanded') === 'true'")
    assert browser.do(f"{BOX}.getAttribute('aria-activedescendant')") is None
    browser.press("ArrowDown", 40)
    option = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    assert "Jan-Philipp Kramer" in browser.do(f"{option}.textContent")
    assert browser.do(f"{option}.getAttribute('aria-selected')") == "true"
    browser.press("Enter", 13)
    browser.wait("location.pathname === '/page/person/jan-philipp-kramer'")
    assert browser.complaints == []


@pytest.mark.needs_command("chromium")
def test_escape_closes_the_names_and_then_empties_the_box(browser: Browser, address: str) -> None:
    typed(browser, address, "cluj")
    browser.wait(f"!{LIST}.hidden")
    browser.press("Escape", 27)
    assert browser.do(f"{LIST}.hidden && {BOX}.value") == "cluj"
    browser.press("Escape", 27)
    assert browser.do(f"{BOX}.value") == ""


@pytest.mark.needs_command("chromium")
def test_completion_stays_within_the_screen_of_a_phone(browser: Browser, address: str) -> None:
    browser.resize(390, 844)
    typed(browser, address, "cluster")
    browser.wait(f"!{LIST}.hidden")
    assert browser.do("document.documentElement.scrollWidth") == 390
    assert browser.do(f"{LIST}.getBoundingClientRect().right") <= 390


@pytest.mark.needs_command("chromium")
def test_box_searches_without_scripts(browser: Browser, address: str) -> None:
    browser.without_scripts()
    browser.open(f"{address}/search?q=cluj")
    assert "Clusters Meet Regions in Cluj-Napoca" in browser.text("main")
