"""Organisations and people of a sheet: who they are (registry), how they are named, and what part they had."""

from __future__ import annotations

from clustergraph.importing.draft import Draft, slug_of
from clustergraph.importing.matching import Matcher
from clustergraph.importing.sheet import Body, Person
from clustergraph.importing.terms import (
    CG,
    CV,
    DCT,
    FOAF,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    Literal,
    Properties,
    URIRef,
    concept,
    describe,
    english,
    words,
)

_TYPES = {
    "cluster": [ORG.Organization, CG.ClusterOrganisation],
    "cluster_association": [ORG.Organization, CG.ClusterOrganisation],
    "regional_authority": [ORG.Organization, CV.PublicOrganisation],
    "municipality": [ORG.Organization, CV.PublicOrganisation],
    "ministry": [ORG.Organization, CV.PublicOrganisation],
    "eu_institution": [ORG.Organization, CV.PublicOrganisation],
    "project": [CG.Project],
}


def register_body(draft: Draft, body: Body, node: URIRef, matcher: Matcher) -> list[str]:
    """Add to the registry what a sheet says of an organisation; nothing that stands there is changed.

    :returns: printed forms that are not surely names of it: they stay on the mention alone.
    """
    graph = draft.registry.files["organisations"]
    first = (node, FOAF.name, None) not in graph
    country, region = draft.country(body.country), draft.region(body.nuts)

    def unless(predicate: URIRef, value: URIRef | None) -> URIRef | None:
        return value if graph.value(node, predicate) is None else None

    describe(
        graph,
        node,
        {
            RDF.type: _TYPES.get(body.kind, [ORG.Organization]) if first else None,
            FOAF.name: Literal(body.name) if first else None,
            CG.acronym: Literal(body.short) if body.short else None,
            ORG.classification: concept("organisation-kind", body.kind) if first else None,
            DCT.spatial: unless(DCT.spatial, country),
            CG.region: unless(CG.region, region),
            SCHEMA.location: unless(SCHEMA.location, _place(draft, body)),
            FOAF.homepage: URIRef(body.website) if body.website else None,
            CG.sector: [draft.topic(sector) for sector in body.sectors],
        },
    )
    matcher.learn(node, body.name, body.short)
    return _spellings(draft, "organisations", node, body, matcher)


def register_person(draft: Draft, person: Person, node: URIRef, matcher: Matcher) -> list[str]:
    """Add to the registry a person's name and spellings; see :func:`register_body`."""
    graph = draft.registry.files["people"]
    first = (node, FOAF.name, None) not in graph
    describe(
        graph, node, {RDF.type: FOAF.Person if first else None, FOAF.name: Literal(person.name) if first else None}
    )
    matcher.learn(node, person.name)
    return _spellings(draft, "people", node, person, matcher)


def _spellings(draft: Draft, file: str, node: URIRef, record: Body | Person, matcher: Matcher) -> list[str]:
    graph = draft.registry.files[file]
    labels = (FOAF.name, SKOS.altLabel, CG.acronym)
    known = {str(label) for predicate in labels for label in graph.objects(node, predicate)}
    unsure = []
    for form in (record.name, *record.as_written):
        if form in known:
            continue
        if form == record.name or any(matcher.same_name(form, name) for name in known):
            graph.add((node, SKOS.altLabel, Literal(form)))
            matcher.learn(node, form)
        else:
            unsure.append(form)
    return unsure


def write(draft: Draft) -> None:
    """Write mentions, participations and affiliations of all bodies and people of a sheet."""
    for body in draft.sheet.bodies:
        _body(draft, body)
    for session in draft.sheet.sessions:
        for leader in session.led_by:
            node = draft.bodies[leader]
            _participation(
                draft,
                node,
                "session_lead",
                draft.session(session.id),
                {PROV.wasDerivedFrom: draft.cited(session.src)},
            )
    for person in draft.sheet.people:
        _person(draft, person)


