"""What connects two: answers worked out by hand from the data, one address for each pair, hostile names refused."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

DANIEL, MARIELLA, HEGER = "person/daniel-cosnita", "person/mariella-masselink", "person/eduard-heger"
PAIR = f"/between/{DANIEL}/{MARIELLA}"
KRAMER, PLATFORM = "person/jan-philipp-kramer", "organisation/european-cluster-collaboration-platform"


def test_two_who_spoke_in_the_same_openings_are_connected_by_them(client: FlaskClient) -> None:
    """Both opened Cluj-Napoca in 2025, where words of hers are quoted too: that is no role of presence."""
    found = client.get(f"{PAIR}.json").json
    assert found is not None
    assert found["about"] == (
        "Daniel Coșniță and Mariella Masselink took part in 2 of the same editions, "
        "and there in 2 of the same sessions."
    )
    sessions, editions = found["panels"]
    cluj = [row for row in sessions["rows"] if "Cluj" in row["under"]]
    assert [(row["Daniel Coșniță as"], row["Mariella Masselink as"]) for row in cluj] == [
        (["opening speaker"], ["opening speaker"])
    ]
    assert all(row["sources"] for row in sessions["rows"])
    assert len(editions["rows"]) == 2


def test_page_says_it_in_one_sentence_and_each_panel_leads_to_its_query(client: FlaskClient) -> None:
    page = client.get(PAIR).text
    assert "took part in 2 of the same editions, and there in 2 of the same sessions." in page
    assert page.count("/queries/between/") == 2
    assert 'rel="canonical"' in page
    query = client.get(f"{PAIR}.json").json["panels"][0]["query"]  # type: ignore[index]
    assert "VALUES (?a ?b)" in client.get(query).text


def test_csv_holds_the_rows_that_are_shown(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get(f"{PAIR}.csv").text)))
    assert [row[0] for row in rows[1:]] == ["Sessions shared"] * 2 + ["Editions shared"] * 2
    assert client.get(PAIR, headers={"Accept": "text/csv"}).text == client.get(f"{PAIR}.csv").text


def test_person_and_the_body_stood_for_are_connected_by_what_is_stated(client: FlaskClient) -> None:
    """In Cluj-Napoca he presented the input paper for the platform, and is stated as of it."""
    found = client.get(f"/between/{PLATFORM}/{KRAMER}.json").json
    assert found is not None
    stated = next(panel for panel in found["panels"] if panel["heading"].startswith("Stated of both"))
    said = {(row["Who"][0], row["How"][0], row["Of which"][0]) for row in stated["rows"]}
    kramer, platform = "Jan-Philipp Kramer", "European Cluster Collaboration Platform"
    assert said == {(kramer, "had a part on behalf of", platform), (kramer, "is stated as of", platform)}


def test_two_who_were_never_at_the_same_edition_have_no_direct_link(client: FlaskClient) -> None:
    """Eduard Heger is named in Košice alone, Daniel Coșniță in Iași and Cluj-Napoca."""
    answer = client.get(f"/between/{DANIEL}/{HEGER}")
    assert answer.status_code == 200
    assert "No direct link between Daniel Coșniță and Eduard Heger is known" in answer.text
    assert client.get(f"/between/{DANIEL}/{HEGER}.json").json["panels"] == []  # type: ignore[index]


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


def test_page_of_an_actor_leads_to_it(client: FlaskClient) -> None:
    assert f'name="a" value="{DANIEL}"' in client.get(f"/page/{DANIEL}").text
