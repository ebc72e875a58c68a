"""Terms of the engine as rdflib has them, for pySHACL and for canonical Turtle, and back as text."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from clustergraph.errors import InputError
from clustergraph.iris import PREFIXES

#: What rdflib keeps apart from no datatype at all, and RDF 1.1 does not.
STRING = ox.NamedNode(PREFIXES["xsd"] + "string")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def graph(statements: Iterable[ox.Triple | ox.Quad], into: rdflib.Graph | None = None) -> rdflib.Graph:
    """Triples or quads as one rdflib graph.

    :param into: the graph that they are added to; a new one where none is given.
    """
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True  # an ill-typed literal becomes a finding, not a traceback
    try:
        data, known = rdflib.Graph() if into is None else into, _Known()
        for statement in statements:
            data.add((known[statement.subject], known[statement.predicate], known[statement.object]))
        return data
    finally:
        logger.disabled = before


class _Known(dict[Term, Node]):
    """Term -> node, each made once: rdflib looks at every character of an IRI."""

    def __missing__(self, term: Term) -> Node:
        node = self[term] = _node(term)
        return node


def _node(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise InputError(f"{term} is a triple in the place of a term; write a node for the statement")
    # Kept as written: a report shows the value as the file has it.
    if term.language:
        return rdflib.Literal(term.value, lang=term.language, normalize=False)
    datatype = None if term.datatype == STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def name(node: Node | None) -> str:
    """The IRI of a node, ``_:…`` for a blank node, nothing for none."""
    return "" if node is None else f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def text(node: Node | None) -> str:
    """A node as an N-Triples term, nothing for none."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return str(ox.Literal(str(node), language=node.language))
        return str(ox.Literal(str(node), datatype=ox.NamedNode(node.datatype) if node.datatype else None))
    return f"<{node}>" if isinstance(node, rdflib.URIRef) else name(node)
