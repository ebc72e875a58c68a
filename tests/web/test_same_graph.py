"""The graph of a thing is the same in every format, for every thing there is."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from clustergraph import queries, writing
from clustergraph.descriptions import describe
from clustergraph.formats import GRAPH_FORMATS, Format
from clustergraph.iris import kind_and_slug
from clustergraph.releases import Release
from clustergraph.store import Graph


def read(content: bytes, fmt: Format) -> set[Triple]:
    assert isinstance(fmt.engine, RdfFormat)
    return {quad.triple for quad in parse(content, format=fmt.engine)}


def test_every_thing_has_the_same_graph_in_every_format(release: Release, graph: Graph) -> None:
    context = release.context()
    things = [row["thing"] for row in graph.select(queries.load("site/pages").text)]
    assert len(things) > 500
    for thing in things:
        assert isinstance(thing, NamedNode)
        kind, slug = kind_and_slug(thing.value) or ("", "")
        triples = describe(graph, thing, kind, slug)
        for fmt in GRAPH_FORMATS:
            assert read(writing.write(triples, fmt, context), fmt) == set(triples), f"{thing.value} as {fmt.label}"
