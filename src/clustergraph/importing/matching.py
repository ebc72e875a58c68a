"""Which entity of the registry a name means: surely this one, perhaps one of these, or none yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clustergraph.importing.decisions import Decisions
from clustergraph.importing.terms import CG, DCT, FOAF, SKOS, Graph, URIRef
from clustergraph.names import fold, likeness, organisation_key, person_key

#: From this likeness on (0 to 100) two names are shown to the editor. At 80 the first 24 sheets raise 4 questions,
#: all to be answered with no; at 84 one, at 70 twelve.
LIKE = 80.0


@dataclass(frozen=True)
class Candidate:
    """An entity that a name may mean, with its name and how alike they are, 0 to 100."""

    entity: URIRef
    name: str
    score: float


@dataclass(frozen=True)
class Match:
    """What was found for a name: the entity where it is sure, else the candidates, best first."""

    entity: URIRef | None
    candidates: tuple[Candidate, ...] = ()


class Matcher:
    """Finds the entities of one kind by name.

    :param kind: ``person`` or ``organisation``.
    :param graph: the registry's graph of that kind; what is added to it later is made known by :meth:`learn`.
    :param decisions: the editors' decisions, which come first.
    """

    def __init__(self, kind: str, graph: Graph, decisions: Decisions) -> None:
        self.kind = kind
        self._graph = graph
        self._decisions = decisions
        self._key: Callable[[str], str] = person_key if kind == "person" else organisation_key
        self._by_key: dict[str, set[URIRef]] = {}
        self._by_acronym: dict[str, set[URIRef]] = {}
        for predicate in (FOAF.name, SKOS.altLabel):
            for node, name in graph.subject_objects(predicate):
                self.learn(URIRef(str(node)), str(name))
        for node, acronym in graph.subject_objects(CG.acronym):
            self._by_acronym.setdefault(fold(str(acronym)), set()).add(URIRef(str(node)))

    def learn(self, node: URIRef, name: str, acronym: str | None = None) -> None:
        """Make a name of an entity known."""
        self._by_key.setdefault(self._key(name), set()).add(node)
        if acronym:
            self._by_acronym.setdefault(fold(acronym), set()).add(node)

    def same_name(self, one: str, other: str) -> bool:
        """Whether two spellings are surely one name (diacritics, titles, legal form, acronym, word order)."""
        return self._key(one) == self._key(other)

    def called(self, name: str) -> URIRef | None:
        """The one entity with this name or acronym, for texts that may as well name something else."""
        found = self._by_key.get(self._key(name), set()) or self._by_acronym.get(fold(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def match(self, name: str, forms: tuple[str, ...], country: URIRef | None) -> Match:
        """Find what a name means.

        :param name: the name as the sheet has it.
        :param forms: its acronym and printed forms: alone they make nothing sure, but they raise the question.
        :param country: the country stated for it, where stated.
        """
        decided = self._decisions.same(self.kind, name)
        if decided is not None:
            return Match(decided)
        apart = self._decisions.apart(self.kind, name)
        sure = self._fitting(self._by_key.get(self._key(name), set()) - apart, country)
        if len(sure) == 1:
            return Match(sure.pop())
        likely = dict.fromkeys(self._by_key.get(self._key(name), set()) - apart, 100.0)
        for form in forms:
            known = self._by_key.get(self._key(form), set()) | self._by_acronym.get(fold(form), set())
            likely |= dict.fromkeys(known - apart, 95.0)
        for key, nodes in self._by_key.items():
            score = likeness(key, self._key(name))
            for node in self._fitting(nodes - apart, country) if score >= LIKE else ():
                likely[node] = max(score, likely.get(node, 0.0))
        found = [Candidate(node, self.name(node), round(score, 1)) for node, score in likely.items()]
        return Match(None, tuple(sorted(found, key=lambda item: (-item.score, item.entity))))

    def _fitting(self, nodes: set[URIRef], country: URIRef | None) -> set[URIRef]:
        """The entities whose country, where both are known, is the stated one; a person may be of any country."""
        if country is None or self.kind == "person":
            return set(nodes)
        return {node for node in nodes if self._graph.value(node, DCT.spatial) in (None, country)}

    def name(self, node: URIRef) -> str:
        """The name of an entity."""
        return str(self._graph.value(node, FOAF.name))
