"""A million triples in our model, made up: the same for the same seed, on every machine.

The first edition and the first person have the addresses of real ones, so that the queries of the bench fit both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from clustergraph.iris import CG, PREFIXES, concept, country, thing

SEED = 20_250_701
TRIPLES = 1_000_000
EDITION, PERSON = "2025-07-01-cluj-napoca", "jan-philipp-kramer"
#: Participations of each edition; so many people take part in one that they meet again in others.
OF_AN_EDITION, PEOPLE = 46, 30_000
ROLES = ("speaker", "moderator", "panellist", "keynote", "organiser", "partner")
COUNTRIES = ("ROU", "PRT", "SWE", "POL", "FRA", "SVN", "DNK", "GRC")
SYLLABLES = ("ba", "cel", "do", "fi", "gar", "hel", "ji", "kro", "lu", "mi", "nov", "pe", "ras", "so", "tur", "ve")
#: The label that the build derives for a concept of the vocabulary.
LABEL = PREFIXES["rdfs"] + "label"
TYPE = PREFIXES["rdf"] + "type"


def write(file: Path) -> int:
    """Write the graph as N-Triples, and say how many triples it has."""
    with file.open("w", encoding="utf-8") as stream:
        return sum(1 for line in lines() if stream.write(line))


def lines() -> Iterator[str]:
    """The triples, one a line: the vocabulary, the people, then editions until there are enough."""
    random = Random(SEED)
    count = 0
    for block in _blocks(random):
        yield from block
        count += len(block)
        if count >= TRIPLES:
            return


def _blocks(random: Random) -> Iterator[list[str]]:
    yield [_literal(concept("role", role), LABEL, role, "@en") for role in ROLES]
    for number in range(PEOPLE):
        yield list(_person(random, number))
    number = 0
    while True:
        yield list(_edition(random, number))
        number += 1


def _person(random: Random, number: int) -> Iterator[str]:
    person = _address_of_person(number)
    name = " ".join("".join(random.choices(SYLLABLES, k=random.randint(2, 4))).capitalize() for _ in range(2))
    yield _link(person, TYPE, PREFIXES["foaf"] + "Person")
    yield _literal(person, PREFIXES["foaf"] + "name", name)
    yield _literal(person, LABEL, name)


def _edition(random: Random, number: int) -> Iterator[str]:
    slug = f"made-up-{number}" if number else EDITION
    edition = thing("edition", slug)
    year, month, day = random.randint(2022, 2030), random.randint(1, 12), random.randint(1, 28)
    yield _link(edition, TYPE, CG + "Edition")
    yield _literal(edition, LABEL, f"Edition {number}")
    yield _literal(edition, PREFIXES["dct"] + "title", f"Edition {number}", "@und")
    yield _literal(
        edition, PREFIXES["schema"] + "startDate", f"{year}-{month:02}-{day:02}", f"^^<{PREFIXES['xsd']}date>"
    )
    yield _link(edition, PREFIXES["dct"] + "spatial", country(random.choice(COUNTRIES)))
    for place in range(OF_AN_EDITION):
        yield from _participation(random, edition, f"{slug}--{place}")


def _participation(random: Random, edition: str, name: str) -> Iterator[str]:
    participation, role = thing("participation", name), random.choice(ROLES)
    yield _link(participation, TYPE, CG + "Participation")
    yield _link(participation, CG + "inEvent", edition)
    yield _link(participation, CG + "statedAt", edition)
    yield _link(participation, PREFIXES["cv"] + "hasParticipant", _address_of_person(random.randrange(PEOPLE)))
    yield _link(participation, PREFIXES["cv"] + "role", concept("role", role))
    yield _link(participation, CG + "evidence", concept("evidence", "took-part"))
    yield _literal(participation, CG + "statedPost", f"Post {random.randrange(500)}", "@und")
    yield _link(
        participation, PREFIXES["prov"] + "wasDerivedFrom", thing("source", f"source-{random.randrange(900)}")
    )


def _address_of_person(number: int) -> str:
    return thing("person", f"person-{number}" if number else PERSON)


def _link(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> <{value}> .\n"


def _literal(subject: str, predicate: str, value: str, kind: str = "") -> str:
    return f'<{subject}> <{predicate}> "{value}"{kind} .\n'
