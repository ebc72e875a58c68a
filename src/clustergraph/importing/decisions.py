"""Editors' decisions on names, in ``data/decisions/*.ttl``: what is the same, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clustergraph import turtle
from clustergraph.importing.terms import CG, DCT, RDF, Graph, Literal, URIRef, describe, english, thing
from clustergraph.iris import kind_and_slug, slugify
from clustergraph.names import fold


@dataclass(frozen=True)
class Decision:
    """One decision on one spelling.

    :ivar kind: ``person`` or ``organisation``.
    :ivar spelling: the name as the sheet has it.
    :ivar same: the entity it means, or None: it is none of the others and gets an entity of its own.
    :ivar others: the entities it does not mean.
    :ivar reason: why, in a sentence.
    """

    kind: str
    spelling: str
    same: URIRef | None
    others: tuple[URIRef, ...]
    reason: str


class Decisions:
    """All decisions; new ones are written to ``names.ttl``.

    :param folder: ``data/decisions``.
    """

    FILE = "names.ttl"

    def __init__(self, folder: Path) -> None:
        self.path = folder / self.FILE
        self.graph = turtle.read(self.path)
        everything = Graph()
        for file in sorted(folder.glob("*.ttl")):
            everything += turtle.read(file)
        self._same: dict[tuple[str, str], URIRef] = {}
        self._apart: dict[tuple[str, str], set[URIRef]] = {}
        for node, spelling in everything.subject_objects(CG.spelling):
            same = everything.value(node, CG.decidedEntity)
            others = {URIRef(str(other)) for other in everything.objects(node, CG.notEntity)}
            if same is not None:
                self._same[_key(str(same), str(spelling))] = URIRef(str(same))
            for other in others:
                self._apart.setdefault(_key(str(other), str(spelling)), set()).add(other)

        self._withheld = {
            str(digest): str(everything.value(node, CG.removedHash))[:8]
            for node, digest in everything.subject_objects(CG.nameHash)
        }

    def same(self, kind: str, spelling: str) -> URIRef | None:
        """The entity that a spelling was decided to mean."""
        return self._same.get((kind, fold(spelling)))

    def apart(self, kind: str, spelling: str) -> set[URIRef]:
        """The entities that a spelling was decided not to mean."""
        return self._apart.get((kind, fold(spelling)), set())

    def withheld(self, hash_of_name: str) -> str:
        """The mark of the person whose name, by its hash, is withheld; empty where it is not."""
        return self._withheld.get(hash_of_name, "")

    def record(self, decision: Decision, on: date) -> None:
        """Add a decision; recording it again changes nothing."""
        kind, spelling = decision.kind, decision.spelling
        if decision.same is not None:
            self._same[(kind, fold(spelling))] = decision.same
        self._apart.setdefault((kind, fold(spelling)), set()).update(decision.others)
        node = thing("decision", f"{kind}-{slugify(spelling)}-{'same' if decision.same else 'apart'}")
        if (node, RDF.type, None) in self.graph:
            for other in decision.others:
                self.graph.add((node, CG.notEntity, other))
            return
        describe(
            self.graph,
            node,
            {
                RDF.type: CG.Merge if decision.same else CG.Distinction,
                CG.spelling: Literal(spelling),
                CG.decidedEntity: decision.same,
                CG.notEntity: decision.others,
                DCT.description: english(decision.reason),
                DCT.date: on,
            },
        )


def _key(entity: str, spelling: str) -> tuple[str, str]:
    found = kind_and_slug(entity)
    return (found[0] if found else "", fold(spelling))
