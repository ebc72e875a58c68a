"""Every key of a sheet is in the graph, as the model has it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode, RdfFormat, parse

from clustergraph import iris, store
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
    XSD,
    Graph,
    Literal,
    URIRef,
    concept,
    thing,
)  # fmt: skip

from .conftest import Project

SLUG = "2026-03-10-tromso"
EDITION = thing("edition", SLUG)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project into which the sheet was imported, to be looked at only."""
    project = Project(tmp_path_factory.mktemp("imported"))
    project.run()
    return project


@pytest.fixture(scope="module")
def graph(imported: Project) -> Graph:
    return imported.edition()


def part(kind: str, *names: str) -> URIRef:
    return thing(kind, "--".join((SLUG, *names)))


def values(graph: Graph, subject: URIRef, predicate: URIRef) -> set[object]:
    return {value.toPython() if isinstance(value, Literal) else value for value in graph.objects(subject, predicate)}


def test_edition_carries_its_own_facts(graph: Graph) -> None:
    assert values(graph, EDITION, CG.statedNumber) == {28}
    assert values(graph, EDITION, CG.coverage) == {concept("coverage", "recorded")}
    assert graph.value(EDITION, DCT.title) == Literal("Clusters meet Regions Tromsø", lang="und")
    assert graph.value(EDITION, CG.theme) == Literal("cold-water aquaculture", lang="und")
    assert graph.value(EDITION, SCHEMA.startDate) == Literal("2026-03-10", datatype=XSD.date)
    assert graph.value(EDITION, SCHEMA.endDate) == Literal("2026-03-11", datatype=XSD.date)
    assert values(graph, EDITION, CG.venueText) == {"The Edge"}
    assert values(graph, EDITION, CG.regionText) == {"Northern Norway"}
    assert values(graph, EDITION, CG.region) == {URIRef(iris.nuts("NO07"))}
    assert values(graph, EDITION, SCHEMA.eventAttendanceMode) == {concept("attendance", "mixed")}
    assert values(graph, EDITION, SCHEMA.url) == {URIRef("https://example.org/tromso")}
    assert graph.value(EDITION, SKOS.editorialNote) == Literal("an invented edition", lang="en")
    assert values(graph, EDITION, CG.policy) == {concept("policy", "blue-growth")}


def test_topic_with_the_name_of_an_ecosystem_is_that_ecosystem(graph: Graph) -> None:
    assert values(graph, EDITION, DCT.subject) == {
        concept("topic", "aquaculture"), concept("ecosystem", "agri-food"), concept("ecosystem", "digital"),
    }  # fmt: skip


def test_place_region_and_its_broader_regions_not_met_before_are_added(imported: Project) -> None:
    places, regions = imported.registry("places"), imported.registry("regions")
    assert (thing("place", "tromso"), FOAF.name, Literal("Tromsø")) in places
    assert (URIRef(iris.nuts("NO07")), SKOS.broader, URIRef(iris.nuts("NO0"))) in regions
    assert (URIRef(iris.nuts("NO0")), SKOS.broader, URIRef(iris.country("NOR"))) in regions


def test_title_in_lower_case_is_a_description(graph: Graph) -> None:
    assert graph.value(part("session", "panel"), DCT.description) == Literal("panel on energy", lang="und")
    assert graph.value(part("session", "panel"), DCT.title) is None
    assert graph.value(part("session", "opening"), DCT.title) is not None


def test_session_of_a_related_event_has_that_event_as_parent(graph: Graph, imported: Project) -> None:
    event = graph.value(part("session", "webinar"), CV.parentEvent)
    assert event == thing("event", "2026-02-20-warm-up")
    assert (event, RDF.type, CG.RelatedEvent) in imported.registry("events")


def test_session_place_that_is_a_city_is_linked_and_kept_as_text(graph: Graph) -> None:
    assert graph.value(part("session", "opening"), SCHEMA.location) == thing("place", "tromso")
    assert values(graph, part("session", "panel"), CG.placeText) == {"Main hall"}
    assert graph.value(part("session", "panel"), SCHEMA.location) is None


def test_each_role_in_each_session_is_one_participation(graph: Graph) -> None:
    person = thing("person", "kari-ornulf-angstrom")
    found = {
        (graph.value(node, CV.role), graph.value(node, CG.inEvent))
        for node in graph.subjects(CV.hasParticipant, person)
    }
    opening = part("session", "opening")
    assert found == {(concept("role", "opening-speaker"), opening), (concept("role", "quoted"), opening)}


