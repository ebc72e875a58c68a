"""Editions side by side: answers worked out by hand from the data, and choices that make no comparison refused."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clustergraph import iris
from clustergraph.store import Graph

IASI, CLUJ, KOSICE, GRAZ = "2023-11-21-iasi", "2025-07-01-cluj-napoca", "2023-03-29-kosice", "2024-06-18-graz"
OTHERS = ("2025-06-03-rzeszow", "2024-10-10-chisinau", "2022-02-16-malaga")
BOTH = f"/compare?e={IASI}&e={CLUJ}"


def asked(client: FlaskClient, *slugs: str, ending: str = "") -> TestResponse:
    return client.get(f"/compare{ending}", query_string=[("e", slug) for slug in slugs])


def panels(client: FlaskClient, *slugs: str) -> dict[str, list[dict[str, Any]]]:
    """Heading of each panel -> its lines."""
    found = asked(client, *slugs, ending=".json").json
    assert found is not None
    return {panel["heading"]: panel["lines"] for panel in found["panels"]}


def values(line: dict[str, Any]) -> list[list[str]]:
    """What stands in each column of a line."""
    return [[entry["value"] for entry in cell] for cell in line["editions"].values()]


def named(lines: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(line for line in lines if line["name"] == name)


def test_who_was_at_both_stands_with_the_roles_at_each(client: FlaskClient) -> None:
    """Words of Mariella Masselink are also quoted in Cluj-Napoca: that is no role of presence."""
    lines = panels(client, IASI, CLUJ)["Who was at more than one"]
    assert {(line["group"], line["name"]): values(line) for line in lines} == {
        ("At both: people", "Daniel Coșniță"): [["opening speaker"], ["opening speaker"]],
        ("At both: people", "Mariella Masselink"): [["opening speaker"], ["opening speaker"]],
        ("At both: organisations", "European Cluster Collaboration Platform"): [
            ["organiser", "session lead"],
            ["organiser", "session lead"],
        ],
        ("At both: organisations", "Romanian Cluster Association"): [
            ["co-organiser", "partner"],
            ["co-organiser", "partner", "session lead"],
        ],
    }
    entries = [entry for line in lines for cell in line["editions"].values() for entry in cell]
    assert all(entry["sources"] for entry in entries)
    assert all(source["iri"].startswith(iris.thing("source", "")) for entry in entries for source in entry["sources"])


def test_of_three_editions_those_at_all_stand_before_those_at_two(client: FlaskClient) -> None:
    """Enterprise Europe Network co-organised Košice, supported Iași, and is not in Cluj-Napoca."""
    lines = panels(client, IASI, CLUJ, KOSICE)["Who was at more than one"]
    assert [(line["group"], line["name"]) for line in lines] == [
        ("At all 3: organisations", "European Cluster Collaboration Platform"),
        ("At all 3: organisations", "Romanian Cluster Association"),
        ("At 2 of 3: people", "Daniel Coșniță"),
        ("At 2 of 3: people", "Mariella Masselink"),
        ("At 2 of 3: organisations", "Enterprise Europe Network"),
    ]
    assert values(lines[-1]) == [["co-organiser", "session lead"], ["session lead", "supporter"], []]
    text = asked(client, IASI, CLUJ, KOSICE).text
    assert "5 people and organisations took part in at least two of them, 2 in all 3," in text


def test_figures_stand_as_stated_and_those_that_differ_are_never_merged(client: FlaskClient) -> None:
    figures = panels(client, IASI, CLUJ)["Figures"]
    assert values(named(figures, "participants")) == [
        ["exactly 250 persons", "exactly 205 persons"],
        ["over 300 persons"],
    ]
    iasi, cluj = named(figures, "countries represented")["editions"].values()
    assert (iasi[0]["value"], iasi[0]["notes"]) == ("exactly 18 countries", ["registered", "registered participants"])
    assert (cluj[0]["value"], cluj[0]["notes"]) == ("exactly 15 countries", ["Matchmaking session", "matchmaking"])
    assert values(named(figures, "event days")) == [[], ["exactly 2"]]


def test_dates_on_which_sources_differ_stand_with_their_standing(client: FlaskClient) -> None:
    iasi, cluj = named(panels(client, IASI, CLUJ)["When and where"], "Dates")["editions"].values()
    assert [(entry["value"], entry["notes"]) for entry in iasi] == [
        ("2023-11-21/2023-11-23", ["preferred"]),
        ("2023-11-22/2023-11-23", ["alternative"]),
    ]
    assert [entry["value"] for entry in cluj] == ["2025-07-01/2025-07-02"]


def test_sessions_and_roles_are_counted(client: FlaskClient) -> None:
    found = panels(client, IASI, CLUJ)
    assert values(named(found["Kinds of sessions"], "workshop")) == [["4 sessions"], []]
    assert values(named(found["Kinds of sessions"], "opening")) == [["1 session"], ["1 session"]]
    assert values(named(found["Roles"], "opening speaker")) == [["4 people"], ["6 people"]]
    assert values(named(found["Roles"], "host")) == [["1 organisation"], ["1 organisation"]]
    assert "quoted" not in {line["name"] for line in found["Roles"]}


def test_topics_and_policies_of_both_stand_first_and_say_so_in_words(client: FlaskClient) -> None:
    found = panels(client, IASI, CLUJ)
    shared = [line["name"] for line in found["Topics and ecosystems"] if line["shared"] == 2]
    assert shared == ["Agri-food", "Digital", "Energy-renewables", "Health", "Smart Specialisation"]
    assert found["Topics and ecosystems"][0]["name"] == "Agri-food"
    assert [line["name"] for line in found["Policies and programmes named"] if line["shared"] == 2] == [
        "Smart Specialisation Strategies (S3)"
    ]
    # Five topics, one policy, and Romania.
    assert asked(client, IASI, CLUJ).text.count("✓</span> in both") == 7


def test_countries_of_those_present_and_of_sessions_are_counted(client: FlaskClient) -> None:
    countries = panels(client, IASI, CLUJ)["Countries represented"]
    assert values(named(countries, "Spain")) == [[], ["3 sessions"]]
    assert values(named(countries, "Romania")) == [
        ["3 people, 2 organisations"],
        ["7 people, 5 organisations, 5 sessions"],
    ]


def test_hosts_and_documents_stand_side_by_side(client: FlaskClient) -> None:
    found = panels(client, IASI, CLUJ)
    assert values(named(found["Organisers, partners and others"], "host")) == [
        ["North-East Regional Development Agency"],
        ["Cluj Innovation Park"],
    ]
    assert values(named(found["Documents"], "agenda")) == [["Final Agenda"], []]


def test_edition_known_from_mentions_alone_stands_beside_a_recorded_one(client: FlaskClient) -> None:
    """Of Graz no source names who was there."""
    found = panels(client, GRAZ, CLUJ)
    assert values(named(found["When and where"], "Coverage")) == [["known from mentions only"], ["recorded"]]
    assert "Who was at more than one" not in found
    assert "No source names anybody as taking part in both." in asked(client, GRAZ, CLUJ).text


def test_order_of_the_choice_makes_no_difference(client: FlaskClient) -> None:
    one, other = asked(client, IASI, CLUJ), asked(client, CLUJ, IASI)
    assert one.text == other.text
    assert f'rel="canonical" href="http://localhost{BOTH.replace("&", "&amp;")}"' in one.text


def test_csv_has_a_row_for_each_entry_that_is_shown(client: FlaskClient) -> None:
    found = asked(client, IASI, CLUJ, ending=".csv")
    rows = list(csv.reader(io.StringIO(found.text)))[1:]
    lines = [(heading, line) for heading, some in panels(client, IASI, CLUJ).items() for line in some]
    assert [(row[0], row[2]) for row in rows] == [
        (heading, line["name"]) for heading, line in lines for cell in line["editions"].values() for _ in cell
    ]
    assert [row[-1].split() for row in rows] == [
        [source["iri"] for source in entry["sources"]]
        for _, line in lines for cell in line["editions"].values() for entry in cell
    ]  # fmt: skip
    assert client.get(BOTH, headers={"Accept": "text/csv"}).text == found.text


def test_each_panel_leads_to_its_query_for_all_editions(client: FlaskClient, graph: Graph) -> None:
    found = asked(client, IASI, CLUJ).text
    assert unquote_plus(found).count(f"edition/{IASI}>) (<https://w3id.org") == found.count("Run it</a>") - 1
    for panel in asked(client, IASI, CLUJ, ending=".json").json["panels"]:  # type: ignore[index]
        rows = graph.select(client.get(panel["query"]).text)
        assert {row["entity"].value.rpartition("/")[2] for row in rows} == {IASI, CLUJ}, panel["heading"]


def test_comparison_keeps_an_entity_tag_and_is_no_matter_for_search_engines(client: FlaskClient) -> None:
    answer = client.get(BOTH)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(BOTH, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_form_offers_every_edition_once(client: FlaskClient, graph: Graph) -> None:
    answer = client.get("/compare")
    editions = graph.select("PREFIX cg: <https://w3id.org/clustergraph/ontology#> SELECT ?e { ?e a cg:Edition }")
    assert answer.text.count('type="checkbox" name="e"') == len(editions)
    assert "X-Robots-Tag" not in answer.headers


def test_one_edition_is_kept_in_the_form(client: FlaskClient) -> None:
    answer = asked(client, IASI)
    assert answer.status_code == 200
    assert f'value="{IASI}" checked' in answer.text
    assert answer.text.count(" checked>") == 1
    assert "Choose at least one more" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"/compare?e={IASI}&e={IASI}", 400, "chosen twice"),
        ("/compare?" + "&".join(f"e={slug}" for slug in (IASI, CLUJ, KOSICE, GRAZ, *OTHERS)), 400, "choose 2 to 6"),
        (f"/compare?e={IASI}&e=2031-01-01-nowhere", 404, "no edition"),
        ("/compare?e=2031-01-01-nowhere", 404, "no edition"),
        (f"/compare?e={IASI}&e={'a' * 5000}", 404, "no edition"),
        (f"/compare?e={IASI}&e=%00%0A%3Cscript%3E", 404, "no edition"),
        (f"/compare?e={IASI}&e=https://w3id.org/clustergraph/id/edition/{CLUJ}", 404, "no edition"),
        ("/compare?e=", 404, "no edition"),
        ("/compare?" + "e=a&" * 5000, 400, "more than 50"),
        (f"{BOTH}&q=1", 400, "no parameter"),
        (f"/compare.exe?e={IASI}&e={CLUJ}", 404, "no format"),
        ("/compare.csv", 400, "no edition is chosen"),
        (f"/compare.json?e={IASI}", 400, "1 edition is chosen"),
    ],
)
def test_what_makes_no_comparison_is_refused(client: FlaskClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "<script>" not in answer.text or answer.mimetype == "text/plain"


def test_page_of_an_edition_and_the_list_lead_to_it(client: FlaskClient) -> None:
    page = client.get(f"/page/edition/{IASI}").text
    assert f'href="/compare?e={IASI}&amp;e=2023-11-08-dusseldorf">Compare with the previous edition' in page
    assert f'href="/compare?e={IASI}&amp;e=2023-12-11-krakow">Compare with the next edition' in page
    assert 'href="/compare"' in client.get("/editions").text.split("<footer", 1)[0]
