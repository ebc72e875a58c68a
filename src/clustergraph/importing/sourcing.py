"""The sources of a sheet: each web page once in the registry, and how this edition cites it."""

from __future__ import annotations

from clustergraph.importing.draft import Draft, mark
from clustergraph.importing.matching import Matcher
from clustergraph.importing.sheet import SourceRecord
from clustergraph.importing.terms import (
    CG,
    DCT,
    RDF,
    SCHEMA,
    Literal,
    URIRef,
    concept,
    describe,
    published,
    words,
)


def write(draft: Draft) -> None:
    """Write the sources of a sheet and make their ids known to the draft."""
    for source in draft.sheet.sources:
        node = draft.registry.page("source", source.url, mark(source.url))
        draft.sources[source.id] = node
        _describe(draft, node, source)
        _cite(draft, node, source)


def link_publishers(draft: Draft, organisations: Matcher) -> None:
    """Link each source to its publisher, where the publisher is a body of the registry by name."""
    for source in draft.sheet.sources:
        body = organisations.called(source.publisher.split(" (")[0])
        if body is not None:
            draft.registry.files["sources"].add((draft.sources[source.id], CG.publisherBody, body))


def _describe(draft: Draft, node: URIRef, source: SourceRecord) -> None:
    """Describe a page by all that sheets say of it: the first title stays, others stand beside it."""
    graph = draft.registry.files["sources"]
    titles = {str(title) for predicate in (DCT.title, DCT.alternative) for title in graph.objects(node, predicate)}
    title = DCT.alternative if titles else DCT.title
    whole = concept("seen", "whole")
    if source.seen == "whole" or (node, CG.seen, whole) in graph:
        graph.remove((node, CG.seen, None))
        graph.add((node, CG.seen, whole))
    else:
        graph.add((node, CG.seen, concept("seen", source.seen)))
    describe(
        graph,
        node,
        {
            RDF.type: CG.Source,
            SCHEMA.url: URIRef(source.url),
            title: None if source.title in titles else words(source.title),
            DCT.publisher: Literal(source.publisher),
            DCT.issued: published(source.published) if graph.value(node, DCT.issued) is None else None,
        },
    )


def _cite(draft: Draft, node: URIRef, source: SourceRecord) -> None:
    describe(
        draft.graph,
        draft.part("citation", source.id),
        {
            RDF.type: CG.Citation,
            CG.statedAt: draft.edition,
            CG.citedSource: node,
            DCT.identifier: source.id,
            CG.seen: concept("seen", source.seen),
            DCT.title: words(source.title),
            DCT.publisher: Literal(source.publisher),
            DCT.issued: published(source.published),
        },
    )
