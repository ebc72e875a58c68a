"""The rulebook: every rule a release was validated by, shapes and checks, as one Turtle document and as a list.

A release carries its own rulebook, so that what is said of the rules is true of that release, also when the rules of
the project have changed since. A check is described as an executable of SHACL's Advanced Features, with its query in
``sh:select``: it is no constraint of SHACL-SPARQL, which would look at one thing at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from clustergraph.iris import PREFIXES, SHAPES, shorten
from clustergraph.validation.checks import Check

SH, RDF, RDFS = PREFIXES["sh"], PREFIXES["rdf"], PREFIXES["rdfs"]
_TYPE = NamedNode(RDF + "type")
#: What rules are, by their class.
KINDS = frozenset(SH + name for name in ("NodeShape", "PropertyShape", "Shape", "SPARQLExecutable"))
#: What a shape says to people, or of its place among the shapes; the rest are its constraints.
SPOKEN = frozenset(("message", "description", "severity", "name", "path", "property", "targetClass", "select"))
Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True)
class Rule:
    """One rule, in words and in SHACL's terms.

    :ivar name: local name of its IRI, by which findings name it.
    :ivar label: what it is about.
    :ivar about: what holds in good data, or what the shape is for; may be empty.
    :ivar severity: one of :data:`~clustergraph.validation.report.SEVERITIES`.
    :ivar message: what is wrong where it is broken; of a shape, also the rule in words.
    :ivar remedy: what to do about it.
    :ivar targets: IRIs of the classes whose things it looks at.
    :ivar paths: IRIs of the properties it looks at.
    :ivar parts: names of the property shapes of a node shape, in their order.
    :ivar constraints: term of SHACL and its value in Turtle's words, ``("sh:datatype", "xsd:date")``.
    :ivar query: the query of a check, else empty.
    """

    name: str
    label: str
    about: str
    severity: str
    message: str
    remedy: str
    targets: tuple[str, ...]
    paths: tuple[str, ...]
    parts: tuple[str, ...]
    constraints: tuple[tuple[str, str], ...]
    query: str

    @property
    def is_check(self) -> bool:
        """Whether it looks at more than one thing."""
        return not self.name[0].isupper()

    @property
    def number(self) -> str:
        """How many values there may be, in words; empty where the rule does not say."""
        said = dict(self.constraints)
        least, most = said.get("sh:minCount", ""), said.get("sh:maxCount", "")
        if least == most:
            return f"exactly {least}" if least else ""
        return " and ".join([*([f"at least {least}"] if least else []), *([f"at most {most}"] if most else [])])


@dataclass(frozen=True)
class Rulebook:
    """The rules of a release.

    :ivar triples: all that the document says, its blank nodes named as RDFC-1.0 names them.
    """

    triples: tuple[Triple, ...] = field(repr=False)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Name -> rule, by name; those of classes first."""
        reader = _Reader(self.triples)
        return {rule.name: rule for rule in sorted(reader.rules(), key=lambda rule: (rule.is_check, rule.name))}

    @property
    def groups(self) -> list[Rule]:
        """The node shapes that have property shapes, by name: one for each class or two."""
        return [rule for rule in self.rules.values() if rule.parts]

    @property
    def checks(self) -> list[Rule]:
        """The rules that look at more than one thing."""
        return [rule for rule in self.rules.values() if rule.is_check]

    @cached_property
    def loose(self) -> list[Rule]:
        """Node shapes that look at things as such, or are used by others: by class, then those of values."""
        return [rule for rule in self.rules.values() if not (rule.is_check or rule.parts or rule.paths)]

    def of_class(self, iri: str) -> list[Rule]:
        """The node shapes whose targets include a class."""
        return [rule for rule in self.rules.values() if iri in rule.targets]

    def of_property(self, iri: str) -> list[tuple[Rule, Rule]]:
        """The property shapes on a property, each after the node shape it is a part of."""
        return [
            (group, self.rules[part])
            for group in self.groups
            for part in group.parts
            if iri in self.rules[part].paths
        ]

    def write(self, fmt: RdfFormat) -> bytes:
        """The document as Turtle, N-Triples, RDF/XML or JSON-LD: the same bytes each time."""
        body = serialize(self.triples, format=fmt, prefixes=None if fmt is RdfFormat.N_TRIPLES else _PREFIXES)
        return body or b""


