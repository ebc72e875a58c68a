"""What a fact sheet must agree with: itself, its file name, the vocabularies and the countries of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from clustergraph.errors import InputError
from clustergraph.importing.claims import VARIANT_FIELDS
from clustergraph.importing.registry import Registry
from clustergraph.importing.sheet import Sheet
from clustergraph.importing.vocabulary import Vocabulary
from clustergraph.names import fold

_SECTIONS = ("bodies", "people", "sessions", "statistics", "documents", "related_events", "sources")
#: section -> key -> vocabulary
_CODED = {
    "bodies": {"kind": "organisation-kind", "roles": "role"},
    "people": {"roles": "role", "status": "status"},
    "sessions": {"kind": "session-kind"},
    "statistics": {"qualifier": "qualifier"},
    "documents": {"kind": "document-kind"},
    "related_events": {"relation": "relation"},
    "sources": {"seen": "seen"},
}
Step = tuple[tuple[str | int, ...], Any]


def check(sheet: Sheet, vocabulary: Vocabulary, registry: Registry) -> None:
    """Raise InputError at the first thing that does not agree, naming file, line, key, value and remedy."""
    _check_file_name(sheet)
    _check_codes(sheet, vocabulary)
    _check_references(sheet)
    _check_countries(sheet, registry)
    _check_dates(sheet)
    _check_doubles(sheet)


def _records(sheet: Sheet) -> Iterator[Step]:
    yield ("edition",), sheet.edition
    for section in _SECTIONS:
        for number, record in enumerate(getattr(sheet, section)):
            yield (section, number), record
    for key in ("alternative_dates", "alternative_venues", "alternative_titles", "variants"):
        for number, record in enumerate(getattr(sheet.edition, key)):
            yield ("edition", key, number), record
    for number, person in enumerate(sheet.people):
        for place, post in enumerate(person.other_posts):
            yield ("people", number, "other_posts", place), post


def _check_file_name(sheet: Sheet) -> None:
    start = sheet.edition.start
    if start and not sheet.slug.startswith(f"{start.isoformat()}-"):
        raise sheet.file.complaint(
            ("edition", "start"), f"{start} does not agree with the file name; name the file {start}-<city>.yaml"
        )
    if not re.match(r"\d{4}(-\d\d){1,2}-[a-z]", sheet.slug):
        raise InputError(
            f"{sheet.file.path}: name the file <start-date>-<city>.yaml, e.g. 2025-07-01-cluj-napoca.yaml"
        )


def _check_codes(sheet: Sheet, vocabulary: Vocabulary) -> None:
    def known(path: tuple[str | int, ...], scheme: str, codes: Iterable[str]) -> None:
        for code in codes:
            if code not in vocabulary.codes(scheme):
                choice = ", ".join(vocabulary.codes(scheme))
                raise sheet.file.complaint(path, f"{code!r} is not in the vocabulary {scheme}; choose of {choice}")

    if sheet.edition.attendance_mode:
        known(("edition", "attendance_mode"), "attendance", [sheet.edition.attendance_mode])
    for section, keys in _CODED.items():
        for number, record in enumerate(getattr(sheet, section)):
            for key, scheme in keys.items():
                value = getattr(record, key)
                known((section, number, key), scheme, value if isinstance(value, tuple) else [value] if value else [])
    for number, variant in enumerate(sheet.edition.variants):
        if variant.field not in VARIANT_FIELDS:
            raise sheet.file.complaint(
                ("edition", "variants", number, "field"),
                f"{variant.field!r} is not a key that varies; choose of {', '.join(sorted(VARIANT_FIELDS))}",
            )


def _check_references(sheet: Sheet) -> None:
    def among(path: tuple[str | int, ...], known: set[str], wanted: Iterable[str], what: str) -> None:
        for name in wanted:
            if name not in known:
                raise sheet.file.complaint(
                    path, f"{name!r} is no {what} of this sheet; add it there or mend the name"
                )

    sources = {source.id for source in sheet.sources}
    sessions = {session.id for session in sheet.sessions}
    bodies = {name for body in sheet.bodies for name in (body.name, body.short) if name}
    events = {event.title for event in sheet.related_events}
    for path, record in _records(sheet):
        for key in ("src", "post_src"):
            among((*path, key), sources, getattr(record, key, ()), "id in 'sources'")
    for number, person in enumerate(sheet.people):
        among(("people", number, "sessions"), sessions, person.sessions, "id in 'sessions'")
        among(("people", number, "of"), bodies, [person.of] if person.of else [], "name in 'bodies'")
    for number, session in enumerate(sheet.sessions):
        among(("sessions", number, "led_by"), bodies, session.led_by, "name in 'bodies'")
        part_of = [session.part_of] if session.part_of else []
        among(("sessions", number, "part_of"), events, part_of, "title in 'related_events'")


def _check_countries(sheet: Sheet, registry: Registry) -> None:
    for path, record in _records(sheet):
        one = getattr(record, "country", None)
        for key, codes in (("country", [one] if one else []), ("countries", getattr(record, "countries", ()))):
            for code in codes:
                if registry.country(code) is None:
                    raise sheet.file.complaint(
                        (*path, key), f"{code!r} is no country of the registry; mend it, or add it to countries.ttl"
                    )
    for path, record in _records(sheet):
        code, country = getattr(record, "nuts", None), getattr(record, "country", None)
        if code and country and code[:2] != registry.nuts_prefix(country):
            raise sheet.file.complaint(
                (*path, "nuts"),
                f"{code!r} is not a NUTS code of {country}, whose codes begin with "
                f"{registry.nuts_prefix(country) or 'nothing: it has none'}",
            )


def _check_dates(sheet: Sheet) -> None:
    edition = sheet.edition

    def ordered(path: tuple[str | int, ...], start: date | None, end: date | None) -> None:
        if start and end and end < start:
            raise sheet.file.complaint((*path, "end"), f"{end} is before the start, {start}; mend one of them")

    ordered(("edition",), edition.start, edition.end)
    for number, dates in enumerate(edition.alternative_dates):
        ordered(("edition", "alternative_dates", number), dates.start, dates.end)
    for number, event in enumerate(sheet.related_events):
        ordered(("related_events", number), event.start, event.end)
    for number, session in enumerate(sheet.sessions):
        if not session.date or session.part_of:
            continue
        if (edition.start and session.date < edition.start) or (edition.end and session.date > edition.end):
            raise sheet.file.complaint(
                ("sessions", number, "date"),
                f"{session.date} is outside the edition, {edition.start} to {edition.end or 'an unknown day'}; "
                "mend the date, or say with part_of which related event the session belongs to",
            )


def _check_doubles(sheet: Sheet) -> None:
    for section, key in (("sources", "id"), ("sessions", "id"), ("bodies", "name"), ("people", "name")):
        seen: dict[str, int] = {}
        for number, record in enumerate(getattr(sheet, section)):
            name = fold(getattr(record, key))
            if name in seen:
                raise sheet.file.complaint(
                    (section, number, key),
                    f"{getattr(record, key)!r} stands in {section}[{seen[name]}] already; make them one",
                )
            seen[name] = number
