"""A fact sheet: the records it holds, read strictly from YAML.

Every key is used or is an error. Field names are the sheet's own keys.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from clustergraph.errors import InputError
from clustergraph.importing import values
from clustergraph.importing.yamlfile import YamlFile
from clustergraph.iris import SLUG

_Record = TypeVar("_Record")


def _needed(parse: Callable[[Any], Any]) -> Any:
    return field(metadata={"parse": parse, "needed": True})


def _maybe(parse: Callable[[Any], Any], default: Any = None) -> Any:
    return field(default=default, metadata={"parse": parse, "needed": False})


@dataclass(frozen=True, kw_only=True)
class AlternativeDates:
    """Dates that another source gives."""

    start: date = _needed(values.day)
    end: date | None = _maybe(values.day)
    where: str | None = _maybe(values.text)
    src: tuple[str, ...] = _needed(values.local_ids)


@dataclass(frozen=True, kw_only=True)
class AlternativeVenue:
    """A venue that another source gives."""

    venue: str = _needed(values.text)
    where: str | None = _maybe(values.text)
    src: tuple[str, ...] = _needed(values.local_ids)


@dataclass(frozen=True, kw_only=True)
class AlternativeTitle:
    """A title that another source gives."""

    title: str = _needed(values.text)
    where: str | None = _maybe(values.text)
    src: tuple[str, ...] = _needed(values.local_ids)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What another source says of one key of the edition."""

    field: str = _needed(values.code)
    value: str = _needed(lambda value: values.text(str(value)))
    src: tuple[str, ...] = _needed(values.local_ids)


@dataclass(frozen=True, kw_only=True)
class OtherPost:
    """A person's post as another source has it."""

    post: str = _needed(values.text)
    src: tuple[str, ...] = _needed(values.local_ids)


def _records(cls: type[_Record]) -> Callable[[Any], list[Any]]:
    def parse(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValueError("is not a list of records")
        return value

    parse.record = cls  # type: ignore[attr-defined]
    return parse


@dataclass(frozen=True, kw_only=True)
class EditionRecord:
    """The edition itself."""

    series: str = _needed(values.text)
    title: str = _needed(values.text)
    city: str = _needed(values.text)
    country: str = _needed(values.country_code)
    src: tuple[str, ...] = _needed(values.local_ids)
    number: int | None = _maybe(values.ordinal)
    theme: str | None = _maybe(values.text)
    start: date | None = _maybe(values.day)
    end: date | None = _maybe(values.day)
    region: str | None = _maybe(values.text)
    nuts: str | None = _maybe(values.nuts_code)
    venue: str | None = _maybe(values.text)
    event_url: str | None = _maybe(values.address)
    attendance_mode: str | None = _maybe(values.code)
    note: str | None = _maybe(values.text)
    alternative_dates: tuple[AlternativeDates, ...] = _maybe(_records(AlternativeDates), ())
    alternative_venues: tuple[AlternativeVenue, ...] = _maybe(_records(AlternativeVenue), ())
    alternative_titles: tuple[AlternativeTitle, ...] = _maybe(_records(AlternativeTitle), ())
    variants: tuple[Variant, ...] = _maybe(_records(Variant), ())


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation, cluster, authority, company or project that appears."""

    name: str = _needed(values.text)
    kind: str = _needed(values.code)
    roles: tuple[str, ...] = _needed(values.codes)
    src: tuple[str, ...] = _needed(values.local_ids)
    short: str | None = _maybe(values.text)
    as_written: tuple[str, ...] = _maybe(values.list_of_texts, ())
    country: str | None = _maybe(values.country_code)
    city: str | None = _maybe(values.text)
    nuts: str | None = _maybe(values.nuts_code)
    sectors: tuple[str, ...] = _maybe(values.list_of_texts, ())
    website: str | None = _maybe(values.address)
    note: str | None = _maybe(values.text)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person, in the public professional role held at this edition."""

    name: str = _needed(values.text)
    roles: tuple[str, ...] = _needed(values.codes)
    src: tuple[str, ...] = _needed(values.local_ids)
    as_written: tuple[str, ...] = _maybe(values.list_of_texts, ())
    post: str | None = _maybe(values.text)
    post_src: tuple[str, ...] = _maybe(values.local_ids, ())
    other_posts: tuple[OtherPost, ...] = _maybe(_records(OtherPost), ())
    of: str | None = _maybe(values.text)
    country: str | None = _maybe(values.country_code)
    sessions: tuple[str, ...] = _maybe(values.local_ids, ())
    online: bool = _maybe(values.flag, False)
    status: str | None = _maybe(values.code)
    note: str | None = _maybe(values.text)


@dataclass(frozen=True, kw_only=True)
class SessionRecord:
    """A session of the programme."""

    id: str = _needed(values.local_id)
    title: str = _needed(values.text)
    kind: str = _needed(values.code)
    src: tuple[str, ...] = _needed(values.local_ids)
    date: date | None = _maybe(values.day)
    order: int | None = _maybe(values.ordinal)
    led_by: tuple[str, ...] = _maybe(values.list_of_texts, ())
    countries: tuple[str, ...] = _maybe(values.country_codes, ())
    topics: tuple[str, ...] = _maybe(values.list_of_texts, ())
    place: str | None = _maybe(values.text)
    part_of: str | None = _maybe(values.text)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A stated figure, or a word in the place of one."""

    what: str = _needed(values.text)
    value: int | Decimal | str = _needed(values.figure)
    src: tuple[str, ...] = _needed(values.local_ids)
    qualifier: str | None = _maybe(values.code)
    of: tuple[str, ...] = _maybe(values.texts, ())


@dataclass(frozen=True, kw_only=True)
class DocumentRecord:
    """A document of the edition: input paper, agenda, presentation, album."""

    kind: str = _needed(values.code)
    title: str = _needed(values.text)
    src: tuple[str, ...] = _needed(values.local_ids)
    url: str | None = _maybe(values.address)


@dataclass(frozen=True, kw_only=True)
class RelatedEventRecord:
    """Another event that a source relates to the edition."""

    title: str = _needed(values.text)
    relation: str = _needed(values.code)
    src: tuple[str, ...] = _needed(values.local_ids)
    start: date | None = _maybe(values.day)
    end: date | None = _maybe(values.day)
    city: str | None = _maybe(values.text)
    country: str | None = _maybe(values.country_code)


@dataclass(frozen=True, kw_only=True)
class SourceRecord:
    """A public page that was read."""

    id: str = _needed(values.local_id)
    url: str = _needed(values.address)
    publisher: str = _needed(values.text)
    seen: str = _needed(values.code)
    title: str | None = _maybe(values.text)
    published: str | None = _maybe(values.period)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A whole fact sheet.

    :ivar slug: the edition's slug, from the file name.
    :ivar file: the file, for complaints that name a line.
    """

    slug: str
    file: YamlFile
    edition: EditionRecord
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]
    sessions: tuple[SessionRecord, ...]
    statistics: tuple[Figure, ...]
    documents: tuple[DocumentRecord, ...]
    topics: tuple[str, ...]
    policies: tuple[str, ...]
    related_events: tuple[RelatedEventRecord, ...]
    sources: tuple[SourceRecord, ...]


