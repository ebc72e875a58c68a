"""Maps of where people and bodies went: every edition counted, the first of very many shown."""

from __future__ import annotations

from clustergraph import store
from clustergraph.entities.catalogue.where import TRAVELS
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST
from clustergraph.entities.travels import Travels, travels
from clustergraph.iris import thing


def drawn(editions: int) -> Travels:
    """Editions that were all at one spot, each at a place of its own."""
    lines = " ".join(
        f'(<{thing("edition", f"e{number}")}> "E" 1 0 <{thing("place", f"p{number}")}> "P" 48.86 2.35)'
        for number in range(editions)
    )
    variables = "?edition ?editionLabel ?here ?actors ?place ?placeLabel ?lat ?long"
    graph = store.in_memory([])
    rows = graph.select(f"SELECT {variables} WHERE {{ VALUES ({variables}) {{ {lines} }} }}")
    return travels(TRAVELS, rows, Marks(graph))


def test_places_that_coincide_are_one_point() -> None:
    [pin] = drawn(3).pins
    assert [edition.text for edition in pin.editions] == ["E", "E", "E"]


def test_of_very_many_editions_the_first_are_shown_and_the_others_counted() -> None:
    found = drawn(MOST + 2)
    assert (len(found.stops), found.count, found.left) == (MOST, MOST + 2, 2)
