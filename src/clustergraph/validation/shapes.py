"""The one door to pySHACL: the shapes of a folder, tried on things.

pySHACL spends its time once a property shape *and focus node* where the shape hangs on ``sh:property``, and
once a property shape where it has targets of its own. So the targets of a node shape are handed down to its
property shapes when the files are read: the same findings in a tenth of the time.

A thing is tried with nothing but its own triples. What a shape may say is therefore bounded
(:data:`LOCAL`); a rule that looks at other things is a query in ``sparql/checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyshacl
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from clustergraph.errors import InputError
from clustergraph.iris import SHAPES
from clustergraph.validation.report import Finding

#: The SHACL terms that need nothing but the thing's own triples.
LOCAL = frozenset(
    """alternativePath closed datatype description hasValue ignoredProperties in languageIn lessThanOrEquals
    maxCount maxInclusive message minCount minInclusive minLength name nodeKind or path pattern property
    qualifiedMinCount qualifiedValueShape severity targetClass uniqueLang""".split()
)


@dataclass(frozen=True)
class Rule:
    """What a shape says of itself.

    :ivar path: the IRI of its property, several joined by ``|``, empty for a node shape.
    """

    message: str
    remedy: str
    path: str


class Shapes:
    """The shapes of a folder of Turtle files.

    :param folder: holds one ``.ttl`` file a class.
    :raises InputError: a file cannot be parsed, there is none, or a shape looks beyond its own thing.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*.ttl"))
        if not files:
            raise InputError(f"there are no shapes (*.ttl) in {folder}; give the project's own folder")
        texts = [file.read_bytes() for file in files]
        self.digest = sha256(b"\0".join([pyshacl.__version__.encode(), *texts])).hexdigest()
        self._graph = Graph()
        for file, text in zip(files, texts, strict=True):
            _read(self._graph, file, text)
        self.rules = {str(shape).removeprefix(SHAPES): self._rule(shape) for shape in self._shapes()}
        self._hand_down()

    def try_on(self, triples: Iterable[Triple | Quad]) -> list[Finding]:
        """What pySHACL finds wrong with things, given all triples of each of them."""
        data = Graph()
        for triple in triples:
            data.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
        _, results, _ = pyshacl.validate(
            data, shacl_graph=self._graph, inference="none", advanced=False, allow_warnings=True, inplace=True
        )
        if not isinstance(results, Graph):
            raise InputError(f"the shapes cannot be used: {results}")
        return [self._finding(results, node) for node in results.objects(None, SH.result)]

    def _shapes(self) -> Iterator[Node]:
        for kind in (SH.NodeShape, SH.PropertyShape):
            yield from (shape for shape in self._graph.subjects(RDF.type, kind))

    def _rule(self, shape: Node) -> Rule:
        said = {term: str(self._graph.value(shape, term) or "") for term in (SH.message, SH.description)}
        return Rule(said[SH.message], said[SH.description], "|".join(_predicates(self._graph, shape)))

    def _hand_down(self) -> None:
        """Give property shapes the targets of their node shape, and closed shapes the list they would have had."""
        graph = self._graph
        for shape, part in list(graph.subject_objects(SH.property)):
            graph.remove((shape, SH.property, part))
            for target in graph.objects(shape, SH.targetClass):
                graph.add((part, SH.targetClass, target))
            ignored = graph.value(shape, SH.ignoredProperties)
            if ignored is not None:
                Collection(graph, ignored, []).__iadd__(map(URIRef, _predicates(graph, part)))

    def _finding(self, results: Graph, node: Node) -> Finding:
        said = {term: results.value(node, term) for term in (SH.focusNode, SH.resultPath, SH.value)}
        severity, shape, component = (
            str(results.value(node, term))
            for term in (SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent)
        )
        name = shape.removeprefix(SHAPES)
        rule = self.rules[name]
        path, value = said[SH.resultPath], said[SH.value]
        return Finding(
            severity=severity.removeprefix(str(SH)).lower(),
            rule=name,
            focus=_text(said[SH.focusNode]),
            path=rule.path or (str(path) if path is not None else ""),
            value="" if value is None else _n3(value),
            message=rule.message,
            remedy=rule.remedy,
            component=component.removeprefix(str(SH)),
        )


def _read(graph: Graph, file: Path, text: bytes) -> None:
    try:
        for quad in parse(text, format=RdfFormat.TURTLE):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except SyntaxError as error:
        raise InputError(f"{file}: {error}; correct the Turtle") from error
    beyond = {str(term) for term in graph.predicates() if term.startswith(str(SH))} - {
        str(SH) + term for term in LOCAL
    }
    if beyond:
        raise InputError(
            f"{file}: {min(beyond)} looks beyond the thing itself; write the rule as a query in sparql/checks"
        )


def _predicates(graph: Graph, shape: Node) -> list[str]:
    path = graph.value(shape, SH.path)
    if path is None or isinstance(path, URIRef):
        return [str(path)] if path is not None else []
    return [str(step) for step in Collection(graph, graph.value(path, SH.alternativePath))]


def _term(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if not isinstance(term, OxLiteral):
        raise InputError(f"{term} cannot be validated: RDF 1.1 has no triples as terms; write a node for it")
    # Kept as written: a report must show the value as the file has it.
    if term.language:
        return Literal(term.value, lang=term.language, normalize=False)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _text(node: Node | None) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _n3(node: Node) -> str:
    return node.n3() if isinstance(node, BNode | URIRef | Literal) else str(node)