def test_role_without_a_session_is_at_the_edition(graph: Graph) -> None:
    node = part("participation", "jan-philipp-kramer", "presenter")
    assert graph.value(node, CG.inEvent) == EDITION


def test_leader_named_by_acronym_leads_the_session(graph: Graph) -> None:
    node = part("participation", "european-cluster-collaboration-platform", "session-lead", "opening")
    assert graph.value(node, CV.role) == concept("role", "session-lead")


def test_status_and_attendance_stand_on_the_participation(graph: Graph) -> None:
    node = part("participation", "olena-pivnichna", "panellist", "panel")
    assert graph.value(node, CG.status) == concept("status", "to-be-confirmed")
    assert graph.value(node, CG.attendance) == concept("attendance", "online")
    assert graph.value(node, CG.representing) is not None
    assert graph.value(node, CG.statedPost) == Literal("Head", lang="und")


def test_person_without_a_role_is_mentioned_with_session_and_note(graph: Graph) -> None:
    slug = "nikos-papadopoylos"
    node = part("mention", slug)
    assert graph.value(node, CG.mentions) == thing("person", slug)
    assert graph.value(node, CG.inEvent) == part("session", "panel")
    assert graph.value(node, SKOS.editorialNote) is not None
    assert (None, CV.hasParticipant, thing("person", slug)) not in graph


def test_body_without_a_role_is_mentioned_with_all_that_is_said_of_it(graph: Graph) -> None:
    nodes = [
        node for node in graph.subjects(RDF.type, CG.Mention) if (node, CG.statedAcronym, Literal("ΕΣΕ")) in graph
    ]
    assert len(nodes) == 1
    assert values(graph, nodes[0], CG.statedName) == {"Ελληνικό Σύμπλεγμα Ενέργειας"}
    assert values(graph, nodes[0], CG.statedCountry) == {URIRef(iris.country("GRC"))}


def test_mention_of_a_body_keeps_kind_city_region_sectors_website_forms_and_note(graph: Graph) -> None:
    node = part("mention", "nordnorsk-havbruksklynge-as")
    assert values(graph, node, CG.statedKind) == {concept("organisation-kind", "cluster")}
    assert values(graph, node, CG.cityText) == {"Tromsø"}
    assert values(graph, node, CG.statedRegion) == {URIRef(iris.nuts("NO07"))}
    assert values(graph, node, CG.sector) == {concept("topic", "aquaculture"), concept("ecosystem", "agri-food")}
    assert values(graph, node, CG.statedWebsite) == {URIRef("https://example.org/havbruk")}
    assert values(graph, node, CG.writtenAs) == {"Nordnorsk havbruksklynge", "The host cluster"}
    assert len(values(graph, node, PROV.wasDerivedFrom)) == 2


def test_post_of_another_source_is_an_affiliation_of_its_own(graph: Graph) -> None:
    base = ("kari-ornulf-angstrom", "nordnorsk-havbruksklynge-as")
    first, second = part("affiliation", *base), part("affiliation", *base, "2")
    assert graph.value(first, CG.statedPost) == Literal("Director", lang="und")
    assert graph.value(second, CG.statedPost) == Literal("Chair", lang="und")
    assert graph.value(second, CG.standing) == concept("standing", "alternative")
    assert graph.value(second, ORG.organization) == thing("organisation", base[1])


def test_figure_keeps_qualifier_bound_scope_and_printed_text(graph: Graph) -> None:
    over = part("statistic", "participants", "1")
    assert values(graph, over, SCHEMA.value) == {300}
    assert values(graph, over, SCHEMA.minValue) == {300}
    assert values(graph, over, CG.scope) == {concept("scope", "onsite")}
    assert values(graph, over, CG.aboutText) == {"onsite"}
    assert values(graph, over, CG.about) == {EDITION}
    unqualified = part("statistic", "participants", "2")
    assert graph.value(unqualified, CG.qualifier) is None
    nearly = part("statistic", "bilateral-meetings", "1")
    assert values(graph, nearly, SCHEMA.maxValue) == {55}
    assert values(graph, nearly, CG.about) == {part("session", "panel")}


