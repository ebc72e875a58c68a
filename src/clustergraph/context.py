"""The JSON-LD 1.1 context of the data, worked out from the ontology.

Terms of our own are named by their local name (``statedAt``), reused ones by prefix and local name (``dct:title``):
a term added later can thus never take the name of another. What the ontology says of the values of a property
(``schema:rangeIncludes``, ``cg:repeatable``) decides how they are written:

- things and addresses: ``"@type": "@id"``;
- one datatype other than string: that datatype;
- texts that always have a language: a language map, ``{"und": "Welcome"}``;
- everything else, mixed values among them: as it is, so that nothing is lost on the way there and back.

See JSON-LD 1.1, W3C Recommendation of 16 July 2020, section 4.
"""

from __future__ import annotations

import json
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from clustergraph.iris import CG, PREFIXES
from clustergraph.turtle import read

SCHEMA = Namespace(PREFIXES["schema"])
REPEATABLE = URIRef(CG + "repeatable")
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)

Definition = str | dict[str, str | list[str]]


def curie(iri: str) -> str:
    """An IRI shortened by the project's prefixes (``dct:title``), or the IRI itself where none fits."""
    fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def term(iri: str) -> str:
    """The key under which a class or property stands in JSON: ``statedAt``, ``dct:title``."""
    return iri.removeprefix(CG) if iri.startswith(CG) else curie(iri)


def _is_datatype(iri: URIRef) -> bool:
    return iri.startswith(str(XSD)) or iri in (RDF.langString, RDFS.Literal)


def _definition(ontology: Graph, prop: URIRef) -> Definition:
    values = {value for value in ontology.objects(prop, SCHEMA.rangeIncludes) if isinstance(value, URIRef)}
    entry: dict[str, str | list[str]] = {"@id": curie(prop)}
    containers = []
    if values == {RDF.langString}:
        containers.append("@language")
    elif values and not any(_is_datatype(value) for value in values):
        entry["@type"] = "@id"
    elif len(values) == 1 and values.isdisjoint({XSD.string, RDFS.Literal}):
        entry["@type"] = curie(values.pop())
    if (prop, REPEATABLE, Literal(True)) in ontology:
        containers.append("@set")
    if containers:
        entry["@container"] = containers if len(containers) > 1 else containers[0]
    return entry if len(entry) > 1 else curie(prop)


def from_ontology(ontology: Graph) -> dict[str, object]:
    """The context document, ``{"@context": {…}}``: prefixes, then our classes, then properties, each in order.

    :param ontology: all modules of the ontology in one graph.
    """
    classes = {str(cls) for cls in ontology.subjects(RDF.type, OWL.Class) if str(cls).startswith(CG)}
    properties = {prop for kind in PROPERTY_TYPES for prop in ontology.subjects(RDF.type, kind)}
    definitions = {str(prop): _definition(ontology, prop) for prop in properties if isinstance(prop, URIRef)}
    entries: dict[str, object] = {"@version": 1.1}
    entries |= sorted(PREFIXES.items())
    entries |= {term(cls): curie(cls) for cls in sorted(classes)}
    # A property that needs no more than its prefix needs no entry.
    entries |= {term(prop): entry for prop, entry in sorted(definitions.items()) if entry != term(prop)}
    return {"@context": entries}


def render(folder: Path) -> bytes:
    """What ``context.jsonld`` in the ontology folder has to hold: the same bytes for the same ontology.

    :param folder: the folder with the modules of the ontology, ``*.ttl``.
    :raises InputError: a module is not Turtle.
    """
    ontology = Graph()
    for path in sorted(folder.glob("*.ttl")):
        ontology += read(path)
    return (json.dumps(from_ontology(ontology), indent=2, ensure_ascii=False) + "\n").encode()
