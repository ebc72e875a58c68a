"""Maps of Europe: where editions were, as points in the projection that the outlines are drawn in."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians, sin, sqrt

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST, Panel, bound, holds
from clustergraph.entities.values import Value

#: Lambert's azimuthal equal-area projection about 52° N 10° E, as Eurostat draws Europe, here of a sphere; the size
#: of the drawing, its units for one radian, and where that point stands. ``web/editor/outlines.mjs`` has the same.
WIDTH, HEIGHT = 640, 560
LATITUDE, LONGITUDE = radians(52), radians(10)
SCALE = 830
MIDDLE = (250, 312)
#: Size of a label: width of a letter and height of a line; its distance from the point.
LETTER, LINE, OFFSET = 6.4, 12, 8

Box = tuple[float, float, float, float]
#: Most editions that the words of a point name.
NAMED = 20
#: Side of the squares by which boxes near each other are found.
CELL = 20


@dataclass
class Pin:
    """A point of a map; places that coincide in the drawing are one.

    :ivar place: the place there, the first of several.
    :ivar editions: the editions held there.
    :ivar here: whether the edition asked about is among them.
    :ivar side: on which side its name stands: ``start``, ``end``, or empty where no side has room for it.
    """

    x: float
    y: float
    place: Value
    editions: list[Value] = field(default_factory=list)
    here: bool = False
    side: str = ""

    @property
    def words(self) -> str:
        """The place and its editions, with the number of those that are too many to name."""
        left = len(self.editions) - NAMED
        named = [edition.text for edition in self.editions[:NAMED]] + ([f"and {left:,} more"] if left > 0 else [])
        return f"{self.place.text}: {'; '.join(named)}"

    @property
    def label_x(self) -> float:
        """Where its name begins, or ends."""
        return self.x + (OFFSET if self.side == "start" else -OFFSET)

    def box(self, side: str) -> Box:
        """What its name would cover on a side: left, top, right, bottom."""
        width = len(self.place.text) * LETTER
        left = self.x + OFFSET if side == "start" else self.x - OFFSET - width
        return left, self.y - LINE / 2, left + width, self.y + LINE / 2


@dataclass(frozen=True)
class Map:
    """What a map shows.

    :ivar elsewhere: editions without coordinates, or outside of the drawing; the first of very many.
    :ivar unnamed: how many more of these there are.
    """

    pins: list[Pin]
    elsewhere: list[Value]
    unnamed: int = 0
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def count(self) -> int:
        """How many places are marked."""
        return len(self.pins)

    @property
    def is_of_one(self) -> bool:
        """Whether one of the places is the one asked about."""
        return any(pin.here for pin in self.pins)


def point(latitude: float, longitude: float) -> tuple[float, float] | None:
    """Where a place stands on a map, or None where it is outside of the drawing.

    :param latitude: degrees, WGS 84; ``longitude`` likewise.
    """
    north, east = radians(latitude), radians(longitude) - LONGITUDE
    facing = 1 + sin(LATITUDE) * sin(north) + cos(LATITUDE) * cos(north) * cos(east)
    if facing <= 0:
        return None
    k = SCALE * sqrt(2 / facing)
    x = MIDDLE[0] + k * cos(north) * sin(east)
    y = MIDDLE[1] - k * (cos(LATITUDE) * sin(north) - sin(LATITUDE) * cos(north) * cos(east))
    return (round(x, 1), round(y, 1)) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None


def editions_map(_panel: Panel, rows: list[Solution], _marks: Marks) -> Map:
    """The map of some editions: rows of ``?edition ?place ?lat ?long ?here``."""
    pins: dict[tuple[float, float], Pin] = {}
    elsewhere = []
    for row in rows:
        edition, place = bound(row, "edition"), bound(row, "place")
        if edition is None:
            continue
        named, at = values.of(edition, bound(row, "editionLabel")), where(row)
        if place is None or at is None:
            elsewhere.append(named)
            continue
        pin = pin_at(pins, at, values.of(place, bound(row, "placeLabel")))
        pin.editions.append(named)
        pin.here = pin.here or holds(row, "here")
    label(list(pins.values()))
    shown = elsewhere[:MOST]
    return Map(sorted(pins.values(), key=lambda pin: pin.here), shown, len(elsewhere) - len(shown))


def pin_at(pins: dict[tuple[float, float], Pin], at: tuple[float, float], place: Value) -> Pin:
    """The point at a spot of the drawing: the one that is there already, else a new one, which is added.

    :param pins: the points so far, by their spots.
    """
    return pins.setdefault(at, Pin(*at, place))


def where(row: Solution) -> tuple[float, float] | None:
    """Where the ``?lat ?long`` of a row stand on a map, or None where they are missing or outside of the drawing."""
    latitude, longitude = bound(row, "lat"), bound(row, "long")
    return point(float(latitude.value), float(longitude.value)) if latitude and longitude else None


def label(pins: list[Pin]) -> None:
    """Give each name a side on which it covers no point and no other name, the one asked about first."""
    taken: dict[tuple[int, int], list[Box]] = {}
    for pin in pins:
        _take(taken, (pin.x - 5, pin.y - 5, pin.x + 5, pin.y + 5))
    for pin in sorted(pins, key=lambda pin: (not pin.here, len(pin.place.text))):
        for side in ("start", "end"):
            box = pin.box(side)
            near = (other for cell in _cells(box) for other in taken.get(cell, ()))
            if box[0] >= 0 and box[2] <= WIDTH and not any(_overlap(box, other) for other in near):
                pin.side = side
                _take(taken, box)
                break


def _take(taken: dict[tuple[int, int], list[Box]], box: Box) -> None:
    for cell in _cells(box):
        taken.setdefault(cell, []).append(box)


def _cells(box: Box) -> list[tuple[int, int]]:
    """The squares of the drawing that a box touches, so that it is compared with what is near alone."""
    left, top, right, bottom = (int(side // CELL) for side in box)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
