"""The graph of one edition while it is being written from its sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from clustergraph.importing.registry import Registry
from clustergraph.importing.sheet import Sheet
from clustergraph.importing.terms import Graph, URIRef, thing
from clustergraph.importing.vocabulary import Vocabulary
from clustergraph.iris import slugify
from clustergraph.turtle import empty


class Draft:
    """What the parts of the importer share about one sheet.

    :ivar graph: the edition's own graph; things of the registry go to ``registry``.
    :ivar edition: the edition's IRI.
    :ivar sources: the sheet's source ids -> sources.
    :ivar bodies: names and short names of the sheet's bodies -> organisations.
    :ivar people: names of the sheet's people -> persons.
    """

    def __init__(self, sheet: Sheet, registry: Registry, vocabulary: Vocabulary) -> None:
        self.sheet = sheet
        self.registry = registry
        self.vocabulary = vocabulary
        self.graph: Graph = empty()
        self.edition = thing("edition", sheet.slug)
        self.sources: dict[str, URIRef] = {}
        self.bodies: dict[str, URIRef] = {}
        self.people: dict[str, URIRef] = {}
        self._numbers: dict[str, int] = {}

    def part(self, kind: str, *names: str) -> URIRef:
        """The IRI of a part of the edition: ``part("mention", "emil-boc")``."""
        return thing(kind, "--".join((self.sheet.slug, *names)))

    def numbered(self, kind: str, name: str) -> URIRef:
        """The IRI of a part that is told apart from others of its name by a number, in the sheet's order."""
        key = f"{kind}/{name}"
        self._numbers[key] = self._numbers.get(key, 0) + 1
        return self.part(kind, name, str(self._numbers[key]))

    def session(self, session_id: str) -> URIRef:
        """The IRI of a session of the sheet."""
        return self.part("session", session_id)

    def cited(self, ids: Iterable[str]) -> list[URIRef]:
        """The sources behind the ids of a ``src``."""
        return [self.sources[name] for name in ids]

    def country(self, iso2: str | None) -> URIRef | None:
        """The country of a code, which the checks have found to be known."""
        return self.registry.country(iso2) if iso2 else None

    def region(self, code: str | None) -> URIRef | None:
        """The region of a NUTS code."""
        country = self.country(self.sheet.edition.country)
        if code is None or country is None:
            return None
        return self.registry.region(code, self.registry.country_of_nuts(code) or country)

    def topic(self, label: str) -> URIRef:
        """The concept of a topic or sector: an industrial ecosystem where it has that name, else a topic."""
        ecosystem = self.vocabulary.labelled("ecosystem", label)
        return ecosystem or self.registry.open_concept("topic", "topics", label)

    def policy(self, label: str) -> URIRef:
        """The concept of a policy, programme or fund."""
        return self.registry.open_concept("policy", "policies", label)

    def unused(self, kind: str, name: str) -> URIRef:
        """The IRI of a part that is told apart by its name, with a number where two have the same."""
        slug = slugify(name, limit=60)
        node = self.part(kind, slug)
        return node if (node, None, None) not in self.graph else self.numbered(kind, slug)


def mark(url: str) -> str:
    """Six characters that keep apart two pages whose addresses read alike."""
    return hashlib.sha256(url.encode()).hexdigest()[:6]


def slug_of(node: URIRef) -> str:
    """The last part of an IRI of ours."""
    return str(node).rsplit("/", 1)[-1]