_SECTIONS: dict[str, type[Any]] = {
    "bodies": Body,
    "people": Person,
    "sessions": SessionRecord,
    "statistics": Figure,
    "documents": DocumentRecord,
    "related_events": RelatedEventRecord,
    "sources": SourceRecord,
}
_LISTS = ("topics", "policies")


def read(path: Path) -> Sheet:
    """Read a fact sheet; what it says is not yet checked against itself or the registry.

    :param path: a YAML file named ``<start-date>-<city-ascii-lowercase>.yaml``.
    :raises InputError: naming file, line, key, value and remedy.
    """
    if path.suffix not in (".yaml", ".yml") or not SLUG.fullmatch(path.stem) or "--" in path.stem:
        raise InputError(f"{path}: name the file <start-date>-<city>.yaml, e.g. 2025-07-01-cluj-napoca.yaml")
    file = YamlFile(path)
    content = file.content
    _check_keys(file, (), content, {"edition", *_SECTIONS, *_LISTS}, {"edition", "sources"})
    return Sheet(
        slug=path.stem,
        file=file,
        edition=_record(file, ("edition",), content["edition"], EditionRecord),
        **{name: _section(file, (name,), content.get(name, []), cls) for name, cls in _SECTIONS.items()},
        **{name: _value(file, (name,), content.get(name, []), values.list_of_texts) for name in _LISTS},
    )


def _check_keys(file: YamlFile, path: tuple[str | int, ...], mapping: Any, known: set[str], needed: set[str]) -> None:
    if not isinstance(mapping, dict):
        raise file.complaint(path, f"{mapping!r} is not a record of keys and values")
    for key in mapping:
        if key not in known:
            raise file.complaint((*path, key), f"unknown key; the keys here are {', '.join(sorted(known))}")
    for key in sorted(needed - set(mapping)):
        raise file.complaint(path, f"the key {key!r} is missing")


def _record(file: YamlFile, path: tuple[str | int, ...], mapping: Any, cls: type[_Record]) -> _Record:
    fields = {item.name: item.metadata for item in dataclasses.fields(cls)}  # type: ignore[arg-type]
    _check_keys(file, path, mapping, set(fields), {name for name, meta in fields.items() if meta["needed"]})
    return cls(**{key: _value(file, (*path, key), value, fields[key]["parse"]) for key, value in mapping.items()})


def _section(file: YamlFile, path: tuple[str | int, ...], items: Any, cls: type[_Record]) -> tuple[_Record, ...]:
    if not isinstance(items, list):
        raise file.complaint(path, "is not a list of records; begin each with '- '")
    return tuple(_record(file, (*path, number), item, cls) for number, item in enumerate(items))


def _value(file: YamlFile, path: tuple[str | int, ...], value: Any, parse: Callable[[Any], Any]) -> Any:
    try:
        parsed = parse(value)
    except ValueError as error:
        raise file.complaint(path, str(error)) from error
    record = getattr(parse, "record", None)
    return _section(file, path, parsed, record) if record else parsed
