"""Parts are called by the labels of what they are of, in every letter."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from clustergraph import iris, parts
from clustergraph.iris import expand

EDITION = iris.thing("edition", "2025-07-01-cluj-napoca")
ONE = iris.thing("participation", "2025-07-01-cluj-napoca--stefan-taranu--speaker--opening")
PERSON = iris.thing("person", "stefan-taranu")
OPENING = iris.thing("session", "2025-07-01-cluj-napoca--opening")
SPEAKER = iris.concept("role", "speaker")
LABELS = {PERSON: Literal("Ștefan Țăranu"), OPENING: Literal("Opening", language="en"), SPEAKER: Literal("speaker")}


def lines(iri: str, *facts: tuple[str, NamedNode | Literal]) -> list[bytes]:
    quads = [Quad(NamedNode(iri), NamedNode(expand(name)), value, NamedNode(EDITION)) for name, value in facts]
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def called(iri: str, *facts: tuple[str, NamedNode | Literal]) -> str:
    return parts.described(iri, parts.named(parts.naming(iri, lines(iri, *facts)), LABELS))


WHO = ("cv:hasParticipant", NamedNode(PERSON))
ROLE = ("cv:role", NamedNode(SPEAKER))


def test_a_participation_is_called_by_who_in_which_role_at_which_session() -> None:
    found = called(ONE, ("cg:inEvent", NamedNode(OPENING)), ROLE, WHO, ("cg:statedPost", Literal("mayor")))
    assert found == "participation: Ștefan Țăranu, speaker, Opening"


def test_the_edition_on_whose_page_a_part_stands_is_not_named_again() -> None:
    assert called(ONE, ("cg:inEvent", NamedNode(EDITION)), ROLE, WHO) == "participation: Ștefan Țăranu, speaker"


def test_texts_name_a_part_too_and_what_only_mentions_a_property_does_not() -> None:
    mention = iris.thing("mention", "2025-07-01-cluj-napoca--klaster")
    trap = ("cg:writtenAs", Literal(f"see <{expand('cg:statedName')}> x"))
    assert called(mention, trap, ("cg:statedName", Literal("Клъстер Ωμέγα"))) == "mention: Клъстер Ωμέγα"


def test_a_part_of_which_nothing_is_told_is_called_by_its_address() -> None:
    assert called(ONE) == "participation: stefan taranu, speaker, opening"
    unlabelled = ("cv:hasParticipant", NamedNode(iris.thing("person", "removed-since")))
    assert called(ONE, ROLE, unlabelled) == "participation: speaker"


@pytest.mark.parametrize("iri", [EDITION, PERSON, "https://www.wikidata.org/entity/Q40"])
def test_what_is_no_part_has_its_own_name(iri: str) -> None:
    assert parts.naming(iri, lines(iri, WHO, ROLE)) == ()
    assert parts.described(iri, "Cluj") == "Cluj"
