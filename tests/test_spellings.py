"""What the real data can be searched for."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustergraph import deriving, linking, sources, spellings
from clustergraph.iris import country, nuts, thing
from clustergraph.search import HOWS
from clustergraph.store import Graph

ROOT = Path(__file__).parent.parent
KINDS = {
    "edition", "session", "event", "person", "organisation", "place", "region", "country", "topic", "policy",
    "document", "source",
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Graph:
    dataset = sources.read(ROOT)
    linking.link(dataset)
    deriving.derive(dataset)
    return dataset.graph()


def test_every_kind_of_thing_with_a_page_can_be_found_and_each_thing_once(graph: Graph) -> None:
    found = spellings.things(graph)
    assert {each.kind for each in found} == KINDS
    assert len({each.iri for each in found}) == len(found)


def test_everything_has_its_name_among_its_spellings(graph: Graph) -> None:
    named = {each.iri for each in spellings.spellings(graph) if each.how == "name"}
    assert [each.iri for each in spellings.things(graph) if each.iri not in named] == []


@pytest.mark.parametrize(
    ("iri", "how", "text"),
    [
        (thing("organisation", "romanian-cluster-association"), "acronym", "CLUSTERO"),
        (thing("edition", "2023-03-29-kosice"), "where", "Košice, Slovakia, 2023"),
        (nuts("RO11"), "code", "RO11"),
        (country("ROU"), "code", "RO"),
        (country("ROU"), "code", "ROU"),
    ],
)
def test_acronyms_places_years_and_codes_are_spellings_too(graph: Graph, iri: str, how: str, text: str) -> None:
    assert (iri, how, text) in {(each.iri, each.how, each.text) for each in spellings.spellings(graph)}


def test_spellings_that_are_found_by_the_same_words_stand_once_under_the_nearest(graph: Graph) -> None:
    found = spellings.spellings(graph)
    assert len({(each.iri, each.words) for each in found}) == len(found)
    assert {each.how for each in found} == set(HOWS)


def test_weight_counts_editions_with_presence_alone(graph: Graph) -> None:
    weights = {each.iri: each.weight for each in spellings.things(graph)}
    assert max(weights.values()) > 10
    assert weights[country("ROU")] == 0
