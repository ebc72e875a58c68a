"""The lists: sorted as people look names up, chosen by facets, in pages, and the same as CSV and JSON."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from clustergraph import queries
from clustergraph.entities.facets import key_of
from clustergraph.entities.listings import PAGE_SIZE, Listings
from clustergraph.entities.lists import LISTS
from clustergraph.entities.panels import bound
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


@pytest.mark.parametrize("name", LISTS)
def test_opening_of_a_list_is_its_first_page_without_choices(graph: Graph, name: str) -> None:
    listings = Listings(graph)
    opening, first = listings.opening(name), listings.part(name)
    assert opening.all_items == first.all_items
    assert (opening.sort, opening.total, opening.facets) == (first.sort, first.total, [])


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
    assert len(set(re.findall(r'href="(/page/edition/[^"#]+)', html))) == 27
    assert re.search(r"editions</a></dt><dd>27</dd>", html)
    for door in ("/sparql", "/dumps/", "/organisations"):
        assert f'href="{door}"' in html


def chosen(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json


def facet(found: Any, name: str) -> dict[str, int]:
    """Key -> count of the values of a facet."""
    return {
        value["key"]: value["count"] for each in found["facets"] if each["name"] == name for value in each["values"]
    }


@pytest.mark.parametrize("name", LISTS)
def test_each_value_leaves_as_many_things_as_its_count_says(client: FlaskClient, name: str) -> None:
    whole = chosen(client, f"/{name}.json")
    for each in LISTS[name].facets:
        counts = facet(whole, each.name)
        assert counts, each.name
        for key in [*counts][:4]:
            found = client.get(f"/{name}.json", query_string={each.name: key}).json
            assert found is not None
            assert found["found"] == counts[key] == len(found["items"])


@pytest.mark.parametrize("name", [name for name, listed in LISTS.items() if len(listed.facets) > 1])
def test_count_beside_a_choice_holds_under_what_is_chosen_already(client: FlaskClient, name: str) -> None:
    one, other = LISTS[name].facets[-1].name, LISTS[name].facets[0].name
    first = next(iter(facet(chosen(client, f"/{name}.json"), one)))
    for key, count in [*facet(client.get(f"/{name}.json", query_string={one: first}).json, other).items()][:4]:
        found = client.get(f"/{name}.json", query_string={one: first, other: key}).json
        assert found is not None
        assert found["found"] == count


def test_values_of_one_facet_add_up_and_of_two_narrow_down(client: FlaskClient) -> None:
    def found(query: str) -> set[str]:
        return {item["iri"] for item in chosen(client, f"/organisations.json?{query}")["items"]}

    assert found("country=ROU&country=SVK") == found("country=ROU") | found("country=SVK")
    assert found("country=ROU&kind=cluster") == found("country=ROU") & found("kind=cluster")


def test_role_and_edition_hold_of_one_appearance(client: FlaskClient, graph: Graph) -> None:
    """Whoever moderated elsewhere and spoke here is no moderator here."""
    edition = "2025-07-01-cluj-napoca"
    found = chosen(client, f"/people.json?role=speaker&edition={edition}")["items"]
    rows = graph.select(f"""
        PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX cv: <http://data.europa.eu/m8g/>
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        SELECT DISTINCT ?person WHERE {{
          ?part cv:hasParticipant ?person ; cv:role <https://w3id.org/clustergraph/vocabulary/role/speaker> ;
                cg:evidence <https://w3id.org/clustergraph/vocabulary/evidence/took-part> ;
                cg:statedAt <https://w3id.org/clustergraph/id/edition/{edition}> . ?person a foaf:Person }}""")
    assert {item["iri"] for item in found} == {row["person"].value for row in rows}
    assert found


def test_evidence_is_never_mixed(client: FlaskClient) -> None:
    both = chosen(client, "/people.json?role=panellist")
    assert both["evidence"] == "took part"
    took_part = {item["iri"] for item in both["items"]}
    announced = chosen(client, "/people.json?role=panellist&evidence=announced")
    assert announced["evidence"] == "announced"
    assert {item["iri"] for item in announced["items"]} - took_part
    assert client.get("/people?evidence=announced&evidence=took-part").status_code == 400
    assert "by evidence: took part" in client.get("/people?role=panellist").text


def test_ranking_counts_presence_alone(client: FlaskClient) -> None:
    items = chosen(client, "/organisations.json?sort=editions")["items"]
    counts = [int(item["editions"][0]) for item in items]
    assert counts == sorted(counts, reverse=True)
    mentioned = {item["iri"] for item in chosen(client, "/organisations.json?evidence=mentioned")["items"]}
    took_part = {item["iri"] for item in chosen(client, "/organisations.json?evidence=took-part")["items"]}
    assert {item["iri"] for item in items if item["editions"] == ["0"]} >= mentioned - took_part
    assert {item["iri"] for item in items if item["editions"] != ["0"]} == took_part


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/people?role=king", 400, "allowed are host, keynote"),
        ("/people?country=", 400, "allowed are BEL"),
        ("/people?country=%00%0a<b>", 400, "does not occur"),
        ("/people?colour=red", 400, "there are q, sort, page, evidence, role"),
        ("/people?sort=fame", 400, "take one of name, editions"),
        ("/people?q=a&q=b", 400, "give it once"),
        ("/people?q=" + "a" * 201, 400, "at most 200"),
        ("/people?" + "&".join(f"role=r{n}" for n in range(51)), 400, "choose fewer"),
        ("/people?page=0", 404, "counted from 1"),
        ("/people?page=99", 404, "no page 99"),
        ("/people?page=1e3", 404, "counted from 1"),
        ("/people.xls", 404, ""),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(
    client: FlaskClient, address: str, status: int, says: str
) -> None:
    for path in (address, address.replace("/people?", "/people.csv?")):
        answer = client.get(path)
        assert answer.status_code == status
        assert says in answer.text


def test_choices_are_links_that_robots_leave_alone_and_their_addresses_are_not_indexed(client: FlaskClient) -> None:
    plain = client.get("/organisations")
    assert "X-Robots-Tag" not in plain.headers
    assert '<meta name="robots"' not in plain.text
    links = re.findall(r'<a[^>]*href="/organisations\?[^"]*"[^>]*>', plain.text)
    assert len(links) > 50
    assert [link for link in links if "nofollow" not in link and 'rel="next"' not in link] == []
    for address in ("/organisations?country=ROU", "/organisations?q=a", "/organisations?sort=editions"):
        answer = client.get(address)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert client.get("/organisations.csv?country=ROU").headers["X-Robots-Tag"] == "noindex, nofollow"


def test_choice_toggles_and_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    html = client.get("/organisations?country=ROU&kind=cluster&q=cluster&sort=editions").text
    assert "/organisations?q=cluster&amp;country=ROU&amp;sort=editions" in html  # without the kind
    assert "/organisations?q=cluster&amp;kind=cluster&amp;sort=editions" in html  # without the country
    assert '<input type="hidden" name="country" value="ROU">' in html


@pytest.mark.parametrize("query", ["", "?page=2", "?country=ROU&sort=editions", "?q=cluster&kind=cluster"])
def test_csv_and_json_hold_exactly_what_is_shown(client: FlaskClient, graph: Graph, query: str) -> None:
    html = client.get(f"/organisations{query}").text
    shown = re.findall(r'<th scope="row"><a href="([^"]+)">', html)
    found = chosen(client, f"/organisations.json{query}")["items"]
    rows = list(csv.reader(io.StringIO(client.get(f"/organisations.csv{query}").text)))
    assert [item["page"] for item in found][: len(shown)] == shown
    assert rows[0] == ["Name", "Permanent address", "Acronym", "Kind", "Country", "Took part in (editions)"]
    assert [row[1] for row in rows[1:]] == [item["iri"] for item in found]
    assert len(found) == len(shown) or "page" not in query


def test_csv_of_dates_is_iso_and_of_formulas_harmless(client: FlaskClient, hostile_client: FlaskClient) -> None:
    assert "2025-11-26/2025-11-27" in client.get("/editions.csv").text
    rows = csv.reader(io.StringIO(hostile_client.get("/organisations.csv").text))
    cells = [cell for row in rows for cell in row]
    assert any("SUM(1+1)" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")] == []


def test_list_is_a_page_json_or_csv_by_what_the_client_accepts(client: FlaskClient) -> None:
    for accept, kind in (
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
    ):
        answer = client.get("/places", headers={"Accept": accept})
        assert answer.content_type == kind
        assert "Accept" in answer.vary
    assert client.get("/places", headers={"Accept": "image/png"}).status_code == 406
    assert client.head("/places.csv").headers["ETag"] == client.get("/places.csv").headers["ETag"]


@pytest.mark.parametrize("name", LISTS)
def test_every_facet_value_of_the_real_data_has_a_key_of_its_own(graph: Graph, name: str) -> None:
    for aspect in LISTS[name].aspects:
        rows = graph.select(queries.load(aspect.query).text)
        for each in aspect.facets:
            values = {term for row in rows if (term := bound(row, each.name))}
            assert len({key_of(term) for term in values}) == len(values), each.name
