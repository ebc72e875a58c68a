"""Triples in every graph format: the same bytes for the same triples, on any machine and in any run."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from clustergraph import framing, jsonld
from clustergraph.errors import InputError
from clustergraph.formats import JSON_LD, JSON_LD_FRAMED, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from clustergraph.iris import CATALOGUE_PREFIXES, CG, GRAPH, PREFIXES, SHORT_PREFIXES

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
#: The prefixes of Turtle and TriG; where two fit, the serialiser takes the longer one.
TURTLE_PREFIXES = {**PREFIXES, **SHORT_PREFIXES, **CATALOGUE_PREFIXES, "graph": GRAPH}
PREFIX_LINE = b"@prefix "
#: By which properties a thing holds another one in framed JSON-LD, and by which one a part names what it belongs to.
HOLDING = (PREFIXES["cv"] + "subEvent", PREFIXES["cv"] + "hasParticipation")
BELONGING = CG + "statedAt"
#: The prefix of a prefixed name, behind what can stand before one.
PREFIXED = re.compile(rb"[ \t\n^]([\w-]*):")
XML_NAMESPACES = re.compile(rb"<rdf:RDF ([^>]*)>")


def write(triples: Iterable[Triple], fmt: Format, context: jsonld.Context) -> bytes:
    """Triples in one of :data:`clustergraph.formats.GRAPH_FORMATS`, each once, in a fixed order.

    :param context: the JSON-LD context; the other formats do not look at it.
    """
    return write_ordered(sorted(set(triples), key=_type_first), fmt, context)


def write_ordered(triples: list[Triple], fmt: Format, context: jsonld.Context) -> bytes:
    """As :func:`write`, of triples that are in order already, as those of :func:`ordered` are."""
    if fmt is JSON_LD:
        return jsonld.write(triples, context)
    if fmt is JSON_LD_FRAMED:
        return _framed(triples, context)
    if fmt is TURTLE:
        return _prefixes_sorted(_serialized(triples, RdfFormat.TURTLE, TURTLE_PREFIXES))
    if fmt is RDF_XML:
        return _namespaces_sorted(_serialized(triples, RdfFormat.RDF_XML, {**PREFIXES, **CATALOGUE_PREFIXES}))
    if fmt is N_TRIPLES:
        return _lines_sorted(_serialized(triples, RdfFormat.N_TRIPLES))
    raise InputError(f"{fmt.label} does not hold triples; take another format")


def write_quads(quads: Iterable[Quad], fmt: Format) -> bytes:
    """Quads as canonical N-Quads, or, in the order of :func:`ordered`, as TriG.

    Canonical N-Quads have one line a quad, sorted by code point, none twice: without blank nodes the canonical form
    of RDF Dataset Canonicalization 1.0, section 5. The identifier of a release is made of it.
    """
    if fmt is N_QUADS:
        return _lines_sorted(_serialized(quads, RdfFormat.N_QUADS))
    if fmt is TRIG:
        by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
        return _prefixes_sorted(_serialized(by_graph, RdfFormat.TRIG, TURTLE_PREFIXES))
    raise InputError(f"{fmt.label} does not hold named graphs; take N-Quads or TriG")


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Quads, each once, by subject, what it is first, then predicate and object."""
    return sorted(set(quads), key=lambda quad: (*_type_first(quad.triple), str(quad.graph_name)))


def _framed(triples: list[Triple], context: jsonld.Context) -> bytes:
    nodes = jsonld.nodes(triples, context)
    holding = [term for term in map(context.term, HOLDING) if context.definition(term).get("@type") == "@id"]
    return jsonld.document(framing.tree(nodes, holding, context.term(BELONGING)), context)


def _serialized(
    statements: Iterable[Triple] | Iterable[Quad], fmt: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    return serialize(statements, format=fmt, prefixes=prefixes) or b""


def _type_first(triple: Triple) -> tuple[str, bool, str]:
    return str(triple.subject), triple.predicate != RDF_TYPE, str(triple)


def _lines_sorted(text: bytes) -> bytes:
    return b"".join(sorted(set(text.splitlines(keepends=True))))


def _prefixes_sorted(text: bytes) -> bytes:
    """The prefixes in a fixed order and only those that may be used: the serialiser's order changes by run.

    In the text of a literal one may seem used, but the answer depends on the body alone.
    """
    lines = text.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.startswith(PREFIX_LINE)), len(lines))
    body = b"\n" + b"".join(lines[count:])
    used = set(PREFIXED.findall(body))
    head = {name: line for line in lines[:count] if (name := line[len(PREFIX_LINE) : line.index(b":")]) in used}
    return b"".join(line for _, line in sorted(head.items())) + body[1:]


def _namespaces_sorted(text: bytes) -> bytes:
    """The namespaces of the root element in a fixed order."""
    return XML_NAMESPACES.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", text, count=1)
