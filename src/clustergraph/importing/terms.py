"""RDF terms as the importer writes them: namespaces, literals, and one way to describe a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from clustergraph import iris

CG = Namespace(iris.CG)
CV = Namespace(iris.PREFIXES["cv"])
DCT = Namespace(iris.PREFIXES["dct"])
FOAF = Namespace(iris.PREFIXES["foaf"])
GEO = Namespace(iris.PREFIXES["geo"])
ORG = Namespace(iris.PREFIXES["org"])
PROV = Namespace(iris.PREFIXES["prov"])
SCHEMA = Namespace(iris.PREFIXES["schema"])

Value = Node | str | int | bool | date | Decimal | None
Properties = Mapping[URIRef, Value | Iterable[Value]]


def words(text: str | None) -> Literal | None:
    """Words of a sheet in a language the sheet does not name (``und``, BCP 47); an editor may set it later."""
    return None if text is None else Literal(text, lang="und")


def english(text: str | None) -> Literal | None:
    """Words of our own, in English."""
    return None if text is None else Literal(text, lang="en")


def published(text: str | None) -> Literal | None:
    """A day, month or year of publication."""
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    return None if text is None else Literal(text, datatype=kinds[len(text)], normalize=False)


def thing(kind: str, slug: str) -> URIRef:
    """A thing of ours, as an RDF term."""
    return URIRef(iris.thing(kind, slug))


def concept(scheme: str, slug: str) -> URIRef:
    """A concept of ours, as an RDF term; a sheet's ``opening_speaker`` is the slug ``opening-speaker``."""
    return URIRef(iris.concept(scheme, slug.replace("_", "-")))


def describe(graph: Graph, subject: Node, properties: Properties) -> None:
    """Add a description: for each property one value, several, or (None) nothing."""
    for predicate, value in properties.items():
        several = isinstance(value, Iterable) and not isinstance(value, str)
        for item in value if several else (value,):  # type: ignore[union-attr]
            if item is not None:
                graph.add((subject, predicate, item if isinstance(item, Node) else Literal(item)))


__all__ = [
    "CG", "CV", "DCT", "FOAF", "GEO", "ORG", "PROV", "RDF", "RDFS", "SCHEMA", "SKOS", "XSD",
    "Graph", "Literal", "Properties", "URIRef", "Value", "concept", "describe", "english",
    "published", "thing", "words",
]  # fmt: skip
