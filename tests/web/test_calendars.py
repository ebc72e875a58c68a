"""Calendars: what a source states of the days of an edition, for programs that read RFC 5545."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from clustergraph.iris import ID
from clustergraph.web.signposts import CALENDARS

KRAMER = "/feeds/person/jan-philipp-kramer.ics"
#: One of each kind, and the editions by city that are in its calendar, worked out from the fact sheets.
FOLLOWED = {
    "/feeds/country/ROU.ics": ["2023-11-21-iasi", "2025-07-01-cluj-napoca"],
    "/feeds/region/RO11.ics": ["2025-07-01-cluj-napoca"],
    "/feeds/region/RO1.ics": ["2025-07-01-cluj-napoca"],
    "/feeds/place/vaasa.ics": ["2025-09-24-vaasa"],
}

SLUGS = {
    "country": "ROU",
    "region": "RO11",
    "place": "vaasa",
    "person": "jan-philipp-kramer",
    "organisation": "romanian-cluster-association",
    "topic": "digital",
    "policy": "eu-funding-programmes",
}


def events(client: FlaskClient, path: str) -> list[dict[str, object]]:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    return [
        {"id": str(event["UID"]), "start": event.start, "end": event.end, "text": str(event.get("DESCRIPTION", ""))}
        for event in Calendar.from_ical(answer.data).walk("VEVENT")
    ]


def test_the_calendar_of_the_series_holds_every_edition_whose_days_are_known(client: FlaskClient) -> None:
    found = events(client, "/feeds/editions.ics")
    assert len(found) == 26
    assert not any("heilbronn" in str(event["id"]) for event in found)
    assert found == sorted(found, key=lambda event: str(event["start"]))


def test_it_says_which_edition_has_no_days(client: FlaskClient) -> None:
    calendar = Calendar.from_ical(client.get("/feeds/editions.ics").data)
    assert "Heilbronn" in str(calendar["DESCRIPTION"])


def test_the_last_day_belongs_to_an_edition_and_the_day_after_does_not(client: FlaskClient) -> None:
    (cluj,) = events(client, "/feeds/region/RO11.ics")
    assert (cluj["start"], cluj["end"]) == (date(2025, 7, 1), date(2025, 7, 3))


def test_an_edition_without_a_stated_end_is_one_day(client: FlaskClient) -> None:
    (eindhoven,) = [e for e in events(client, "/feeds/editions.ics") if str(e["id"]).endswith("eindhoven")]
    assert (eindhoven["start"], eindhoven["end"]) == (date(2025, 3, 26), date(2025, 3, 27))


@pytest.mark.parametrize(("path", "editions"), FOLLOWED.items())
def test_a_calendar_holds_the_editions_of_its_thing_alone(
    client: FlaskClient, path: str, editions: list[str]
) -> None:
    assert [event["id"] for event in events(client, path)] == [f"{ID}edition/{edition}" for edition in editions]


def test_the_calendar_of_a_person_says_in_which_role(client: FlaskClient) -> None:
    (cluj,) = [event for event in events(client, KRAMER) if str(event["id"]).endswith("cluj-napoca")]
    assert "took part: " in str(cluj["text"])
    assert "presenter" in str(cluj["text"])


def test_the_calendar_of_who_is_only_mentioned_is_empty(client: FlaskClient) -> None:
    assert events(client, "/feeds/organisation/imp3rove.ics") == []


@pytest.mark.parametrize("kind", CALENDARS)
def test_a_page_names_its_calendar(client: FlaskClient, kind: str) -> None:
    page = client.get(f"/page/{kind}/{SLUGS[kind]}").text
    path = f"/feeds/{kind}/{SLUGS[kind]}.ics"
    assert f'<link rel="alternate" type="text/calendar" title="Calendar" href="{path}">' in page
    assert client.get(path).status_code == 200


def test_no_line_is_longer_than_75_octets_and_each_ends_in_crlf(client: FlaskClient) -> None:
    data = client.get("/feeds/editions.ics").data
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # no character is cut in two


def test_names_survive(client: FlaskClient) -> None:
    text = client.get("/feeds/country/SVK.ics").data.replace(b"\r\n ", b"").decode()
    assert "Košice" in text


def test_the_same_facts_give_the_same_bytes(client: FlaskClient) -> None:
    assert client.get(KRAMER).data == client.get(KRAMER).data
    assert "DTSTAMP:20250710T000000Z" in client.get("/feeds/region/RO11.ics").text


@pytest.mark.parametrize(
    "path", ["/feeds/edition/2025-07-01-cluj-napoca.ics", "/feeds/person/nobody.ics", "/feeds/person/..%2f..ics"]
)
def test_what_has_no_calendar_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_hostile_names_stay_in_their_line(hostile_client: FlaskClient) -> None:
    calendar = Calendar.from_ical(hostile_client.get("/feeds/organisation/hostile.ics").data)
    assert "</script>" in str(calendar["NAME"])
    assert [str(part.name) for part in calendar.walk()] == ["VCALENDAR"]
