"""Facets on made-up appearances: what is chosen of one aspect holds of one occasion, and evidence is kept apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import store
from clustergraph.entities.facets import Aspect, Chosen, Facet, Found, Occasions
from clustergraph.iris import CG, PREFIXES, concept, graph, thing

EVIDENCE, ROLE, EDITION, YEAR = Facet("evidence", ""), Facet("role", ""), Facet("edition", ""), Facet("year", "")
ASPECT = Aspect("facets/appearances", (EVIDENCE, ROLE, EDITION, YEAR), apart="evidence", usual="took-part")
#: Person, role, edition, evidence.
APPEARANCES = (
    ("ada", "moderator", "2031-05-06-aveiro", "took-part"),
    ("ada", "speaker", "2032-10-02-ghent", "took-part"),
    ("ada", "speaker", "2032-10-02-ghent", "announced"),
    ("bo", "speaker", "2031-05-06-aveiro", "announced"),
    ("cy", "speaker", "2031-05-06-aveiro", "took-part"),
    ("elsewhere", "speaker", "2031-05-06-aveiro", "took-part"),
)
POSITIONS = {thing("person", name): at for at, name in enumerate(("ada", "bo", "cy", "silent"))}


def quads() -> Iterator[Quad]:
    home = NamedNode(graph("registry"))
    for number, (person, role, edition, evidence) in enumerate(APPEARANCES):
        part = NamedNode(thing("participation", f"p{number}"))
        values = {
            PREFIXES["cv"] + "hasParticipant": thing("person", person),
            PREFIXES["cv"] + "role": concept("role", role),
            CG + "statedAt": thing("edition", edition),
            CG + "evidence": concept("evidence", evidence),
        }
        for predicate, value in values.items():
            yield Quad(part, NamedNode(predicate), NamedNode(value), home)
            label = value.rpartition("/")[2].replace("-", " ")
            yield Quad(NamedNode(value), NamedNode(PREFIXES["rdfs"] + "label"), Literal(label), home)


@pytest.fixture(scope="module")
def occasions() -> Occasions:
    return Occasions(Found(store.in_memory(quads()), ASPECT), ASPECT, POSITIONS)


def chosen(**keys: str) -> Chosen:
    return {name: frozenset(key.split()) for name, key in keys.items()}


def test_nothing_chosen_leaves_everything(occasions: Occasions) -> None:
    assert occasions.items({}) is None
    assert occasions.items(chosen(country="ROU")) is None


def test_role_and_edition_must_be_of_one_occasion(occasions: Occasions) -> None:
    assert occasions.items(chosen(role="moderator", edition="2031-05-06-aveiro")) == {0}
    assert occasions.items(chosen(role="moderator", edition="2032-10-02-ghent")) == set()


def test_of_one_facet_any_value_will_do(occasions: Occasions) -> None:
    assert occasions.items(chosen(role="moderator speaker")) == {0, 2}


def test_presence_counts_unless_other_evidence_is_chosen(occasions: Occasions) -> None:
    assert occasions.items(chosen(edition="2031-05-06-aveiro")) == {0, 2}
    assert occasions.items(chosen(edition="2031-05-06-aveiro", evidence="announced")) == {1}
    assert occasions.counts(ROLE, {}, None) == {"moderator": 1, "speaker": 2}
    assert occasions.counts(ROLE, chosen(evidence="announced"), None) == {"speaker": 2}


def test_levels_of_evidence_are_counted_beside_each_other(occasions: Occasions) -> None:
    assert occasions.counts(EVIDENCE, {}, None) == {"took-part": 2, "announced": 2}
    assert occasions.counts(EVIDENCE, chosen(role="moderator"), None) == {"took-part": 1}


def test_value_counts_each_thing_once_and_under_what_else_is_chosen(occasions: Occasions) -> None:
    assert occasions.counts(YEAR, {}, None) == {"2031": 2, "2032": 1}
    assert occasions.counts(YEAR, chosen(role="speaker"), None) == {"2031": 1, "2032": 1}
    assert occasions.counts(YEAR, {}, among={2}) == {"2031": 1}


def test_choice_does_not_narrow_its_own_facet(occasions: Occasions) -> None:
    assert occasions.counts(ROLE, chosen(role="moderator"), None) == {"moderator": 1, "speaker": 2}


def test_values_are_named_by_their_labels(occasions: Occasions) -> None:
    assert occasions.labels["evidence"] == {"took-part": "took part", "announced": "announced"}
    assert occasions.labels["year"] == {"2031": "2031", "2032": "2032"}
