"""The edition itself, its sessions, its documents, and the events related to it."""

from __future__ import annotations

from clustergraph import iris
from clustergraph.importing.draft import Draft, mark
from clustergraph.importing.sheet import DocumentRecord, RelatedEventRecord, SessionRecord
from clustergraph.importing.terms import (
    CG,
    CV,
    DCT,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    URIRef,
    concept,
    describe,
    english,
    thing,
    words,
)
from clustergraph.names import fold

_SERIES_NAME = "clusters meet regions"


def write(draft: Draft) -> None:
    """Write the programme of a sheet; its sources and bodies are written before."""
    _edition(draft)
    for event in draft.sheet.related_events:
        _relation(draft, event)
    for session in draft.sheet.sessions:
        _session(draft, session)
    for document in draft.sheet.documents:
        _document(draft, document)


def _edition(draft: Draft) -> None:
    edition = draft.sheet.edition
    country, region = draft.country(edition.country), draft.region(edition.nuts)
    assert country is not None
    mode = edition.attendance_mode
    describe(
        draft.graph,
        draft.edition,
        {
            RDF.type: CG.Edition,
            SCHEMA.superEvent: URIRef(iris.SERIES),
            DCT.title: words(edition.title),
            CG.statedNumber: edition.number,
            CG.coverage: concept("coverage", "recorded"),
            SCHEMA.startDate: edition.start,
            SCHEMA.endDate: edition.end,
            SCHEMA.location: draft.registry.place_or_new(edition.city, country, region),
            CG.cityText: edition.city,
            CG.venueText: edition.venue,
            CG.region: region,
            CG.regionText: edition.region,
            DCT.spatial: country,
            SCHEMA.eventAttendanceMode: concept("attendance", mode) if mode else None,
            DCT.subject: [draft.topic(topic) for topic in draft.sheet.topics],
            CG.policy: [draft.policy(policy) for policy in draft.sheet.policies],
            CG.theme: words(edition.theme),
            SKOS.editorialNote: english(edition.note),
            SCHEMA.url: URIRef(edition.event_url) if edition.event_url else None,
            PROV.wasDerivedFrom: draft.cited(edition.src),
        },
    )


def _session(draft: Draft, session: SessionRecord) -> None:
    country = draft.country(draft.sheet.edition.country)
    described = _is_description(session.title)
    place = draft.registry.place(session.place, country) if session.place else None
    describe(
        draft.graph,
        draft.session(session.id),
        {
            RDF.type: CG.Session,
            CV.parentEvent: _event_called(draft, session.part_of) if session.part_of else draft.edition,
            CG.statedAt: draft.edition,
            CG.sequence: session.order,
            CG.sessionKind: concept("session-kind", session.kind),
            DCT.description if described else DCT.title: words(session.title),
            SCHEMA.startDate: session.date,
            CG.representedCountry: [draft.country(code) for code in session.countries],
            DCT.subject: [draft.topic(topic) for topic in session.topics],
            CG.placeText: session.place,
            SCHEMA.location: place,
            PROV.wasDerivedFrom: draft.cited(session.src),
        },
    )


def _is_description(title: str) -> bool:
    """A session title whose first letter is lower case is a description in our words, not a title."""
    return next((char.islower() for char in title if char.isalpha()), False)


def _relation(draft: Draft, event: RelatedEventRecord) -> None:
    target = None if means_edition(event) else _event(draft, event)
    describe(
        draft.graph,
        draft.numbered("relation", event.relation.replace("_", "-")),
        {
            RDF.type: CG.EventRelation,
            CG.fromEvent: draft.edition,
            CG.toEvent: target,
            CG.relation: concept("relation", event.relation),
            DCT.title: words(event.title),
            SCHEMA.startDate: event.start,
            SCHEMA.endDate: event.end,
            CG.cityText: event.city,
            DCT.spatial: draft.country(event.country),
            CG.statedAt: draft.edition,
            PROV.wasDerivedFrom: draft.cited(event.src),
        },
    )


def means_edition(event: RelatedEventRecord) -> bool:
    """Whether a stated next or previous event is an edition of the series; the build finds out which."""
    return event.relation in ("next", "previous") and _SERIES_NAME in fold(event.title)


def _event(draft: Draft, event: RelatedEventRecord) -> URIRef:
    """The related event in the registry, one for each title and start."""
    start = f"{event.start.isoformat()}-" if event.start else ""
    node = thing("event", start + iris.slugify(event.title, limit=60))
    country = draft.country(event.country)
    describe(
        draft.registry.files["events"],
        node,
        {
            RDF.type: CG.RelatedEvent,
            DCT.title: words(event.title),
            SCHEMA.startDate: event.start,
            SCHEMA.endDate: event.end,
            CG.cityText: event.city,
            SCHEMA.location: draft.registry.place(event.city, country) if event.city else None,
            DCT.spatial: country,
            PROV.wasDerivedFrom: draft.cited(event.src),
        },
    )
    return node


def _event_called(draft: Draft, title: str) -> URIRef:
    return _event(draft, next(event for event in draft.sheet.related_events if event.title == title))


def _document(draft: Draft, document: DocumentRecord) -> None:
    if document.url:
        node = draft.registry.page("document", document.url, mark(document.url))
        graph = draft.registry.files["sources"]
        known = [str(title) for title in graph.objects(node, DCT.title)]
        title = DCT.title if not known else DCT.alternative
        names = {title: None if document.title in known else words(document.title)}
    else:
        node = draft.unused("document", f"{document.kind}-{document.title}")
        graph, names = draft.graph, {DCT.title: words(document.title)}
    draft.graph.add((draft.edition, CG.document, node))
    describe(
        graph,
        node,
        {
            RDF.type: CG.Document,
            CG.documentKind: concept("document-kind", document.kind),
            SCHEMA.url: URIRef(document.url) if document.url else None,
            PROV.wasDerivedFrom: draft.cited(document.src),
            **names,
        },
    )
