"""Maps of a place, a region or a country: editions held there, and those at which its people and bodies took part."""

from __future__ import annotations

from dataclasses import dataclass

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.maps import HEIGHT, WIDTH, Pin, label, pin_at, where
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST, Panel, bound, holds
from clustergraph.entities.values import Value


@dataclass(frozen=True)
class Stop:
    """An edition on such a map.

    :ivar place: where it was, or None.
    :ivar here: whether it was held in the place, region or country asked about.
    :ivar actors: how many people and bodies from there took part.
    """

    edition: Value
    place: Value | None
    here: bool
    actors: int


@dataclass(frozen=True)
class Travels:
    """What such a map shows.

    :ivar stops: the editions, by date, those without a point on the map included; the first of very many.
    :ivar count: how many editions there are.
    """

    pins: list[Pin]
    stops: list[Stop]
    count: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def left(self) -> int:
        """How many editions the table does not show."""
        return self.count - len(self.stops)

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """The kinds of points there are: class, name, and how many."""
        here = sum(pin.here for pin in self.pins)
        kinds = (("here", "held here", here), ("away", "took part elsewhere", len(self.pins) - here))
        return [kind for kind in kinds if kind[2]]


def travels(_panel: Panel, rows: list[Solution], _marks: Marks) -> Travels:
    """The map of rows of ``?edition ?here ?actors ?place ?lat ?long``."""
    pins: dict[tuple[float, float], Pin] = {}
    stops: dict[str, Stop] = {}
    for row in rows:
        edition, place, at = bound(row, "edition"), bound(row, "place"), where(row)
        if edition is None:
            continue
        stop = stops.setdefault(edition.value, _stop(row))
        if place is not None and at is not None:
            pin = pin_at(pins, at, values.of(place, bound(row, "placeLabel")))
            pin.here = pin.here or stop.here
            if stop.edition not in pin.editions:
                pin.editions.append(stop.edition)
    label(list(pins.values()))
    return Travels(sorted(pins.values(), key=lambda pin: pin.here), list(stops.values())[:MOST], len(stops))


def _stop(row: Solution) -> Stop:
    place, actors = bound(row, "place"), bound(row, "actors")
    return Stop(
        edition=values.of(row["edition"], bound(row, "editionLabel")),
        place=values.of(place, bound(row, "placeLabel")) if place else None,
        here=holds(row, "here"),
        actors=int(actors.value) if actors else 0,
    )