def test_decimal_and_word_figures_are_kept(graph: Graph) -> None:
    share = part("statistic", "share-of-fish-in-regional-exports-percent", "1")
    assert values(graph, share, SCHEMA.value) == {Decimal("61.5")}
    typical = part("statistic", "members-per-cluster-typical", "1")
    assert values(graph, typical, CG.textValue) == {"3-7"}
    assert values(graph, typical, SCHEMA.minValue) == {3}
    assert values(graph, typical, SCHEMA.maxValue) == {7}


def test_figure_is_about_the_country_and_body_it_names_and_not_about_what_is_unknown(graph: Graph) -> None:
    typical = part("statistic", "members-per-cluster-typical", "1")
    about = {URIRef(iris.country("NOR")), thing("organisation", "nordnorsk-havbruksklynge-as")}
    assert values(graph, typical, CG.about) == about
    assert "an unknown thing" in values(graph, typical, CG.aboutText)


def test_what_another_source_says_is_a_claim_beside_the_preferred_one(graph: Graph) -> None:
    assert graph.value(part("claim", "dates", "1"), CG.standing) == concept("standing", "preferred")
    other = part("claim", "dates", "2")
    assert graph.value(other, RDF.object) == Literal("2025-11-04", datatype=XSD.date)
    assert graph.value(other, SCHEMA.endDate) == Literal("2025-11-05", datatype=XSD.date)
    assert graph.value(other, CG.reason) == Literal("first announcement", lang="en")
    end = part("claim", "end", "2")
    assert graph.value(end, RDF.object) == Literal("2026-03-12", datatype=XSD.date)
    assert graph.value(end, CG.reason) == Literal("with the excursion", lang="en")
    assert graph.value(part("claim", "venue", "2"), RDF.object) == Literal("Scandic Ishavshotel")
    assert graph.value(part("claim", "title", "2"), RDF.object) == Literal("Clusters in the High North", lang="und")
    assert graph.value(part("claim", "region", "2"), RDF.object) == Literal("Troms")


def test_document_at_the_address_of_a_source_is_the_same_node(graph: Graph, imported: Project) -> None:
    sources = imported.registry("sources")
    [node] = sources.subjects(SCHEMA.url, URIRef("https://example.org/report"))
    assert {CG.Source, CG.Document} <= set(sources.objects(node, RDF.type))
    assert (EDITION, CG.document, node) in graph
    assert Literal("Summary of the day", lang="und") in set(sources.objects(node, DCT.alternative))


def test_two_documents_of_one_title_are_two(graph: Graph) -> None:
    assert len(list(graph.objects(EDITION, CG.document))) == 4


def test_source_is_cited_as_read(graph: Graph) -> None:
    node = part("citation", "s2")
    assert values(graph, node, DCT.identifier) == {"s2"}
    assert values(graph, node, DCT.publisher) == {"Nordlys"}
    assert graph.value(node, DCT.issued) == Literal("2026-03", datatype=XSD.gYearMonth)


def test_known_publisher_is_linked(imported: Project) -> None:
    sources = imported.registry("sources")
    [node] = sources.subjects(SCHEMA.url, URIRef("https://example.org/report"))
    assert sources.value(node, CG.publisherBody) == thing("organisation", "european-cluster-collaboration-platform")


def test_stated_edition_of_the_series_is_left_to_the_build_to_find(graph: Graph) -> None:
    node = part("relation", "previous", "1")
    assert graph.value(node, CG.toEvent) is None
    assert graph.value(node, SCHEMA.startDate) == Literal("2025-11-26", datatype=XSD.date)
    assert graph.value(part("relation", "side-event", "1"), CG.toEvent) == thing("event", "2026-02-20-warm-up")


def test_every_fact_names_its_source(graph: Graph) -> None:
    kinds = (
        CG.Edition,
        CG.Session,
        CG.Participation,
        CG.Mention,
        CG.Affiliation,
        CG.Statistic,
        CG.Claim,
        CG.EventRelation,
    )
    for kind in kinds:
        for node in graph.subjects(RDF.type, kind):
            assert graph.value(node, PROV.wasDerivedFrom) is not None, node


def test_what_is_written_is_strict_turtle(imported: Project) -> None:
    for path in sorted(Path(imported.folder, "data").rglob("*.ttl")):
        quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
        assert quads, path
    graph = store.in_memory(parse(path=str(imported.folder / f"data/editions/{SLUG}.ttl"), format=RdfFormat.TURTLE))
    name = OxLiteral("Олена Північна")
    assert graph.ask("ASK { ?mention ?says ?name }", {"name": name, "says": NamedNode(iris.CG + "statedName")})
