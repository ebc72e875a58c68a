"""The catalogue itself: its datasets, its service, who publishes them, and a record of each (DCAT-AP 3.0.1)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph.dcat import authorities, datasets
from clustergraph.dcat.publication import (
    AGENT,
    CATALOGUE,
    CONTACT,
    DATASET,
    DESCRIPTION,
    KEYWORDS,
    SERIES,
    SERVICE,
    STREAM_SERVICE,
    TITLE,
    Publication,
)
from clustergraph.statements import Values, about, english, typed


def describe(shown: Publication) -> list[Triple]:
    """Everything the catalogue says, each statement once."""
    return list(
        dict.fromkeys(
            (
                *_catalogue(shown),
                *_records(shown),
                *datasets.describe(shown),
                *_services(shown),
                *_people(shown),
                *authorities.described(),
            )
        )
    )


def _catalogue(shown: Publication) -> Iterator[Triple]:
    newest = max(each.about.created for each in (shown.release, *shown.kept))
    oldest = min(each.about.created for each in (shown.release, *shown.kept))
    yield from about(
        CATALOGUE,
        "dcat:Catalog",
        {
            "dct:title": english("clustergraph"),
            "dct:description": english(f"What clustergraph publishes. {DESCRIPTION}"),
            "dct:publisher": NamedNode(AGENT),
            "dct:license": NamedNode(authorities.LICENCE),
            "dct:language": authorities.term(authorities.ENGLISH),
            "dct:issued": typed(oldest, "dateTime"),
            "dct:modified": typed(newest, "dateTime"),
            "dct:spatial": datasets.countries(shown.release),
            "dcat:themeTaxonomy": NamedNode("http://publications.europa.eu/resource/authority/data-theme"),
            "dcat:dataset": [*datasets.iris(shown), NamedNode(SERIES)],
            "dcat:service": [NamedNode(SERVICE), NamedNode(STREAM_SERVICE)],
            "dcat:record": [NamedNode(_record(node)) for node in datasets.iris(shown)],
            "foaf:homepage": NamedNode(shown.base + "/"),
        },
    )
    yield from about(shown.base + "/", "foaf:Document", {"dct:title": english("clustergraph")})


def _record(dataset: NamedNode) -> str:
    return f"{CATALOGUE}#{dataset.value.rpartition('/')[2]}"


def _records(shown: Publication) -> Iterator[Triple]:
    created = {
        DATASET: shown.release.about.created,
        **{f"{SERIES}/{each.id}": each.about.created for each in shown.kept},
    }
    for node in datasets.iris(shown):
        yield from about(
            _record(node),
            "dcat:CatalogRecord",
            {
                "foaf:primaryTopic": node,
                "dct:modified": typed(created[node.value], "dateTime"),
                "dct:issued": typed(created[node.value], "dateTime"),
                "dct:conformsTo": NamedNode(authorities.PROFILE),
                "adms:status": NamedNode(authorities.CREATED),
            },
        )


def _services(shown: Publication) -> Iterator[Triple]:
    endpoint, stream = shown.base + "/sparql", shown.base + "/ldes"
    yield from about(
        SERVICE,
        "dcat:DataService sd:Service",
        {
            "dct:title": english(f"{TITLE}, SPARQL endpoint"),
            "dct:description": english("Answers any SPARQL 1.1 query of the graph, wholly or with a reason why not."),
            "dct:conformsTo": NamedNode(authorities.PROTOCOL),
            "sd:endpoint": NamedNode(endpoint),
            **_common(endpoint),
        },
    )
    yield from about(
        STREAM_SERVICE,
        "dcat:DataService",
        {
            "dct:title": english(f"{TITLE}, event stream"),
            "dct:description": english(
                "Every version of every thing in the kept releases, page by page, for who keeps a copy."
            ),
            "dct:conformsTo": NamedNode(authorities.EVENT_STREAMS),
            **_common(stream),
        },
    )
    yield from about(endpoint, "foaf:Document", {})
    yield from about(stream, "foaf:Document", {})


def _common(address: str) -> dict[str, Values]:
    """What is said of every service at a public address, which describes itself there."""
    return {
        "dct:publisher": NamedNode(AGENT),
        "dct:license": NamedNode(authorities.LICENCE),
        "dct:accessRights": authorities.term(authorities.PUBLIC),
        "dcat:contactPoint": NamedNode(CONTACT),
        "dcat:endpointURL": NamedNode(address),
        "dcat:endpointDescription": NamedNode(address),
        "dcat:keyword": [english(word) for word in KEYWORDS],
        "dcat:landingPage": NamedNode(address),
        "dcat:servesDataset": NamedNode(DATASET),
        "dcat:theme": [authorities.term(theme) for theme in authorities.THEMES],
        "dcatap:availability": authorities.term(authorities.STABLE),
    }


def _people(shown: Publication) -> Iterator[Triple]:
    yield from about(
        AGENT, "foaf:Agent", {"foaf:name": Literal("clustergraph"), "foaf:homepage": NamedNode(shown.base + "/")}
    )
    reached = "vcard:hasEmail" if shown.contact.startswith("mailto:") else "vcard:hasURL"
    yield from about(
        CONTACT,
        "vcard:Kind vcard:Organization",
        {"vcard:fn": english("clustergraph"), reached: NamedNode(shown.contact)},
    )
