"""A sheet that is wrong is refused with file, line, key, value and remedy, and nothing is written."""

from __future__ import annotations

import pytest

from clustergraph.errors import InputError

from .conftest import Project

#: what is changed in the sheet, into what, and words the message must hold
WRONG = [
    ("series: Clusters", "seriez: Clusters", ["edition.seriez", "unknown key", "series"]),
    ("bodies:", "bodys:", ["bodys", "unknown key"]),
    ("  title: Clusters meet Regions Tromsø\n", "", ["edition", "'title' is missing"]),
    ("kind: eu_platform", "kind: eu_plattform", ["line 31", "bodies[0].kind", "'eu_plattform'", "choose of"]),
    ("roles: [organiser]", "roles: [organizer]", ["bodies[0].roles", "'organizer'", "organiser"]),
    ("roles: [panellist]", "roles: panellist", ["people[1].roles", "write [panellist]"]),
    ("status: to_be_confirmed", "status: maybe", ["people[1].status", "'maybe'", "invited"]),
    ("kind: opening", "kind: overture", ["sessions[0].kind", "'overture'"]),
    ("qualifier: over", "qualifier: above", ["statistics[0].qualifier", "'above'"]),
    ("kind: recording", "kind: film", ["documents[2].kind", "'film'"]),
    ("relation: side_event", "relation: beside", ["related_events[0].relation", "'beside'"]),
    ("seen: whole", "seen: partly", ["sources[0].seen", "'partly'"]),
    ("attendance_mode: mixed", "attendance_mode: both", ["edition.attendance_mode", "'both'"]),
    ("field: region", "field: weather", ["edition.variants[0].field", "'weather'"]),
    ("start: 2026-03-10", "start: 2026-02-30", ["2026-03-10-tromso.yaml", "YYYY-MM-DD"]),
    ("start: 2026-03-10", "start: 10 March 2026", ["edition.start", "YYYY-MM-DD"]),
    ("end: 2026-03-11", "end: 2026-03-09", ["edition.end", "before the start"]),
    ("date: 2026-03-11", "date: 2026-03-14", ["sessions[1].date", "outside the edition", "part_of"]),
    ("sessions: [opening]", "sessions: [overture]", ["people[0].sessions", "'overture'", "'sessions'"]),
    ("of: Nordnorsk Havbruksklynge AS", "of: Nordnorsk", ["people[0].of", "'Nordnorsk'", "'bodies'"]),
    ("led_by: [ECCP]", "led_by: [ECP]", ["sessions[0].led_by", "'ECP'"]),
    ("part_of: Warm-up", "part_of: Warmup", ["sessions[2].part_of", "'Warmup'"]),
    ("post_src: [s1]", "post_src: [s9]", ["people[0].post_src", "'s9'", "'sources'"]),
    ("note: an invented edition\n", "note: ''\n", ["edition.note", "is not a text"]),
    ("note: an invented edition\n", 'note: "a\\u202eb"\n', ["edition.note", "control character"]),
    ("  src: [s1]\nbodies", "  src: []\nbodies", ["edition.src", "the list is empty"]),
    ("  src: [s1]\nbodies", "bodies", ["edition", "'src' is missing"]),
    ("https://example.org/havbruk", "javascript:alert(1)", ["bodies[1].website", "http(s)"]),
    ("country: NO\n  venue", "country: XX\n  venue", ["edition.country", "'XX'", "countries.ttl"]),
    ("country: NO\n  venue", "country: no\n  venue", ["edition.country", "two capital letters"]),
    ("nuts: NO07\n  country", "nuts: SE33\n  country", ["edition.nuts", "'SE33'", "NO"]),
    ("nuts: NO07\n  country", "nuts: NO0711\n  country", ["edition.nuts", "level 1 or 2"]),
    ("order: 1", "order: first", ["sessions[0].order", "'first'"]),
    ("online: true", "online: yes", ["people[1].online", "neither true nor false"]),
    ("value: 300", "value: true", ["statistics[0].value"]),
    ("id: panel", "id: Panel 1", ["sessions[1].id", "'Panel 1'"]),
    ("id: webinar", "id: opening", ["sessions[2].id", "already"]),
    ("name: Олена Північна", "name: Kári Ørnulf Ångström", ["people[1].name", "already"]),
    ("published: 2026-03,", "published: 2026-13,", ["sources[1].published", "YYYY-MM"]),
    ("topics: [aquaculture, Agri-food", "topics: [*x, Agri-food", ["aliases"]),
    ("edition:", "edition: [", ["not valid YAML"]),
    ("  theme:", "  number: 3\n  theme:", ["'number' occurs twice"]),
]


@pytest.mark.parametrize(("old", "new", "words"), WRONG, ids=[f"{new.strip()[:40]}" for _, new, _ in WRONG])
def test_wrong_sheet_is_refused_by_file_key_and_value(project: Project, old: str, new: str, words: list[str]) -> None:
    project.change(old, new)
    before = project.snapshot()
    with pytest.raises(InputError) as refused:
        project.prepare()
    for word in ["2026-03-10-tromso.yaml", *words]:
        assert word in refused.value.message
    assert project.snapshot() == before


def test_file_that_is_not_utf8_is_refused(project: Project) -> None:
    project.sheet.write_bytes(b"edition: \xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        project.prepare()


def test_file_over_the_bound_is_refused(project: Project) -> None:
    project.sheet.write_bytes(b"# " + b"x" * 2_000_001)
    with pytest.raises(InputError, match="at most 2000000"):
        project.prepare()


def test_deep_nesting_is_refused(project: Project) -> None:
    project.sheet.write_text("edition: " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(InputError, match="nested too deeply"):
        project.prepare()


def test_text_of_more_than_5000_characters_is_refused(project: Project) -> None:
    project.change("note: an invented edition", f"note: {'x' * 5001}")
    with pytest.raises(InputError, match="at most 5000"):
        project.prepare()


def test_file_name_must_begin_with_the_start(project: Project) -> None:
    project.sheet = project.sheet.rename(project.sheet.with_name("2026-03-12-tromso.yaml"))
    with pytest.raises(InputError, match="name the file 2026-03-10"):
        project.prepare()


def test_empty_file_is_refused(project: Project) -> None:
    project.sheet.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="is empty"):
        project.prepare()


def test_country_code_of_norway_is_not_false(project: Project) -> None:
    project.run()
    assert b"country:NOR" in (project.folder / "data/editions/2026-03-10-tromso.ttl").read_bytes()
