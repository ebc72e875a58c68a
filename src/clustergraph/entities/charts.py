"""Charts of stated figures: one column for each edition, and each figure drawn as its source words it.

"Over 300" is no 300: a qualifier has its own mark. Figures of the same scope that differ are joined to a range;
figures of a part, such as those online, are drawn apart from figures of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST, Panel, bound
from clustergraph.entities.values import Value
from clustergraph.iris import concept

#: Sizes in the drawing: a column, the room left of the columns, the height of the scale, and the room below it.
COLUMN, LEFT, SCALE, TOP, BELOW = 31, 44, 220, 16, 110
#: The scale ends at a multiple of one of these, so that it has at most five lines.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000)
#: Qualifier -> the mark that shows it.
SHAPES = {"over": "over", "nearly": "below", "below": "below", "about": "about"}
#: Shape -> what the legend calls it.
LEGEND = {"exactly": "as stated", "over": "over", "about": "about", "below": "nearly or below"}
TOTAL = concept("scope", "total")
QUALIFIER = concept("qualifier", "")


@dataclass
class Figure:
    """A figure that a source states.

    :ivar stated: the figure in the words of its source, linked with where it stands.
    :ivar number: its number, or None where it is words alone.
    :ivar shape: how it is drawn: a key of :data:`LEGEND`.
    :ivar scopes: what it counts, where that is not the whole.
    :ivar y: where it stands in the drawing.
    """

    stated: Value
    number: float | None
    shape: str
    scopes: list[str] = field(default_factory=list)
    y: float = 0

    @property
    def is_whole(self) -> bool:
        """Whether it counts everyone, as far as the source says."""
        return not self.scopes

    @property
    def words(self) -> str:
        """The figure and what it counts."""
        return ", ".join([self.stated.text, *self.scopes])


@dataclass
class Column:
    """An edition in a chart, with its figures, the largest first.

    :ivar x: the middle of its column.
    :ivar label: city and year.
    :ivar ranges: of each scope with figures that differ: where the range begins and ends, and whether of the whole.
    """

    edition: Value
    label: str
    x: float
    figures: list[Figure] = field(default_factory=list)
    ranges: list[tuple[float, float, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """What a chart shows.

    :ivar columns: the editions, the last of very many.
    :ivar lines: the lines of the scale: where, and their number.
    :ivar left: how many editions before the first of these are not drawn.
    """

    columns: list[Column]
    lines: list[tuple[float, int]]
    left: int

    @property
    def count(self) -> int:
        """How many editions drawn have a figure."""
        return sum(bool(column.figures) for column in self.columns)

    @property
    def width(self) -> int:
        """Of the drawing."""
        return LEFT + COLUMN * len(self.columns) + 8

    @property
    def height(self) -> int:
        """Of the drawing."""
        return TOP + SCALE + BELOW

    @property
    def base(self) -> int:
        """Where the scale begins."""
        return TOP + SCALE

    @property
    def has_parts(self) -> bool:
        """Whether any figure counts a part only."""
        return any(not figure.is_whole for column in self.columns for figure in column.figures)

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The shapes that occur, and what they are called."""
        shapes = {figure.shape for column in self.columns for figure in column.figures if figure.number is not None}
        return [(shape, name) for shape, name in LEGEND.items() if shape in shapes]


def chart(_panel: Panel, rows: list[Solution], _marks: Marks) -> Chart:
    """The chart of an indicator: rows of ``?edition ?item ?number ?qualifier ?stated ?scopeLabel``."""
    editions = dict.fromkeys(edition for row in rows if (edition := bound(row, "edition")))
    left = max(0, len(editions) - MOST)
    drawn = set(list(editions)[left:])
    columns: dict[str, Column] = {}
    figures: dict[str, Figure] = {}
    for row in rows:
        edition, item = bound(row, "edition"), bound(row, "item")
        if edition not in drawn:
            continue
        column = columns.setdefault(edition.value, _column(row, len(columns)))
        if item is not None:
            if item.value not in figures:
                figures[item.value] = _figure(row)
                column.figures.append(figures[item.value])
            figures[item.value].scopes += [one for one in _scopes(row) if one not in figures[item.value].scopes]
    return _drawn(list(columns.values()), left)


def _column(row: Solution, number: int) -> Column:
    edition = values.of(row["edition"], bound(row, "editionLabel"))
    city, day = bound(row, "city"), bound(row, "date")
    words = [city.value if city else edition.text, *([day.value[:4]] if day else [])]
    return Column(edition, " ".join(words), LEFT + COLUMN * (number + 0.5))


def _figure(row: Solution) -> Figure:
    number, qualifier, stated = bound(row, "number"), bound(row, "qualifier"), bound(row, "stated")
    slug = qualifier.value.removeprefix(QUALIFIER) if qualifier else ""
    return Figure(
        stated=values.of(row["item"], stated),
        number=float(number.value) if number else None,
        shape=SHAPES.get(slug, "exactly"),
    )


def _scopes(row: Solution) -> Iterator[str]:
    scope = bound(row, "scope")
    for name in ("scope", "about"):
        label = bound(row, f"{name}Label")
        if label is not None and not (name == "scope" and scope is not None and scope.value == TOTAL):
            yield label.value


def _drawn(columns: list[Column], left: int) -> Chart:
    """The columns with every figure at its height."""
    highest = max((figure.number or 0 for column in columns for figure in column.figures), default=0)
    step = next((step for step in STEPS if highest <= 5 * step), STEPS[-1])
    top = step * max(1, ceil(highest / step))
    for column in columns:
        for figure in column.figures:
            figure.y = _y(figure.number or 0, top)
        column.ranges = list(_ranges(column.figures))
    return Chart(columns, [(_y(number, top), number) for number in range(0, top + 1, step)], left)


def _y(number: float, top: float) -> float:
    return round(TOP + SCALE * (1 - number / top), 1)


def _ranges(figures: list[Figure]) -> Iterator[tuple[float, float, bool]]:
    """Where figures of the same scope begin and end that differ."""
    by_scope: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        if figure.number is not None:
            by_scope.setdefault(tuple(sorted(figure.scopes)), []).append(figure)
    for same in by_scope.values():
        ends = sorted(figure.y for figure in same)
        if ends[0] != ends[-1]:
            yield ends[0], ends[-1], same[0].is_whole
