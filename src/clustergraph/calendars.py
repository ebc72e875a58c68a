"""Calendars of editions: iCalendar (RFC 5545, with the names of RFC 7986), the same bytes for the same facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import icalendar

PRODUCER = "-//clustergraph//Clusters meet Regions//EN"
#: How often programs should ask again: releases come rarely.
REFRESH = timedelta(days=1)


@dataclass(frozen=True)
class Occasion:
    """An event of whole days.

    :ivar iri: its permanent address, which is its identifier in every calendar.
    :ivar start: the first day.
    :ivar end: the last day; None where no source states it.
    :ivar place: where, in words, or empty.
    :ivar description: what more there is to say, or empty.
    :ivar stated: when what is said here was last published, which is the time stamp of the event.
    """

    iri: str
    title: str
    start: date
    end: date | None
    place: str
    description: str
    stated: date


def write(name: str, about: str, address: str, occasions: Iterable[Occasion]) -> bytes:
    """A calendar for programs to follow.

    :param name: what it is called, and ``about`` what it holds.
    :param address: where it can be had again.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", about)
    calendar.add("source", address, {"VALUE": "URI"})
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    for occasion in occasions:
        calendar.add_component(_event(occasion))
    return bytes(calendar.to_ical())


def _event(occasion: Occasion) -> icalendar.Event:
    event = icalendar.Event()
    stamp = datetime.combine(occasion.stated, time(), UTC)
    event.add("uid", occasion.iri)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", occasion.start)
    # The end of whole days is the day after the last one (RFC 5545, section 3.6.1).
    event.add("dtend", (occasion.end or occasion.start) + timedelta(days=1))
    event.add("summary", occasion.title)
    event.add("url", occasion.iri)
    event.add("categories", ["Clusters meet Regions"])
    if occasion.place:
        event.add("location", occasion.place)
    if occasion.description:
        event.add("description", occasion.description)
    event.add("transp", "TRANSPARENT")
    return event
