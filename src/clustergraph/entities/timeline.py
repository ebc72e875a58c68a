"""The timeline of the series: a row for each year, a mark for each edition where it was in the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST, Panel, bound
from clustergraph.entities.values import MONTHS, Value
from clustergraph.iris import concept
from clustergraph.store import Term

#: Sizes in the drawing: its width, the column of the years, a month, the height of a line, the width of a letter.
WIDTH, YEARS, MONTH = 940, 60, 70
LINE, PADDING, LETTER = 22, 12, 7.2
_MENTIONED = concept("coverage", "mentioned")


@dataclass
class Stop:
    """An edition on a timeline.

    :ivar x: where it begins, and ``y`` the line it stands on; ``length`` is as long as it lasted.
    :ivar city: where it was, or what it is called.
    :ivar words: its dates, in words.
    :ivar is_dated: whether a source states its date; else it stands between its neighbours.
    :ivar is_recorded: whether it has a description of its own.
    """

    x: float
    length: float
    edition: Value
    city: str
    words: str
    is_dated: bool
    is_recorded: bool
    y: float = 0

    @property
    def end(self) -> float:
        """Where its name ends."""
        return self.x + self.length + 16 + len(self.city) * LETTER


@dataclass
class Year:
    """A row of a timeline: its top, its height and its stops."""

    year: int
    top: float
    height: float = 0
    stops: list[Stop] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """What a timeline shows: years in order.

    :ivar height: of the whole drawing.
    :ivar left: how many editions before the first of these are not drawn, where there are very many.
    :ivar months: where each month begins, and its name.
    """

    years: list[Year]
    height: float
    left: int
    width: int = WIDTH

    @property
    def count(self) -> int:
        """How many editions are drawn."""
        return sum(len(year.stops) for year in self.years)

    @property
    def months(self) -> list[tuple[float, str]]:
        """Where each month begins, and its name in three letters."""
        return [(YEARS + number * MONTH, name[:3]) for number, name in enumerate(MONTHS)]


def timeline(_panel: Panel, rows: list[Solution], _marks: Marks) -> Timeline:
    """The timeline of editions in order, the last of very many: ``?edition ?start ?end ?placeLabel ?coverage``."""
    left = max(0, len(rows) - MOST)
    rows = rows[left:]
    days = _days([bound(row, "start") for row in rows])
    years: dict[int, list[Stop]] = {}
    for row, day in zip(rows, days, strict=True):
        if day is not None:
            years.setdefault(day.year, []).append(_stop(row, day))
    drawn, top = [], float(LINE)
    for number in sorted(years):
        year = _row(number, top, years[number])
        top += year.height
        drawn.append(year)
    return Timeline(drawn, top, left)


def _days(starts: list[Term | None]) -> list[date | None]:
    """The first day of each edition; where none is stated, the day in the middle between its neighbours."""
    stated = [date.fromisoformat(start.value) if start else None for start in starts]
    found = list(stated)
    for number, day in enumerate(stated):
        before = next((one for one in reversed(stated[:number]) if one), None)
        after = next((one for one in stated[number:] if one), None)
        if day is None and (before or after):
            first, last = before or after, after or before
            assert first is not None
            assert last is not None
            found[number] = first + (last - first) / 2
    return found


def _stop(row: Solution, day: date) -> Stop:
    start, end, place, coverage = (bound(row, name) for name in ("start", "end", "placeLabel", "coverage"))
    edition = values.of(row["edition"], bound(row, "editionLabel"))
    length = (date.fromisoformat(end.value) - day).days if start and end else 0
    return Stop(
        x=_x(day),
        length=round(length * MONTH / 30.4, 1),
        edition=edition,
        city=place.value if place else edition.text,
        words=values.span(start, end).text if start else "date not stated, shown between its neighbours",
        is_dated=start is not None,
        is_recorded=coverage is None or coverage.value != _MENTIONED,
    )


def _x(day: date) -> float:
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return round(YEARS + 12 * MONTH * (day.timetuple().tm_yday - 1) / length, 1)


def _row(number: int, top: float, stops: list[Stop]) -> Year:
    """A year, its stops on as many lines as keep their names apart."""
    ends: list[float] = []
    for stop in stops:
        line = next((line for line, end in enumerate(ends) if end <= stop.x), len(ends))
        ends[line : line + 1] = [stop.end]
        stop.y = top + PADDING + line * LINE + LINE / 2
    return Year(number, top, 2 * PADDING + len(ends) * LINE, stops)
