"""Datasets: the graph as it is now, the series of its releases, and each release (DCAT-AP 3.0.1, DCAT 3)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph.dcat import authorities, distributions
from clustergraph.dcat.publication import (
    AGENT,
    CONTACT,
    DATASET,
    DESCRIPTION,
    KEYWORDS,
    SERIES,
    TITLE,
    Publication,
    release_iri,
)
from clustergraph.releases import Release
from clustergraph.statements import Values, about, english, typed

#: What the report of a validation counts -> how the measurement of it is called.
MEASURED = {"violation": "Rules broken", "warning": "Warnings", "info": "Remarks"}
LINEAGE = DATASET + "#provenance"


def describe(shown: Publication) -> Iterator[Triple]:
    """All datasets of a catalogue, with their distributions."""
    yield from _current(shown)
    yield from _series(shown)
    for release in shown.kept:
        yield from _release(release, shown)
    yield from about(
        LINEAGE,
        "dct:ProvenanceStatement",
        {
            "rdfs:label": english(
                "Typed by hand from public pages, checked by rules, and built from files that people review. "
                "Each fact names the page it was derived from."
            )
        },
    )


def of(release: Release, shown: Publication) -> list[Triple]:
    """One of the releases that are kept, with its distributions, each statement once."""
    node = NamedNode(release_iri(release))
    before = (triple for triple in _series(shown) if triple.subject == node)
    return list(dict.fromkeys((*_release(release, shown), *before)))


def iris(shown: Publication) -> list[NamedNode]:
    """The IRIs of the datasets of a catalogue."""
    return [NamedNode(DATASET), *(NamedNode(release_iri(release)) for release in shown.kept)]


def _current(shown: Publication) -> Iterator[Triple]:
    release = shown.release
    yield from about(
        DATASET,
        "dcat:Dataset void:Dataset",
        {
            **_common(shown, release),
            "dct:title": english(TITLE),
            "dct:description": english(DESCRIPTION),
            "dct:modified": typed(release.about.created, "dateTime"),
            "dct:accrualPeriodicity": authorities.term(authorities.IRREGULAR),
            "dct:temporal": NamedNode(DATASET + "#period"),
            "dcat:version": Literal(release.id),
            "dcat:hasCurrentVersion": NamedNode(release_iri(release)),
            "dcat:hasVersion": [NamedNode(release_iri(each)) for each in shown.kept],
            "dcat:distribution": [distributions.iri("latest", file) for file in distributions.files(release)],
            "dqv:hasQualityMeasurement": _measurements(release),
        },
    )
    yield from _extent(DATASET, release)
    yield from distributions.describe(release, "latest", shown.base)


def _series(shown: Publication) -> Iterator[Triple]:
    if not shown.kept:
        return
    newest, oldest = shown.kept[0], shown.kept[-1]
    yield from about(
        SERIES,
        "dcat:DatasetSeries",
        {
            "dct:title": english(f"{TITLE}, releases"),
            "dct:description": english("Every release of the graph that is kept; a release never changes."),
            "dct:publisher": NamedNode(AGENT),
            "dcat:contactPoint": NamedNode(CONTACT),
            "dct:accrualPeriodicity": authorities.term(authorities.IRREGULAR),
            "dct:issued": typed(oldest.about.created, "dateTime"),
            "dct:modified": typed(newest.about.created, "dateTime"),
            "dct:spatial": countries(newest),
            "dct:temporal": NamedNode(f"{release_iri(newest)}#period"),
            "dcat:first": NamedNode(release_iri(oldest)),
            "dcat:last": NamedNode(release_iri(newest)),
        },
    )
    for later, earlier in pairwise(shown.kept):
        yield from about(release_iri(later), "dcat:Dataset", {"dcat:prev": NamedNode(release_iri(earlier))})


def _release(release: Release, shown: Publication) -> Iterator[Triple]:
    node = release_iri(release)
    yield from about(
        node,
        "dcat:Dataset",
        {
            **_common(shown, release),
            "dct:title": english(f"{TITLE}, release {release.id}"),
            "dct:description": english(f"{DESCRIPTION} {release.about.triples:,} statements."),
            "dct:identifier": Literal(node),
            "dct:issued": typed(release.about.created, "dateTime"),
            "dcat:version": Literal(release.id),
            "dct:temporal": NamedNode(node + "#period"),
            "dcat:isVersionOf": NamedNode(DATASET),
            "dcat:inSeries": NamedNode(SERIES),
            "dcat:distribution": [distributions.iri(release.id, file) for file in distributions.files(release)],
            "dqv:hasQualityMeasurement": _measurements(release),
        },
    )
    yield from distributions.describe(release, release.id, shown.base)
    yield from _extent(node, release)
    yield from _quality(release)


def _common(shown: Publication, release: Release) -> Mapping[str, Values]:
    return {
        "dcat:contactPoint": NamedNode(CONTACT),
        "dcat:keyword": [english(word) for word in KEYWORDS],
        "dcat:landingPage": NamedNode(shown.base + "/"),
        "dcat:theme": [authorities.term(theme) for theme in authorities.THEMES],
        "dct:accessRights": authorities.term(authorities.PUBLIC),
        "dct:language": authorities.term(authorities.ENGLISH),
        "dct:license": NamedNode(authorities.LICENCE),
        "dct:provenance": NamedNode(LINEAGE),
        "dct:publisher": NamedNode(AGENT),
        "dct:spatial": countries(release),
    }


def countries(release: Release) -> list[NamedNode]:
    """Where the editions of a release were held."""
    return [NamedNode(iri) for iri in release.about.countries]


def _extent(node: str, release: Release) -> Iterator[Triple]:
    """When and where the editions of a release were."""
    dates = {"dcat:startDate": release.about.start, "dcat:endDate": release.about.end}
    stated = {name: typed(day, "date") for name, day in dates.items() if day}
    yield from about(node + "#period", "dct:PeriodOfTime", stated)
    for iri, label in release.about.countries.items():
        yield from about(iri, "dct:Location", {"rdfs:label": english(label)})


def _measurement(release: Release, severity: str) -> str:
    return f"{release_iri(release)}#{severity}"


def _measurements(release: Release) -> list[NamedNode]:
    return [NamedNode(_measurement(release, severity)) for severity in MEASURED]


def _quality(release: Release) -> Iterator[Triple]:
    """What the validation of a release found (Data Quality Vocabulary, W3C Note of 15 December 2016)."""
    counts = json.loads((release.path / "report.json").read_text(encoding="utf-8"))["counts"]
    for severity, label in MEASURED.items():
        metric = f"{SERIES}#{severity}"
        yield from about(
            metric,
            "dqv:Metric",
            {
                "skos:prefLabel": english(label),
                "skos:definition": english(f"How often the validation of a release found a {severity}."),
                "dqv:expectedDataType": NamedNode("http://www.w3.org/2001/XMLSchema#integer"),
            },
        )
        yield from about(
            _measurement(release, severity),
            "dqv:QualityMeasurement",
            {
                "dqv:computedOn": NamedNode(release_iri(release)),
                "dqv:isMeasurementOf": NamedNode(metric),
                "dqv:value": typed(str(counts[severity]), "integer"),
            },
        )