_PREFIXES = {name: PREFIXES[name] for name in ("rdf", "rdfs", "sh", "shape", "xsd")}


def write(folder: Path, checks: Iterable[Check]) -> bytes:
    """The rulebook as Turtle: the files of a folder of shapes as they are, then the checks.

    :param folder: holds one ``.ttl`` file a class, in canonical Turtle, proved usable by validation.
    """
    lines = [line for file in sorted(folder.glob("*.ttl")) for line in file.read_text(encoding="utf-8").splitlines()]
    described = (
        serialize((triple for check in checks for triple in _triples(check)), format=RdfFormat.N_TRIPLES) or b""
    )
    head = sorted({line for line in lines if line.startswith("PREFIX ")})
    body = [line for line in lines if not line.startswith("PREFIX ")]
    return "\n".join([*head, *body, "", ""]).encode() + described


def read(path: Path) -> Rulebook:
    """The rulebook of a Turtle file."""
    dataset = Dataset(parse(path=str(path), format=RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return Rulebook(tuple(sorted((quad.triple for quad in dataset), key=str)))


def _triples(check: Check) -> Iterable[Triple]:
    node = NamedNode(SHAPES + check.name)
    kinds = ("SPARQLExecutable", "SPARQLSelectExecutable") if check.text else ("Shape",)
    yield from (Triple(node, _TYPE, NamedNode(SH + kind)) for kind in kinds)
    yield Triple(node, NamedNode(RDFS + "comment"), Literal(check.about, language="en"))
    yield Triple(node, NamedNode(SH + "severity"), NamedNode(SH + check.severity.capitalize()))
    yield Triple(node, NamedNode(SH + "message"), Literal(check.message, language="en"))
    yield Triple(node, NamedNode(SH + "description"), Literal(check.remedy, language="en"))
    if check.text:
        yield Triple(node, NamedNode(SH + "select"), Literal(check.text))


class _Reader:
    """Reads rules from triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if not isinstance(triple.subject, Triple) and not isinstance(triple.object, Triple):
                self._said[triple.subject][triple.predicate.value].append(triple.object)

    def rules(self) -> Iterable[Rule]:
        """One for each shape and each executable."""
        return [
            self._rule(node, said)
            for node, said in list(self._said.items())
            if isinstance(node, NamedNode) and any(kind.value in KINDS for kind in said.get(_TYPE.value, ()))
        ]

    def _rule(self, node: NamedNode, said: dict[str, list[Term]]) -> Rule:
        def text(term: str) -> str:
            return next((one.value for one in said.get(term, ())), "")

        def names(term: str, base: str = "") -> tuple[str, ...]:
            return tuple(one.value.removeprefix(base) for one in said.get(SH + term, ()))

        name = node.value.removeprefix(SHAPES)
        return Rule(
            name=name,
            label=text(SH + "name") or text(RDFS + "label") or name,
            about=text(RDFS + "comment"),
            severity=(text(SH + "severity") or SH + "Violation").removeprefix(SH).lower(),
            message=text(SH + "message"),
            remedy=text(SH + "description"),
            targets=names("targetClass"),
            paths=tuple(self._paths(said)),
            parts=names("property", SHAPES),
            constraints=tuple(self._constraints(said)),
            query=text(SH + "select"),
        )

    def _paths(self, said: dict[str, list[Term]]) -> Iterable[str]:
        for path in said.get(SH + "path", ()):
            steps = [
                one for first in self._said.get(path, {}).get(SH + "alternativePath", ()) for one in self._list(first)
            ]
            yield from (step.value for step in steps or [path])

    def _constraints(self, said: dict[str, list[Term]]) -> Iterable[tuple[str, str]]:
        for term, values in sorted(said.items()):
            if term.startswith(SH) and term.removeprefix(SH) not in SPOKEN:
                yield shorten(term), " ".join(self._words(value) for value in values)

    def _list(self, node: Term) -> list[Term]:
        found = []
        while (cell := self._said.get(node)) and RDF + "first" in cell:
            found += cell[RDF + "first"]
            node = cell[RDF + "rest"][0]
        return found

    def _words(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return shorten(term.value)
        if isinstance(term, Literal):
            return term.value
        inside = self._list(term)
        if inside:
            return "( " + " ".join(map(self._words, inside)) + " )"
        return "[ " + " ; ".join(f"{name} {value}" for name, value in self._constraints(self._said[term])) + " ]"
