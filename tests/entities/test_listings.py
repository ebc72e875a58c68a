"""Of very many values of a facet a page shows the first, and all that are chosen."""

from __future__ import annotations

from clustergraph.entities.facets import Facet
from clustergraph.entities.listings import Choice, Shown
from clustergraph.entities.panels import MOST


def shown(number: int, *chosen: int) -> Shown:
    choices = [Choice(str(each), str(each), "", 1, each in chosen, f"?edition={each}") for each in range(number)]
    return Shown(Facet("edition", "Edition"), choices)


def test_all_values_are_offered_where_there_are_few() -> None:
    few = shown(MOST)
    assert (few.offered, few.left) == (few.choices, 0)


def test_chosen_value_is_offered_however_many_stand_before_it() -> None:
    many = shown(MOST + 10, 3, MOST + 4)
    assert [choice.key for choice in many.offered[MOST:]] == [str(MOST + 4)]
    assert many.left == 9
