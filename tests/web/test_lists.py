"""The lists: sorted as people look names up, in pages, found by name in any spelling."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from clustergraph.entities.listings import PAGE_SIZE, Listings
from clustergraph.entities.lists import LISTS
from clustergraph.entities.states import State
from clustergraph.names import fold
from clustergraph.store import Graph


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_and_holds_something(client: FlaskClient, graph: Graph, name: str) -> None:
    assert client.get(f"/{name}").status_code == 200
    part = Listings(graph).part(name)
    assert part.items
    assert all(item.name.href.startswith("/page/") for item in part.items)


@pytest.mark.parametrize("name", [name for name, listed in LISTS.items() if not listed.sorts[0].variable])
def test_names_are_sorted_without_regard_to_case_and_diacritics(graph: Graph, name: str) -> None:
    listings = Listings(graph)
    pages = range(1, listings.part(name).pages + 1)
    names = [fold(item.name.text) for number in pages for item in listings.part(name, State(number=number)).items]
    assert names == sorted(names)


def test_editions_are_sorted_by_date_with_27_of_them_and_3_mentioned_only(graph: Graph) -> None:
    items = Listings(graph).part("editions").items
    slugs = [item.name.href.rpartition("/")[2] for item in items]
    assert slugs == sorted(slugs)
    assert len(slugs) == 27
    coverage = [item.cells[-1][0].text for item in items]
    assert coverage.count("recorded") == 24


def test_list_is_cut_into_pages_that_lead_on(client: FlaskClient, graph: Graph) -> None:
    part = Listings(graph).part("organisations")
    assert len(part.items) == PAGE_SIZE
    html = client.get("/organisations").text
    assert 'rel="next" href="/organisations?page=2"' in html
    last = client.get(f"/organisations?page={part.pages}").text
    assert 'rel="next"' not in last
    assert f"Page {part.pages} of {part.pages}" in last


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/people?q=cosnita", "Daniel Coșniță"),
        ("/people?q=KRAMER+jan", "Jan-Philipp Kramer"),
        ("/organisations?q=clustero", "Romanian Cluster Association"),
        ("/organisations?q=kosice", "Košice IT Valley"),
        ("/editions?q=kosice", "EU-Ukraine Business Partnership workshop and matchmaking"),
    ],
)
def test_filter_finds_names_in_any_spelling(client: FlaskClient, path: str, name: str) -> None:
    assert name in client.get(path).text


def test_filter_that_finds_nothing_says_so_and_repeats_it_harmlessly(client: FlaskClient) -> None:
    html = client.get("/people?q=%3Cscript%3Enobody").text
    assert "No name here contains" in html
    assert "<script>nobody" not in html


def test_home_counts_and_lists_every_edition(client: FlaskClient) -> None:
    html = client.get("/").text
    assert len(set(re.findall(r'href="(/page/edition/[^"]+)"', html))) == 27
    assert re.search(r"editions</a></dt><dd>27</dd>", html)
    for door in ("/sparql", "/dumps/", "/organisations"):
        assert f'href="{door}"' in html
