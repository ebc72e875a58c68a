"""The graph described for programs that look for data: sizes, classes, properties, links (VoID, W3C Note 2011)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import queries
from clustergraph.dcat import authorities
from clustergraph.dcat.publication import DATASET, DESCRIPTION, TITLE, Publication
from clustergraph.engine import Solution
from clustergraph.formats import DUMP_FORMATS
from clustergraph.iris import ID, ROOT, SERIES
from clustergraph.statements import about, english, typed

VOID = ROOT + "void"
#: Kinds of registers by host -> what people call them; others go by their address.
REGISTERS = {
    "http://data.europa.eu/": "NUTS regions of Eurostat",
    "http://id.loc.gov/": "Library of Congress",
    "http://publications.europa.eu/": "Authority tables of the Publications Office of the EU",
    "http://www.wikidata.org/": "Wikidata",
    "https://ror.org/": "Research Organization Registry",
    "https://schema.org/": "schema.org",
    "https://sws.geonames.org/": "GeoNames",
}
#: Kind of a partition -> its query, and what is counted of each part: term of VoID -> variable of the query.
PARTITIONS = {
    "class": ("classes", {"entities": "entities"}),
    "property": ("properties", {"triples": "triples", "distinctSubjects": "subjects", "distinctObjects": "objects"}),
}


def describe(shown: Publication) -> list[Triple]:
    """The description of the graph that is served, with its partitions and linksets."""
    return [*_document(), *_dataset(shown), *_partitions(shown), *_linksets(shown)]


def rows(shown: Publication, name: str) -> list[Solution]:
    """What a query file under ``sparql/void/`` finds in the graph that is served."""
    return shown.graph.select(queries.load(f"void/{name}").text)


def _document() -> Iterator[Triple]:
    yield from about(
        VOID,
        "void:DatasetDescription foaf:Document",
        {"dct:title": english(f"Description of {TITLE}"), "foaf:primaryTopic": NamedNode(DATASET)},
    )


def _dataset(shown: Publication) -> Iterator[Triple]:
    extent = rows(shown, "extent")[0]
    vocabularies = [NamedNode(row["vocabulary"].value) for row in rows(shown, "vocabularies")]
    classes, properties = rows(shown, "classes"), rows(shown, "properties")
    yield from about(
        DATASET,
        "void:Dataset",
        {
            "dct:title": english(TITLE),
            "dct:description": english(DESCRIPTION),
            "dct:license": NamedNode(authorities.LICENCE),
            "dct:modified": typed(shown.release.about.created, "dateTime"),
            "foaf:homepage": NamedNode(shown.base + "/"),
            "void:sparqlEndpoint": NamedNode(shown.base + "/sparql"),
            "void:dataDump": [
                NamedNode(f"{shown.base}/dumps/latest/clustergraph.{fmt.name}") for fmt in DUMP_FORMATS
            ],
            "void:uriSpace": Literal(ROOT),
            "void:exampleResource": NamedNode(SERIES),
            "void:rootResource": NamedNode(SERIES),
            "void:uriLookupEndpoint": NamedNode(shown.base + "/search?q="),
            "void:vocabulary": vocabularies,
            "void:feature": [NamedNode(fmt.engine.iri) for fmt in DUMP_FORMATS if fmt.engine],
            "void:triples": _count(shown.release.about.triples),
            "void:entities": _count(extent["subjects"]),
            "void:distinctSubjects": _count(extent["subjects"]),
            "void:distinctObjects": _count(extent["objects"]),
            "void:classes": _count(len(classes)),
            "void:properties": _count(len(properties)),
            "void:uriRegexPattern": Literal("^" + ID.replace(".", "\\.")),
        },
    )


def register(base: str) -> str:
    """What people call the register whose addresses begin with a text."""
    return REGISTERS.get(base, base)


def _count(number: object) -> Literal:
    return typed(str(getattr(number, "value", number)), "integer")


def _part(kind: str, iri: str) -> str:
    """The IRI of a part: a hash, since the IRI of a term has no place in a fragment."""
    return f"{VOID}#{kind}-{sha256(iri.encode()).hexdigest()[:12]}"


def _partitions(shown: Publication) -> Iterator[Triple]:
    for kind, (query, counts) in PARTITIONS.items():
        for row in rows(shown, query):
            part = _part(kind, row[kind].value)
            yield from about(DATASET, "", {f"void:{kind}Partition": NamedNode(part)})
            yield from about(
                part,
                "void:Dataset",
                {
                    f"void:{kind}": NamedNode(row[kind].value),
                    **{f"void:{name}": _count(row[variable]) for name, variable in counts.items()},
                },
            )


def _linksets(shown: Publication) -> Iterator[Triple]:
    for row in rows(shown, "links"):
        prop, base = row["property"].value, row["register"].value
        part, target = _part("links", f"{prop} {base}"), _part("register", base)
        yield from about(DATASET, "", {"void:subset": NamedNode(part)})
        yield from about(
            part,
            "void:Linkset",
            {
                "void:linkPredicate": NamedNode(prop),
                "void:subjectsTarget": NamedNode(DATASET),
                "void:objectsTarget": NamedNode(target),
                "void:triples": _count(row["triples"]),
            },
        )
        yield from about(
            target,
            "void:Dataset",
            {"dct:title": english(register(base)), "void:uriSpace": Literal(base)},
        )
