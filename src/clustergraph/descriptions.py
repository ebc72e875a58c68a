"""Descriptions: the triples that make up the data document of a thing.

A symmetric concise bounded description (what is said of the thing, and what points to it), with the parts that stand
on its page, the labels and classes of everything they name, and a few words on the document itself.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.iris import PREFIXES, ROOT

#: The dataset that every document belongs to.
DATASET = NamedNode(ROOT + "dataset")
LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def document(kind: str, slug: str) -> NamedNode:
    """The IRI of the data document of a thing, whatever the format and the host that serves it."""
    return NamedNode(f"{ROOT}data/{kind}/{slug}")


def describe(graph: Engine, entity: NamedNode, kind: str, slug: str) -> set[Triple]:
    """The triples of the data document of a thing.

    :param kind: its kind, as in ``/data/{kind}/{slug}``.
    """
    own = graph.construct(queries.load("description/thing").text, {"entity": entity})
    triples = {*own, *_about(document(kind, slug), entity)}
    neighbours = [{"entity": neighbour} for neighbour in _named(own) - {entity}]
    for text in queries.load("description/neighbour").texts(neighbours):
        triples.update(graph.construct(text))
    return triples


def _named(triples: set[Triple]) -> set[NamedNode]:
    ends = {end for triple in triples for end in (triple.subject, triple.object)}
    return {end for end in ends if isinstance(end, NamedNode)}


def _about(doc: NamedNode, entity: NamedNode) -> list[Triple]:
    """The document's description of itself (Linked Data: foaf:primaryTopic; VoID, section 7)."""
    foaf, dct, void = PREFIXES["foaf"], PREFIXES["dct"], PREFIXES["void"]
    return [
        Triple(doc, _TYPE, NamedNode(foaf + "Document")),
        Triple(doc, NamedNode(foaf + "primaryTopic"), entity),
        Triple(doc, NamedNode(dct + "license"), LICENCE),
        Triple(doc, NamedNode(void + "inDataset"), DATASET),
    ]