def _body(draft: Draft, body: Body) -> None:
    node = draft.bodies[body.name]
    _mention(
        draft,
        node,
        body,
        {
            CG.statedAcronym: Literal(body.short) if body.short else None,
            CG.statedKind: concept("organisation-kind", body.kind),
            CG.cityText: body.city,
            SCHEMA.location: _place(draft, body),
            CG.statedRegion: draft.region(body.nuts),
            CG.sector: [draft.topic(sector) for sector in body.sectors],
            CG.statedWebsite: URIRef(body.website) if body.website else None,
        },
    )
    for role in body.roles:
        stated: Properties = {
            CG.statedCountry: draft.country(body.country),
            PROV.wasDerivedFrom: draft.cited(body.src),
        }
        _participation(draft, node, role, draft.edition, stated)


def _person(draft: Draft, person: Person) -> None:
    node = draft.people[person.name]
    organisation = draft.bodies[person.of] if person.of else None
    circumstances: Properties = {
        CG.attendance: concept("attendance", "online") if person.online else None,
        CG.status: concept("status", person.status) if person.status else None,
    }
    _mention(draft, node, person, {} if person.roles else circumstances)
    events = [draft.session(name) for name in person.sessions] or [draft.edition]
    for role in person.roles:
        for event in events:
            stated: Properties = {
                CG.representing: organisation,
                CG.statedPost: words(person.post),
                CG.statedCountry: draft.country(person.country),
                PROV.wasDerivedFrom: draft.cited(person.src),
                **circumstances,
            }
            _participation(draft, node, role, event, stated)
    if not person.roles:
        for name in person.sessions:
            draft.graph.add((draft.part("mention", slug_of(node)), CG.inEvent, draft.session(name)))
    _affiliations(draft, person, node, organisation)


def _mention(draft: Draft, node: URIRef, record: Body | Person, stated: Properties) -> None:
    describe(
        draft.graph,
        draft.part("mention", slug_of(node)),
        {
            RDF.type: CG.Mention,
            CG.mentions: node,
            CG.statedAt: draft.edition,
            CG.statedName: Literal(record.name),
            CG.writtenAs: [Literal(form) for form in record.as_written],
            CG.statedCountry: draft.country(record.country),
            SKOS.editorialNote: english(record.note),
            PROV.wasDerivedFrom: draft.cited(record.src),
            **stated,
        },
    )


def _participation(draft: Draft, node: URIRef, role: str, event: URIRef, stated: Properties) -> None:
    session = [] if event == draft.edition else [slug_of(event).split("--", 1)[1]]
    describe(
        draft.graph,
        draft.part("participation", slug_of(node), role.replace("_", "-"), *session),
        {
            RDF.type: CG.Participation,
            CV.hasParticipant: node,
            CV.role: concept("role", role),
            CG.inEvent: event,
            CG.statedAt: draft.edition,
            **stated,
        },
    )


def _affiliations(draft: Draft, person: Person, node: URIRef, organisation: URIRef | None) -> None:
    """A person's post and organisation as stated; a post that another source has is an affiliation of its own."""
    if not person.of and not person.post:
        return
    posts = [(person.post, person.post_src or person.src, "preferred")]
    posts += [(other.post, other.src, "alternative") for other in person.other_posts]
    base = [slug_of(node), slug_of(organisation) if organisation else "independent"]
    for number, (post, src, standing) in enumerate(posts, start=1):
        describe(
            draft.graph,
            draft.part("affiliation", *base, *([str(number)] if number > 1 else [])),
            {
                RDF.type: CG.Affiliation,
                ORG.member: node,
                ORG.organization: organisation,
                CG.statedPost: words(post),
                CG.statedAt: draft.edition,
                CG.standing: concept("standing", standing),
                PROV.wasDerivedFrom: draft.cited(src),
            },
        )


def _place(draft: Draft, body: Body) -> URIRef | None:
    if body.city is None:
        return None
    country = draft.country(body.country)
    if country is None:
        return draft.registry.place(body.city, None)
    return draft.registry.place_or_new(body.city, country, draft.region(body.nuts))
