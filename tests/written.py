"""Statements as tests write them: TriG or Turtle, in which the project's prefixes need not be declared."""

from __future__ import annotations

from pyoxigraph import Quad, RdfFormat, parse

from clustergraph.iris import PREFIXES, SHORT_PREFIXES
from clustergraph.store import Graph, in_memory

#: What declares the prefixes, in a query too.
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in {**PREFIXES, **SHORT_PREFIXES}.items())


def quads(text: str) -> list[Quad]:
    """The statements of a text, those outside of named graphs in the default one."""
    return [Quad(*each.triple, each.graph_name) for each in parse(PROLOGUE + text, format=RdfFormat.TRIG)]


def written(text: str) -> Graph:
    """The same as a graph to be asked."""
    return in_memory(quads(text))
