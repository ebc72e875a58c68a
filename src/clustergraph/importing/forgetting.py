"""Forgetting a person: out of the data, with a tombstone, while what is counted stays countable.

The participations stay as those of a person without a name. What they said of the person goes, and so do the
affiliations, the claims about the person, and the decisions that name the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rdflib.term import Node

from clustergraph import turtle
from clustergraph.errors import NotFoundError
from clustergraph.forgotten import hash_of, hash_of_name
from clustergraph.importing import job, withheld
from clustergraph.importing.terms import (
    CG,
    CV,
    DCT,
    FOAF,
    ORG,
    PROV,
    RDF,
    SKOS,
    Graph,
    Literal,
    URIRef,
    describe,
    english,
    thing,
)
from clustergraph.names import fold

FOLDERS = ("registry", "decisions", "editions", "additions")
FILE = "removals.ttl"
#: What stays of a participation or a mention: all that is counted, and nothing that describes the person.
KEPT = frozenset((
    RDF.type, CV.hasParticipant, CV.role, CG.mentions, CG.inEvent, CG.statedAt, CG.statedCountry, CG.attendance,
    CG.status, PROV.wasDerivedFrom,
))  # fmt: skip
NAMES = (FOAF.name, SKOS.altLabel, CG.statedName, CG.writtenAs, CG.spelling)


@dataclass(frozen=True)
class Forgotten:
    """What forgetting a person changes.

    :ivar withheld: the address of the person without a name; None where nobody of that address is left.
    :ivar changes: files that change.
    :ivar left: ``file:line`` of words in which the name still stands.
    """

    withheld: URIRef | None
    changes: tuple[job.Change, ...] = ()
    left: tuple[str, ...] = ()


def prepare(slug: str, project: Path, reason: str, today: date) -> Forgotten:
    """Work out what forgetting a person changes; nothing is written.

    :param slug: the last part of the person's address.
    :param reason: why, in words that do not name the person.
    :raises NotFoundError: there is no such person, and none was forgotten.
    """
    person = thing("person", slug)
    files = {
        path: turtle.read(path) for folder in FOLDERS for path in sorted((project / "data" / folder).glob("*.ttl"))
    }
    if not any((person, RDF.type, FOAF.Person) in graph for graph in files.values()):
        if any((None, CG.removedHash, Literal(hash_of(str(person)))) in graph for graph in files.values()):
            return Forgotten(None)
        raise NotFoundError(
            f"there is no person {slug!r} in data/registry; give the last part of the address of the page"
        )
    known = _About(person, list(files.values()))
    after = {path: known.without(graph) for path, graph in files.items()}
    path = project / "data" / "decisions" / FILE
    _bury(after.setdefault(path, turtle.empty()), known, reason, today)
    changes = tuple(change for path, graph in after.items() if (change := job.change(path, graph)))
    left = tuple(line for path, graph in after.items() for line in _left(path.relative_to(project), graph, known))
    return Forgotten(known.withheld, changes, left)


class _About:
    """What the data hold about a person.

    :ivar names: every spelling.
    :ivar dropped: nodes that go as a whole.
    :ivar renamed: old address -> new address, of the person and of the parts that stay.
    """

    def __init__(self, person: URIRef, graphs: list[Graph]) -> None:
        self.person = person
        self.mark = withheld.mark_of(person)
        self.withheld = withheld.node(self.mark)
        self.slug = str(person).rsplit("/", 1)[-1]
        everything = Graph()
        for graph in graphs:
            everything += graph
        self.parts = {*everything.subjects(CV.hasParticipant, person), *everything.subjects(CG.mentions, person)}
        affiliations = set(everything.subjects(ORG.member, person))
        decided = set(everything.subjects(CG.decidedEntity, person))
        told = (person, *self.parts, *affiliations, *decided)
        self.names = {str(name) for node in told for prop in NAMES for name in everything.objects(node, prop)}
        keys = {hash_of_name(name) for name in self.names}
        spelt = {node for node, text in everything.subject_objects(CG.spelling) if hash_of_name(str(text)) in keys}
        claims = {claim for node in told for claim in everything.subjects(RDF.subject, node)}
        self.dropped = affiliations | decided | spelt | claims
        self.dropped |= {node for node in everything.subjects(CG.notEntity, person) if _alone(everything, node)}
        self.renamed: dict[Node, URIRef] = {part: self._part(str(part)) for part in self.parts}
        self.renamed[person] = self.withheld

    def _part(self, iri: str) -> URIRef:
        words = iri.split("--")
        new = str(self.withheld).rsplit("/", 1)[-1]
        return URIRef("--".join(new if word == self.slug else word for word in words))

    def without(self, graph: Graph) -> Graph:
        """A graph without what describes the person."""
        after = turtle.empty()
        for subject, prop, value in graph:
            if subject in self.dropped or (prop == CG.notEntity and value == self.person):
                continue
            if subject == self.person and prop != RDF.type:
                continue
            if subject in self.parts and prop not in KEPT:
                continue
            after.add((self.renamed.get(subject, subject), prop, self.renamed.get(value, value)))
        for node in {self.renamed[s] for s in graph.subjects() if s in self.renamed}:
            prop = {self.withheld: FOAF.name}.get(node, CG.statedName)
            if node == self.withheld or (node, RDF.type, CG.Mention) in after:
                after.add((node, prop, Literal(withheld.name(self.mark))))
        return after


def _alone(graph: Graph, decision: Node) -> bool:
    return len(set(graph.objects(decision, CG.notEntity))) == 1


def _bury(graph: Graph, known: _About, reason: str, today: date) -> None:
    digest = hash_of(str(known.person))
    describe(
        graph,
        thing("decision", f"removal-{digest[:16]}"),
        {
            RDF.type: CG.Removal,
            CG.removedHash: Literal(digest),
            CG.nameHash: [Literal(text) for text in sorted({hash_of_name(name) for name in known.names})],
            DCT.description: english(reason),
            DCT.date: today,
        },
    )


def _left(path: Path, graph: Graph, known: _About) -> list[str]:
    """Lines of a file as it will be in which a name of the person still stands."""
    folded = {fold(name) for name in known.names if " " in fold(name)} | {fold(known.slug)}
    lines = turtle.write(graph).decode().splitlines()
    return [
        f"{path}:{number}" for number, line in enumerate(lines, start=1) if any(name in fold(line) for name in folded)
    ]
