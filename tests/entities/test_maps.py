"""Maps: places stand where they are in Europe, and names cover nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import queries, store
from clustergraph.entities import maps
from clustergraph.entities.catalogue.home import MAP
from clustergraph.entities.maps import Map, editions_map, point
from clustergraph.entities.marks import Marks
from clustergraph.iris import CG, PREFIXES, concept, thing

OUTLINES = Path(maps.__file__).parent.parent / "web" / "editor" / "outlines.mjs"
PLACES = {"paris": (48.86, 2.35), "versailles": (48.8, 2.13), "porto": (41.15, -8.61), "oslo": (59.91, 10.75)}


def shown(places: dict[str, tuple[float, float]], asked: str = "") -> Map:
    """The map of an edition at each place."""
    quads = [quad for name, where in places.items() for quad in edition(name, where)]
    entity = NamedNode(thing("edition", asked or "none"))
    graph = store.in_memory(quads)
    rows = graph.select(queries.load(MAP.query).text, {"entity": entity})
    return editions_map(MAP, rows, Marks(graph))


def edition(name: str, where: tuple[float, float]) -> list[Quad]:
    one, place, home = (NamedNode(iri) for iri in (thing("edition", name), thing("place", name), thing("g", "g")))
    said = {
        (one, PREFIXES["rdf"] + "type"): NamedNode(CG + "Edition"),
        (one, PREFIXES["rdfs"] + "label"): Literal(f"Edition at {name}"),
        (one, CG + "inferredPlace"): Literal(1),
        (one, CG + "coverage"): NamedNode(concept("coverage", "recorded")),
        (one, PREFIXES["schema"] + "location"): place,
        (place, PREFIXES["rdfs"] + "label"): Literal(name),
        (place, PREFIXES["geo"] + "lat"): Literal(str(where[0])),
        (place, PREFIXES["geo"] + "long"): Literal(str(where[1])),
    }
    return [Quad(subject, NamedNode(predicate), value, home) for (subject, predicate), value in said.items()]


def test_the_middle_of_the_projection_stands_where_it_is_said_to() -> None:
    assert point(52, 10) == maps.MIDDLE


def test_south_is_below_and_east_is_to_the_right() -> None:
    middle, south, east = point(52, 10), point(40, 10), point(52, 20)
    assert middle is not None
    assert south is not None
    assert east is not None
    assert south[1] > middle[1]
    assert east[0] > middle[0]


@pytest.mark.parametrize("where", [(-52, -170), (40.71, -74.0), (-33.87, 151.21), (52, -170)])
def test_place_outside_of_the_drawing_is_not_on_the_map_and_is_named(where: tuple[float, float]) -> None:
    assert point(*where) is None
    found = shown({"far": where})
    assert found.pins == []
    assert [one.text for one in found.elsewhere] == ["Edition at far"]


def test_outlines_are_drawn_in_the_same_projection() -> None:
    text = OUTLINES.read_text(encoding="utf-8")
    assert f"[WIDTH, HEIGHT] = [{maps.WIDTH}, {maps.HEIGHT}]" in text
    assert f"[SCALE, MIDDLE] = [{maps.SCALE}, {list(maps.MIDDLE)}]" in text
    assert "[LATITUDE, LONGITUDE] = [52, 10]" in text
    assert re.search(r"geoAzimuthalEqualArea\(\)\.rotate\(\[-LONGITUDE, -LATITUDE\]\)", text)


def test_no_name_covers_a_point_or_another_name() -> None:
    found = shown(PLACES)
    boxes = [pin.box(pin.side) for pin in found.pins if pin.side]
    points = [(pin.x, pin.y) for pin in found.pins]
    assert len(boxes) >= 3
    for number, box in enumerate(boxes):
        assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)
        for other in boxes[number + 1 :]:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


def test_edition_asked_about_is_told_apart_and_drawn_last() -> None:
    found = shown(PLACES, "porto")
    assert [pin.place.text for pin in found.pins if pin.here] == ["porto"]
    assert found.pins[-1].here
    assert not shown(PLACES).is_of_one


def test_places_that_coincide_are_one_point_that_names_the_first_editions_and_counts_the_rest() -> None:
    [pin] = shown({f"town-{number}": (48.86, 2.35) for number in range(maps.NAMED + 3)}).pins
    assert len(pin.editions) == maps.NAMED + 3
    assert pin.words.endswith("; and 3 more")
    assert pin.words.count("Edition at") == maps.NAMED
