"""Persons removed at their own request, as the decisions of a release know them: by hashes of address and names.

Older releases still hold the names until they are pruned; what is told of these releases leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from clustergraph import iris
from clustergraph.iris import CG, PREFIXES
from clustergraph.names import fold, person_key

DECISION = f"<{iris.thing('decision', '')}".encode()
PERSON = f"<{iris.thing('person', '')}".encode()
#: Properties whose values are names of persons.
NAMING = tuple(
    f"> <{PREFIXES[prefix]}{name}> ".encode()
    for prefix, name in (
        ("foaf", "name"), ("skos", "altLabel"), ("rdfs", "label"), ("cg", "statedName"), ("cg", "writtenAs"),
        ("cg", "spelling"),
    )
)  # fmt: skip


def hash_of(iri: str) -> str:
    """The hash by which decisions on removals know an address, 64 hexadecimal digits."""
    return sha256(iri.encode()).hexdigest()


def hash_of_name(name: str) -> str:
    """The hash of a name, the same for all its spellings that mean surely one name."""
    return sha256(person_key(name).encode()).hexdigest()


@dataclass(frozen=True)
class Forgotten:
    """What decisions say of persons who were removed.

    :ivar addresses: hash of the former address -> day and reason of the removal.
    :ivar names: hashes of the names.
    """

    addresses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """A text that is another one where others were forgotten."""
        return " ".join(sorted(self.addresses))

    def told(self, kind: str, slug: str) -> tuple[str, str] | None:
        """Day and reason of the removal of the person whom an address names, as its own or in one of its parts."""
        words = [slug] if kind == "person" else slug.split("--")[1:] if kind in iris.PART_KINDS else []
        found = (self.addresses.get(hash_of(iris.thing("person", word))) for word in words)
        return next((each for each in found if each), None)


@dataclass(frozen=True)
class Hidden:
    """Tells which statements name somebody who was forgotten.

    :ivar words: names of two words and more, folded; ``exact``: addresses, and names of one word as literals.
    """

    words: re.Pattern[str] | None = None
    exact: re.Pattern[str] | None = None

    def names(self, text: str) -> bool:
        """Whether a text, an IRI in angle brackets, or a statement in N-Quads names one of them."""
        found = self.exact is not None and self.exact.search(text)
        return bool(found or (self.words is not None and self.words.search(fold(text))))


def known(dumps: Iterable[Path]) -> Forgotten:
    """What the decisions in canonical dumps say; those that only say a new address do not remove anybody."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for dump in dumps:
        for quad in parse(b"".join(_beginning(dump, DECISION)), RdfFormat.N_QUADS):
            value = quad.object.value if hasattr(quad.object, "value") else ""
            nodes.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value, []).append(value)
    dct = PREFIXES["dct"]
    removals = [said for said in nodes.values() if CG + "removedHash" in said and dct + "isReplacedBy" not in said]
    return Forgotten(
        {said[CG + "removedHash"][0]: (said[dct + "date"][0], said[dct + "description"][0]) for said in removals},
        frozenset(digest for said in removals for digest in said.get(CG + "nameHash", ())),
    )


def hidden(forgotten: Forgotten, dumps: Iterable[Path]) -> Hidden:
    """What must not be told of releases, by their canonical dumps, that still name persons who were forgotten."""
    if not forgotten.addresses:
        return Hidden()
    slugs: set[str] = set()
    names: set[str] = set()
    for dump in dumps:
        people = {line[len(PERSON) : line.index(b">")].decode() for line in _beginning(dump, PERSON)}
        slugs |= {slug for slug in people if forgotten.told("person", slug)}
        names |= {name for name in _names(dump) if hash_of_name(name) in forgotten.names}
    folded = {fold(text) for text in (*names, *slugs)}
    single = [f'"{re.escape(name)}"' for name in names if " " not in fold(name)]
    exact = [*single, *(f"(?:/person/|--){re.escape(slug)}(?=>|--)" for slug in slugs)]
    return Hidden(_any(rf"\b{re.escape(text)}\b" for text in folded if " " in text), _any(exact) if exact else None)


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(patterns)
    return re.compile("|".join(found)) if found else None


def _beginning(dump: Path, start: bytes) -> Iterator[bytes]:
    with dump.open("rb") as lines:
        yield from (line for line in lines if line.startswith(start))


def _names(dump: Path) -> set[str]:
    with dump.open("rb") as lines:
        told = b"".join(line for line in lines if any(naming in line for naming in NAMING))
    return {quad.object.value for quad in parse(told, RdfFormat.N_QUADS) if isinstance(quad.object, Literal)}
