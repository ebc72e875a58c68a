"""Ways between things: the shortest, always the same one, through people and bodies alone, and not too long."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad

from clustergraph.entities.ways import MOST_STEPS, SESSION, STATED, Ways
from clustergraph.iris import CG, ID, PREFIXES, country
from clustergraph.store import in_memory

TYPE = PREFIXES["rdf"] + "type"
TOOK_PART = "https://w3id.org/clustergraph/vocabulary/evidence/took-part"


def ways(*parts: tuple[str, str, str]) -> Ways:
    """The ways over parts: each an actor, the property that leads on, and where to."""
    triples = {
        triple
        for number, (actor, leads, other) in enumerate(parts)
        for triple in _part(f"{ID}participation/{number}", actor, leads, other)
    }
    return Ways(in_memory(Quad(*(NamedNode(term) for term in triple)) for triple in sorted(triples)))


def _part(part: str, actor: str, leads: str, other: str) -> list[tuple[str, str, str]]:
    kind = {"inEvent": "Session", "statedAt": "Edition", "origin": "Country"}.get(leads)
    return [
        (part, PREFIXES["cv"] + "hasParticipant", actor),
        (part, CG + "evidence", TOOK_PART),
        (part, CG + leads, other),
        *([(other, TYPE, CG + kind)] if kind else []),
    ]


def person(name: str) -> str:
    return f"{ID}person/{name}"


def met(name: str, *others: str) -> list[tuple[str, str, str]]:
    """Everybody named took part in one session."""
    return [(person(other), "inEvent", f"{ID}session/{name}") for other in others]


def names(found: Ways, start: str, end: str) -> list[str]:
    return [step.other.rsplit("/", 1)[1] for step in found.shortest(person(start), person(end))]


def test_shortest_way_is_taken_and_of_equal_ones_always_the_same() -> None:
    found = ways(
        *met("1", "a", "b"), *met("2", "b", "z"), *met("3", "a", "c"), *met("4", "c", "z"), *met("5", "z", "y")
    )
    assert names(found, "a", "z") == ["b", "z"]
    assert names(found, "a", "y") == ["b", "z", "y"]


def test_stronger_join_is_taken_among_ways_as_short() -> None:
    body = f"{ID}organisation/body"
    stated = [(person("a"), "representing", body), (person("z"), "representing", body)]
    steps = ways(*met("1", "a", "b"), *met("2", "b", "z"), *stated).shortest(person("a"), person("z"))
    assert [(step.join.strength, step.other) for step in steps] == [(STATED, body), (STATED, person("z"))]


def test_way_starts_and_ends_in_a_country_but_does_not_lead_through_one() -> None:
    home = [(person("a"), "origin", country("ROU")), (person("z"), "origin", country("ROU"))]
    assert names(ways(*home), "a", "z") == []
    found = ways(*home, *met("1", "z", "y"))
    steps = found.shortest(country("ROU"), person("y"))
    assert [(step.join.strength, step.other) for step in steps] == [(STATED, person("z")), (SESSION, person("y"))]
    assert [step.other for step in found.shortest(person("y"), country("ROU"))] == [person("z"), country("ROU")]


@pytest.mark.parametrize(("length", "steps"), [(MOST_STEPS, MOST_STEPS), (MOST_STEPS + 1, 0)])
def test_way_has_no_more_steps_than_tell_anything(length: int, steps: int) -> None:
    chain = [part for number in range(length) for part in met(str(number), f"p{number}", f"p{number + 1}")]
    assert len(names(ways(*chain), "p0", f"p{length}")) == steps


def test_there_is_no_way_to_what_took_part_in_nothing() -> None:
    assert names(ways(*met("1", "a", "b")), "a", "nobody") == []
    assert names(ways(), "a", "b") == []
