"""The one door to pySHACL: the shapes of a folder, tried on a dataset.

Where property shapes hang on a node shape by ``sh:property``, pySHACL begins anew for each pair of property shape
and focus node; where a property shape has targets of its own, it takes all focus nodes at once. So each node shape
hands its targets down to its property shapes when the files are read: the same findings
in a quarter of the time (docs/validation.md).

That is right for shapes that look at nothing but a thing's own triples, and a shape may say nothing else
(:data:`LOCAL`). A rule that looks at other things is a query in ``sparql/checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from clustergraph import nodes
from clustergraph.errors import InputError
from clustergraph.iris import SHAPES
from clustergraph.validation.report import Finding

#: The SHACL terms that need nothing but a thing's own triples.
LOCAL = frozenset({
    "alternativePath", "closed", "datatype", "description", "hasValue", "ignoredProperties", "in", "languageIn",
    "lessThanOrEquals", "maxCount", "maxInclusive", "message", "minCount", "minInclusive", "minLength", "name",
    "nodeKind", "or", "path", "pattern", "property", "qualifiedMinCount", "qualifiedValueShape", "severity",
    "targetClass", "uniqueLang",
})  # fmt: skip


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
        self._folder = folder
        self._graph = nodes.graph(quad for file in files for quad in _read(file))
        self.rules = {str(shape).removeprefix(SHAPES): self._rule(shape) for shape in self._shapes()}
        self._hand_down()

    def try_on(self, triples: Iterable[Triple | Quad]) -> list[Finding]:
        """What pySHACL finds wrong with things, given all triples of each of them."""
        data = nodes.graph(triples)
        try:
            _, results, _ = pyshacl.validate(
                data, shacl_graph=self._graph, inference="none", advanced=False, allow_warnings=True, inplace=True
            )
        except (RuntimeError, re.error) as error:  # what pySHACL raises for a shape, and for its sh:pattern
            raise InputError(f"a shape in {self._folder} cannot be used: {error}; correct it") from error
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
                listed = Collection(graph, ignored)
                listed += [URIRef(predicate) for predicate in _predicates(graph, part)]

    def _finding(self, results: Graph, node: Node) -> Finding:
        severity, shape, component = (
            str(results.value(node, term))
            for term in (SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent)
        )
        path, value = results.value(node, SH.resultPath), results.value(node, SH.value)
        name = shape.removeprefix(SHAPES)
        rule = self.rules[name]
        return Finding(
            severity=severity.removeprefix(str(SH)).lower(),
            rule=name,
            focus=nodes.name(results.value(node, SH.focusNode)),
            path=rule.path or nodes.name(path),
            value=nodes.text(value),
            message=rule.message,
            remedy=rule.remedy,
            component=component.removeprefix(str(SH)),
        )


def _read(file: Path) -> list[Quad]:
    try:
        quads = list(parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True))
    except SyntaxError as error:
        raise InputError(f"{file}: {error}; correct the Turtle") from error
    terms = {quad.predicate.value for quad in quads}
    said = {term.removeprefix(str(SH)) for term in terms if term.startswith(str(SH))}
    if beyond := said - LOCAL:
        raise InputError(
            f"{file}: sh:{min(beyond)} may look beyond the thing itself; write the rule as a query in sparql/checks"
        )
    if any(quad.predicate.value == str(SH.property) and isinstance(quad.object, BlankNode) for quad in quads):
        raise InputError(f"{file}: a property shape without a name; give it an IRI such as shape:Edition-title")
    return quads


def _predicates(graph: Graph, shape: Node) -> list[str]:
    path = graph.value(shape, SH.path)
    steps = graph.value(path, SH.alternativePath) if path is not None else None
    if steps is not None:
        return [str(step) for step in Collection(graph, steps)]
    return [str(path)] if path is not None else []
