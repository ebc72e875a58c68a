"""What connects two: answers worked out by hand from the data, one address for each pair, hostile names refused."""

from __future__ import annotations

import csv
import html
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

DANIEL, MARIELLA, HEGER = "person/daniel-cosnita", "person/mariella-masselink", "person/eduard-heger"
PAIR = f"/between/{DANIEL}/{MARIELLA}"
KRAMER, PLATFORM = "person/jan-philipp-kramer", "organisation/european-cluster-collaboration-platform"


def panels(client: FlaskClient, path: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of each panel of a pair, by its heading; redirects are followed."""
    document = client.get(f"{path}.json", follow_redirects=True).json
    assert document is not None
    return {panel["heading"]: panel["rows"] for panel in document["panels"]}


def test_two_who_spoke_in_the_same_openings_are_connected_by_them(client: FlaskClient) -> None:
    """Both opened Cluj-Napoca in 2025, where words of hers are quoted too: that is no role of presence."""
    found = client.get(f"{PAIR}.json").json
    assert found is not None
    assert found["about"] == (
        "Daniel Coșniță and Mariella Masselink took part in 2 of the same editions, "
        "and there in 2 of the same sessions."
    )
    sessions, editions, _ = found["panels"]
    cluj = [row for row in sessions["rows"] if "Cluj" in row["under"]]
    assert [(row["Daniel Coșniță as"], row["Mariella Masselink as"]) for row in cluj] == [
        (["opening speaker"], ["opening speaker"])
    ]
    assert all(row["sources"] for row in sessions["rows"])
    assert len(editions["rows"]) == 2


def test_page_says_it_in_one_sentence_and_each_panel_leads_to_its_query(client: FlaskClient) -> None:
    page = client.get(PAIR).text
    assert "took part in 2 of the same editions, and there in 2 of the same sessions." in page
    assert page.count("/queries/between/") == 3
    assert 'rel="canonical"' in page
    query = client.get(f"{PAIR}.json").json["panels"][0]["query"]  # type: ignore[index]
    assert "VALUES (?a ?isA ?b ?isB)" in client.get(query).text


def test_weaker_evidence_stands_apart_and_last(client: FlaskClient) -> None:
    """Her words are quoted at both editions, in which he took part."""
    named = panels(client, PAIR)["Named at the same edition, by weaker evidence"]
    assert [(row["Daniel Coșniță"], row["Mariella Masselink"]) for row in named] == [(["took part"], ["quoted"])] * 2
    assert list(panels(client, PAIR))[-1] == "Named at the same edition, by weaker evidence"


def test_being_named_without_a_role_is_weaker_evidence_too(client: FlaskClient) -> None:
    """Košice names both: Eduard Heger spoke there, of Agnieszka Bachórz the record gives the post alone."""
    pair = f"/between/person/agnieszka-bachorz/{HEGER}"
    (row,) = panels(client, pair)["Named at the same edition, by weaker evidence"]
    assert (row["Agnieszka Bachórz"], row["Eduard Heger"]) == (["named, without a role"], ["took part"])
    assert "Weaker evidence names both at the same edition; beyond that, no link" in client.get(pair).text


def test_csv_holds_the_rows_that_are_shown_with_the_addresses_of_their_sources(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAIR}.csv").text)))
    assert [row["Panel"] for row in rows[:4]] == ["Sessions shared"] * 2 + ["Editions shared"] * 2
    sources = [source for row in rows for source in row["Sources"].split("; ")]
    assert all(source.startswith("https://w3id.org/clustergraph/id/source/") for source in sources)
    assert client.get(PAIR, headers={"Accept": "text/csv"}).text == client.get(f"{PAIR}.csv").text


def test_person_and_the_body_stood_for_are_connected_by_what_is_stated(client: FlaskClient) -> None:
    """In Cluj-Napoca he presented the input paper for the platform, and is stated as of it."""
    stated = panels(client, f"/between/{PLATFORM}/{KRAMER}")["Stated of both together"]
    said = {(row["Who"][0], row["How"][0], row["Of which"][0]) for row in stated}
    kramer, platform = "Jan-Philipp Kramer", "European Cluster Collaboration Platform"
    assert said == {(kramer, "had a part on behalf of", platform), (kramer, "is stated as of", platform)}


def test_two_people_have_the_body_in_common_for_which_both_stood(client: FlaskClient) -> None:
    """Margarita Chrysaki spoke for it in Rzeszów, Roya Ayazi in Foligno."""
    pair = "/between/person/margarita-chrysaki/person/roya-ayazi"
    assert list(panels(client, pair)) == ["In common"]
    (row,) = panels(client, pair)["In common"]
    assert row["Person or body"] == ["Network of European Regions Using Space Technologies"]
    assert [text.split(".")[0][:24] for text in row["With Margarita Chrysaki at"]] == ["Exploring the Innovation"]
    assert [text.split(".")[0][:24] for text in row["With Roya Ayazi at"]] == ["Clusters as drivers of g"]
    assert "it connects them otherwise" in client.get(pair).text


def test_two_bodies_have_the_person_in_common_who_stood_for_both(client: FlaskClient) -> None:
    common = panels(client, f"/between/{PLATFORM}/organisation/prognos")["In common"]
    assert [row["Person or body"] for row in common] == [["Jan-Philipp Kramer"]]


def test_two_countries_are_connected_by_those_from_there(client: FlaskClient) -> None:
    """One body from each signed the memorandum for Ukraine in Košice; at no other edition were both present."""
    found = panels(client, "/between/country/POL/country/ROU")
    bodies = (["Związek Pracodawców Klastry Polskie"], ["Romanian Cluster Association"])
    assert [(row["From Poland"], row["From Romania"]) for row in found["Sessions shared"]] == [bodies]
    assert [(row["From Poland"], row["From Romania"]) for row in found["Editions shared"]] == [bodies]


def test_region_lies_in_its_country_and_nobody_counts_as_company_of_themselves(client: FlaskClient) -> None:
    found = panels(client, f"/between/{DANIEL}/country/ROU")
    assert all("Daniel Coșniță" not in row["From Romania"] for row in found["Editions shared"])
    (stated,) = panels(client, "/between/country/ROU/region/RO11")["Stated of both together"]
    assert (stated["Who"], stated["How"], stated["Of which"]) == (["North-West"], ["lies in"], ["Romania"])


def test_two_who_never_met_are_led_to_each_other_by_the_shortest_way(client: FlaskClient) -> None:
    """Eduard Heger spoke in Košice alone, where Daniel Coșniță's association was a partner."""
    document = client.get(f"/between/{DANIEL}/{HEGER}.json").json
    assert document is not None
    assert "The shortest way over others has 2 steps" in document["about"]
    assert document["way"] == ["Daniel Coșniță", "Romanian Cluster Association", "Eduard Heger"]
    first, second = document["panels"]
    assert first["heading"] == "Step 1: Daniel Coșniță and Romanian Cluster Association"
    assert {row["How"][0] for row in first["rows"]} == {"had a part on behalf of", "is stated as of"}
    assert [row["Edition"][0][:19] for row in second["rows"]] == ["EU-Ukraine Business"]
    assert all(row["sources"] for panel in (first, second) for row in panel["rows"])


def test_where_there_is_no_way_it_is_said_plainly(client: FlaskClient) -> None:
    """Agnieszka Bachórz is named in Košice, with a post at an office of which nobody is stated to have taken part."""
    answer = client.get(f"/between/person/agnieszka-bachorz/{DANIEL}")
    assert answer.status_code == 200
    assert "No link between Agnieszka Bachórz and Daniel Coșniță is known" in html.unescape(answer.text)
    assert panels(client, f"/between/person/agnieszka-bachorz/{DANIEL}") == {}


def test_each_pair_has_one_address(client: FlaskClient) -> None:
    for ending in ("", ".csv"):
        answer = client.get(f"/between/{MARIELLA}/{DANIEL}{ending}")
        assert (answer.status_code, answer.headers["Location"]) == (301, PAIR + ending)


def test_pairs_are_no_matter_for_search_engines_and_keep_an_entity_tag(client: FlaskClient) -> None:
    answer = client.get(PAIR)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(PAIR, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/between/{DANIEL}/{DANIEL}", 400),
        (f"/between/{DANIEL}/person/nobody-here", 404),
        (f"/between/{DANIEL}/edition/2025-07-01-cluj-napoca", 404),
        (f"/between/{DANIEL}/person/{'a' * 5000}", 404),
        (f"/between/{DANIEL}/person/%00%0A%3C", 404),
        (f"/between/{DANIEL}/country/%0D%0ALink:x", 404),
        (f"/between/{DANIEL}/region/{'R' * 5000}", 404),
        (f"/between/{'k' * 5000}/x/{DANIEL}", 404),
        ("/between/country/ROU/country/ROU", 400),
        (f"{PAIR}.exe", 404),
        (f"/between?a={'a' * 5000}", 400),
        ("/between?a=x&a=y", 400),
        ("/between?who=x", 400),
    ],
)
def test_what_makes_no_pair_is_refused(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_form_leads_to_the_pair_by_names_in_any_spelling(client: FlaskClient) -> None:
    answer = client.get("/between", query_string={"a": "daniel cosnita", "b": "MARIELLA MASSELINK"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAIR)


def test_form_offers_all_who_may_be_meant_and_keeps_who_is_sure(client: FlaskClient) -> None:
    page = client.get("/between", query_string={"a": DANIEL, "b": "cluster"}).text
    assert page.count('type="radio"') > 5
    assert f'type="hidden" name="a" value="{DANIEL}"' in page


@pytest.mark.parametrize("name", ["qqqqq", "<script>", "\x00", "\u202e", "person/nobody", "person/", "/"])
def test_form_says_that_nobody_is_called_so(client: FlaskClient, name: str) -> None:
    answer = client.get("/between", query_string={"a": DANIEL, "b": name})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.split("<main", 1)[1]


@pytest.mark.parametrize("thing", [DANIEL, "country/ROU"])
def test_page_of_a_thing_leads_to_it(client: FlaskClient, thing: str) -> None:
    assert f'name="a" value="{thing}"' in client.get(f"/page/{thing}").text


def test_page_of_an_actor_leads_to_what_connects_it_with_each_companion(client: FlaskClient) -> None:
    page = client.get(f"/page/{MARIELLA}").text
    assert f'<a href="{PAIR}"><bdi>What connects them</bdi></a>' in page


def test_programs_find_the_same_as_data(client: FlaskClient) -> None:
    link = client.get(PAIR).headers["Link"]
    assert f'<{PAIR}.json>; rel="alternate"; type="application/json"' in link
