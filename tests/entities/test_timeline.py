"""The timeline: each edition where it was in its year, with room for its name."""

from __future__ import annotations

from itertools import pairwise

from clustergraph import store
from clustergraph.engine import Solution
from clustergraph.entities.catalogue.home import TIMELINE
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST
from clustergraph.entities.timeline import MONTH, YEARS, Stop, Timeline, timeline
from clustergraph.iris import concept, slugify, thing

RECORDED = concept("coverage", "recorded")


def rows(*editions: tuple[str, str, str]) -> list[Solution]:
    """Rows of name, first and last day; without a first day where it is empty."""
    lines = " ".join(
        f'(<{thing("edition", slugify(name))}> "{name}" {_day(start)} {_day(end)} <{RECORDED}>)'
        for name, start, end in editions
    )
    variables = "?edition ?editionLabel ?start ?end ?coverage"
    return store.in_memory([]).select(f"SELECT {variables} WHERE {{ VALUES ({variables}) {{ {lines} }} }}")


def _day(text: str) -> str:
    return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#date>' if text else "UNDEF"


def shown(*editions: tuple[str, str, str]) -> Timeline:
    return timeline(TIMELINE, rows(*editions), Marks(store.in_memory([])))


def stops(drawn: Timeline) -> list[Stop]:
    return [stop for year in drawn.years for stop in year.stops]


def test_edition_stands_in_its_year_where_it_was() -> None:
    first, second = stops(shown(("A", "2024-01-01", "2024-01-02"), ("B", "2025-07-02", "2025-07-02")))
    assert first.x == YEARS
    assert abs(second.x - (YEARS + 6 * MONTH)) < 2
    assert (first.words, second.words) == ("1–2 January 2024", "2 July 2025")


def test_names_on_one_line_do_not_touch() -> None:
    drawn = shown(*((f"Edition {day}", f"2024-05-{day:02}", "") for day in range(1, 20, 3)))
    lines: dict[float, list[Stop]] = {}
    for stop in stops(drawn):
        lines.setdefault(stop.y, []).append(stop)
    assert len(lines) > 1
    assert all(one.end <= other.x for line in lines.values() for one, other in pairwise(line))


def test_edition_without_a_date_stands_between_its_neighbours_and_says_so() -> None:
    first, second, third = stops(shown(("A", "2025-03-01", ""), ("B", "", ""), ("C", "2025-05-01", "")))
    assert first.x < second.x < third.x
    assert not second.is_dated
    assert "not stated" in second.words


def test_years_follow_each_other_without_overlap() -> None:
    years = shown(("A", "2022-03-01", ""), ("B", "2023-03-01", ""), ("C", "2025-05-01", "")).years
    assert [year.year for year in years] == [2022, 2023, 2025]
    assert [year.top + year.height for year in years[:-1]] == [year.top for year in years[1:]]


def test_nothing_known_is_an_empty_timeline() -> None:
    assert shown().count == 0
    assert shown(("A", "", "")).count == 0


def test_of_very_many_editions_the_last_are_drawn_and_the_others_counted() -> None:
    drawn = shown(*((f"Edition {number}", f"{1000 + number}-05-01", "") for number in range(MOST + 2)))
    assert (drawn.count, drawn.left) == (MOST, 2)
    assert stops(drawn)[0].city == "Edition 2"
