"""Releases for the tests of the service: of the real data, and of made-up data that no rule would let in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import (
    building,
    deriving,
    iris,
    jsonld,
    linking,
    releases,
    search,
    sources,
    spellings,
    staging,
    store,
    writing,
)
from clustergraph.dataset import Origin
from clustergraph.formats import N_QUADS
from clustergraph.iris import PREFIXES
from clustergraph.releases import Release
from clustergraph.validation.report import Report
from clustergraph.validation.validator import validate

ROOT = Path(__file__).parent.parent.parent

#: The edition that is left out of the older of two releases.
LAST = "2025-11-26-regensburg"
#: Versions of the ontology, that of the newer and that of the older of them.
NOW, BEFORE = "0.1.0", "0.0.9"
MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
LONG = "Ærø" * 1700
FORMULA = "=SUM(1+1)*cmd|' /C calc'!A0"
REVERSED = "\u202egnp.exe \u2066 אבג"


def release_of(project: Path, folder: Path, more: Iterable[Triple] = ()) -> Release:
    """A release of a project, with more triples in the graph of the registry; with these it is not validated.

    :param folder: the folder of all releases; the new one becomes its current one.
    """
    dataset = sources.read(project)
    for triple in more:
        dataset.add(triple, Origin(NamedNode(iris.graph("registry"))))
    linking.link(dataset)
    deriving.derive(dataset)
    context = jsonld.load_context(project / building.CONTEXT)
    graph = dataset.graph()
    report = Report.of((), 0, 0) if more else validate(dataset, project / "shapes")
    documents = building.documents(project, report)
    with staging.stage(folder) as path:
        about = building.describe(graph, context)
        documents |= building.among_dumps(graph, about)
        release = staging.publish(folder, staging.write(path, graph, about, documents, context))
        releases.point(folder, release.id)
    return release


def quick_release_of(project: Path, folder: Path, more: Iterable[Triple]) -> Release:
    """The same for very many more triples: of the dumps it has the one that it is named by."""
    dataset = sources.read(project)
    for triple in more:
        dataset.add(triple, Origin(NamedNode(iris.graph("registry"))))
    deriving.derive(dataset)
    graph = dataset.graph()
    about = building.describe(graph, jsonld.load_context(project / building.CONTEXT))
    documents = {**building.documents(project, Report.of((), 0, 0)), releases.ABOUT: about.to_json()}
    documents[releases.CANONICAL] = writing.write_quads(graph.stream(), N_QUADS)
    with staging.stage(folder) as path:
        (path / releases.CANONICAL).parent.mkdir(parents=True)
        store.write(graph.stream(), path / "store")
        search.write(path / search.INDEX, spellings.things(graph), spellings.spellings(graph))
        for name, content in documents.items():
            (path / name).write_bytes(content)
        lines = [f"{digest}  {name}\n" for name, digest in releases.manifest(path).items()]
        (path / releases.MANIFEST).write_text("".join(lines), encoding="utf-8")
        return staging.publish(folder, Release(path, about))


def hostile() -> list[Triple]:
    """An organisation whose names and addresses mean harm."""
    one = NamedNode(iris.thing("organisation", "hostile"))
    names = {
        "foaf:name": [MARKUP],
        "skos:altLabel": [LONG, REVERSED],
        "rdfs:label": [MARKUP],
    }
    links = {
        "rdf:type": PREFIXES["org"] + "Organization",
        "org:classification": iris.concept("organisation-kind", "other"),
        "foaf:homepage": "javascript:alert(1)",
        "skos:exactMatch": "data:text/html,<script>alert(1)</script>".replace("<", "%3C").replace(">", "%3E"),
        "cg:sector": iris.concept("topic", "ceramics"),
        "dct:spatial": iris.country("PRT"),
    }
    literals = [Triple(one, _term(name), Literal(text)) for name, texts in names.items() for text in texts]
    return literals + [Triple(one, _term(name), NamedNode(iri)) for name, iri in links.items()] + formula()


def formula() -> list[Triple]:
    """An organisation whose name a spreadsheet would calculate."""
    one = NamedNode(iris.thing("organisation", "formula"))
    kind = NamedNode(iris.concept("organisation-kind", "other"))
    name = Literal(FORMULA)
    return [
        Triple(one, _term("org:classification"), kind),
        Triple(one, _term("foaf:name"), name),
        Triple(one, _term("rdfs:label"), name),
    ]


def _term(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
