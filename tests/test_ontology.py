"""Every term and every concept is complete, says where it comes from, and is written in the project's Turtle."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from clustergraph import turtle
from clustergraph.context import SCHEMA
from clustergraph.iris import CG, ONTOLOGY, PREFIXES, VOCABULARIES, VOCABULARY, concept, slugify

FOLDER = Path(__file__).parents[1] / "ontology"
MODULES = sorted(FOLDER.glob("*.ttl"))
SCHEMES = sorted((FOLDER / "schemes").glob("*.ttl"))
FILES = MODULES + SCHEMES

CLASSES = """Affiliation Citation Claim ClusterOrganisation Country Distinction Document Edition EventRelation
    EventSeries Identification Mention Merge Participation Placement Project Region RelatedEvent Removal Session
    Source Statistic"""
PROPERTIES = """about aboutText acronym attendance citedSource cityText coverage decidedEntity document documentKind
    euMember evidence fromEvent identifiedAs inEvent indicator inferredPlace iso2 iso3 mentions nameHash notEntity
    nutsCode nutsLevel origin placeText policy presence publisherBody qualifier reason region regionText relation
    removedHash repeatable representedCountry representing scope sector seen sequence sessionKind spelling standing
    statedAcronym statedAt statedCountry statedKind statedName statedNumber statedPost statedRegion statedWebsite
    status textValue theme toEvent unit venueText writtenAs"""

#: The values that the format of fact sheets allows, by the scheme that they resolve to.
SHEET_VALUES = {
    "role": """organiser on_behalf_of co_organiser partner host supporter pitcher panel mentioned site_visit
        opening_speaker keynote speaker panellist moderator presenter quoted""",
    "session-kind": """opening keynote panel workshop parallel pitching matchmaking site_visit presentation
        networking other""",
    "organisation-kind": """cluster cluster_association regional_authority development_agency municipality ministry
        eu_institution eu_platform university research_organisation company network project chamber other""",
    "indicator": """participants bilateral_meetings matchmaking_participants countries_represented clusters_pitching
        registered_clusters_country registered_clusters_region""",
    "qualifier": "over exactly nearly about below",
    "attendance": "offline online mixed",
    "status": "confirmed invited to_be_confirmed announced",
    "document-kind": "input_paper agenda photo_album recording presentation summary other",
    "relation": "next previous side_event matchmaking_event",
    "seen": "excerpt whole",
    "scope": "onsite online total expected announcement delegates delegation interested",
    "coverage": "recorded mentioned",
    "standing": "preferred alternative",
    "evidence": "took_part announced represented quoted mentioned",
}
#: Roles that show presence; all others give the weaker evidence named.
PRESENT = """organiser co-organiser partner host supporter opening-speaker keynote speaker panellist moderator
    presenter pitcher session-lead"""
WEAKER = {
    "on-behalf-of": "represented",
    "panel": "represented",
    "quoted": "quoted",
    "mentioned": "mentioned",
    "site-visit": "mentioned",
}
#: Words of sheets that name a concept under a label other than its slug.
SPELLINGS = [
    ("ecosystem", "Aerospace & Defence", "aerospace-and-defence"),
    ("ecosystem", "Aerospace and Defence", "aerospace-and-defence"),
    ("ecosystem", "Agri-food", "agri-food"),
    ("ecosystem", "Creative & Cultural Industries", "cultural-and-creative-industries"),
    ("ecosystem", "Cultural and Creative Industries", "cultural-and-creative-industries"),
    ("ecosystem", "Energy-Intensive Industries", "energy-intensive-industries"),
    ("ecosystem", "Energy-Renewables", "energy-renewables"),
    ("ecosystem", "Mobility – Transport – Automotive", "mobility-transport-automotive"),
    ("ecosystem", "Mobility-Transport-Automotive", "mobility-transport-automotive"),
    ("ecosystem", "Textile", "textiles"),
    ("scope", "from Ukraine", "from-ukraine"),
    ("scope", "EU countries", "eu-countries"),
    ("scope", "registered participants", "registered"),
    ("indicator", "registered participants (before the event)", "registered-participants-before-the-event"),
]
#: Namespaces that alignments may point into.
OUTSIDE = ("http://id.loc.gov/vocabulary/relators/", "https://schema.org/")
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)


def _graph(paths: list[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        graph += turtle.read(path)
    return graph


TERMS = _graph(MODULES)
CONCEPTS = _graph(SCHEMES)
ALL = TERMS + CONCEPTS
OURS = sorted({str(s) for s in TERMS.subjects() if str(s).startswith(CG)})


def _english(graph: Graph, subject: URIRef, prop: URIRef) -> list[str]:
    return [str(o) for o in graph.objects(subject, prop) if isinstance(o, Literal) and o.language == "en"]


def _concepts(scheme: str) -> list[URIRef]:
    found = CONCEPTS.subjects(SKOS.inScheme, URIRef(VOCABULARY + scheme))
    return sorted(s for s in found if isinstance(s, URIRef))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_in_canonical_turtle_and_read_alike_by_both_parsers(path: Path) -> None:
    graph = turtle.read(path)
    assert turtle.write(graph) == path.read_bytes()
    assert set(Graph().parse(path)) == set(graph)


def test_a_triple_stands_in_one_file_only() -> None:
    counts = Counter(triple for path in FILES for triple in turtle.read(path))
    assert not [triple for triple, count in counts.items() if count > 1]


def test_there_are_no_blank_nodes() -> None:
    assert not [triple for triple in ALL if any(isinstance(node, BNode) for node in triple)]


def test_the_header_names_version_licence_and_prefix() -> None:
    header = URIRef(ONTOLOGY)
    assert (header, RDF.type, OWL.Ontology) in TERMS
    version = TERMS.value(header, OWL.versionInfo)
    assert TERMS.value(header, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    vann = PREFIXES["vann"]
    assert TERMS.value(header, URIRef(vann + "preferredNamespacePrefix")) == Literal("cg")
    assert TERMS.value(header, URIRef(vann + "preferredNamespaceUri")) == Literal(CG)
    for prop in (DCTERMS.title, DCTERMS.description, DCTERMS.created, DCTERMS.license):
        assert TERMS.value(header, prop)


@pytest.mark.parametrize("name", CLASSES.split())
def test_a_class_of_the_model_is_defined(name: str) -> None:
    assert (URIRef(CG + name), RDF.type, OWL.Class) in TERMS


@pytest.mark.parametrize("name", PROPERTIES.split())
def test_a_property_of_the_model_says_where_it_is_used_and_with_what_values(name: str) -> None:
    assert TERMS.value(URIRef(CG + name), SCHEMA.domainIncludes, any=True)
    assert TERMS.value(URIRef(CG + name), SCHEMA.rangeIncludes, any=True)


@pytest.mark.parametrize("iri", OURS)
def test_a_term_has_a_label_a_definition_and_a_source(iri: str) -> None:
    subject = URIRef(iri)
    assert len(_english(TERMS, subject, RDFS.label)) == 1
    assert len(_english(TERMS, subject, SKOS.definition)) == 1
    assert TERMS.value(subject, RDFS.isDefinedBy) == URIRef(ONTOLOGY)
    # the format and the rules are the sources themselves
    assert TERMS.value(subject, DCTERMS.source) or (subject, RDF.type, DCTERMS.Standard) in TERMS


def test_the_model_lists_every_term_of_ours() -> None:
    assert {iri.removeprefix(CG) for iri in OURS} == {
        *CLASSES.split(),
        *PROPERTIES.split(),
        "FactSheetFormat",
        "EditorialRules",
    }


def test_every_term_referred_to_has_a_local_label() -> None:
    used = {str(node) for triple in ALL for node in triple if isinstance(node, URIRef)}
    labelled = {str(s) for prop in (RDFS.label, SKOS.prefLabel, DCTERMS.title) for s in ALL.subjects(prop)}
    languages = tuple(PREFIXES[prefix] for prefix in ("xsd", "owl", "rdf", "rdfs"))
    versions = ONTOLOGY + "/"
    assert not [iri for iri in used - labelled if not iri.startswith((*languages, versions))]


def test_a_reused_term_says_what_it_is_used_for() -> None:
    labelled = {s for s in TERMS.subjects(RDFS.label) if not str(s).startswith(CG)}
    assert labelled
    matched = {o for prop in MATCHES for o in TERMS.objects(None, prop)}
    assert not [s for s in labelled - matched if not TERMS.value(s, SKOS.scopeNote)]
    assert not [s for s in labelled if not TERMS.value(s, RDF.type, any=True)]


@pytest.mark.parametrize(
    ("name", "supers"),
    [
        ("cg:Edition", ["cv:PublicEvent", "schema:Event"]),
        ("cg:Session", ["cv:PublicEvent", "schema:Event"]),
        ("cg:RelatedEvent", ["cv:PublicEvent", "schema:Event"]),
        ("cg:EventSeries", ["schema:EventSeries"]),
        ("cg:Participation", ["cv:Participation"]),
        ("cg:Affiliation", ["org:Membership"]),
        ("foaf:Person", ["schema:Person"]),
        ("cg:ClusterOrganisation", ["org:Organization", "schema:Organization"]),
        ("cv:PublicOrganisation", ["org:Organization", "schema:Organization"]),
        ("cg:Project", ["foaf:Project"]),
        ("schema:Place", ["dct:Location"]),
        ("cg:Statistic", ["schema:QuantitativeValue"]),
        ("cg:Document", ["prov:Entity", "schema:CreativeWork"]),
        ("cg:Source", ["prov:Entity", "schema:CreativeWork"]),
        ("cg:Claim", ["rdf:Statement"]),
        ("cg:Region", ["skos:Concept"]),
        ("cg:Country", ["skos:Concept"]),
    ],
)
def test_a_class_has_these_broader_classes_and_no_others(name: str, supers: list[str]) -> None:
    def full(short: str) -> URIRef:
        prefix, _, local = short.partition(":")
        return URIRef(PREFIXES[prefix] + local)

    above = set(TERMS.transitive_objects(full(name), RDFS.subClassOf)) - {full(name)}
    assert above == {full(short) for short in supers}


def test_an_edition_is_never_a_session() -> None:
    assert (URIRef(CG + "Edition"), OWL.disjointWith, URIRef(CG + "Session")) in TERMS


def test_there_is_one_file_for_each_scheme() -> None:
    assert sorted(path.stem for path in SCHEMES) == sorted(VOCABULARIES)
    for path in SCHEMES:
        subjects = {str(s) for s in turtle.read(path).subjects()}
        assert all(s == VOCABULARY + path.stem or s.startswith(f"{VOCABULARY}{path.stem}/") for s in subjects)


@pytest.mark.parametrize("scheme", VOCABULARIES)
def test_a_scheme_has_title_description_licence_source_and_version(scheme: str) -> None:
    subject = URIRef(VOCABULARY + scheme)
    assert (subject, RDF.type, SKOS.ConceptScheme) in CONCEPTS
    assert _english(CONCEPTS, subject, DCTERMS.title)
    assert _english(CONCEPTS, subject, DCTERMS.description)
    for prop in (DCTERMS.license, DCTERMS.source, OWL.versionInfo):
        assert CONCEPTS.value(subject, prop)


@pytest.mark.parametrize("scheme", VOCABULARIES)
def test_a_concept_is_complete(scheme: str) -> None:
    home = URIRef(VOCABULARY + scheme)
    labels = Counter(label for iri in _concepts(scheme) for label in _english(CONCEPTS, iri, SKOS.prefLabel))
    assert not [label for label, count in labels.items() if count > 1]
    for iri in _concepts(scheme):
        assert (iri, RDF.type, SKOS.Concept) in CONCEPTS
        assert len(_english(CONCEPTS, iri, SKOS.prefLabel)) == 1
        assert len(_english(CONCEPTS, iri, SKOS.definition)) == 1
        assert CONCEPTS.value(iri, DCTERMS.source)
        assert CONCEPTS.value(iri, RDFS.isDefinedBy) == home
        assert not set(CONCEPTS.objects(iri, SKOS.prefLabel)) & set(CONCEPTS.objects(iri, SKOS.altLabel))


@pytest.mark.parametrize("scheme", VOCABULARIES)
def test_a_concept_is_on_top_or_has_a_broader_one(scheme: str) -> None:
    home = URIRef(VOCABULARY + scheme)
    for iri in _concepts(scheme):
        top = (iri, SKOS.topConceptOf, home) in CONCEPTS
        assert top == ((home, SKOS.hasTopConcept, iri) in CONCEPTS)
        assert top != bool(CONCEPTS.value(iri, SKOS.broader))


def test_every_value_of_a_fact_sheet_has_its_concept() -> None:
    wanted = {
        concept(scheme, value.replace("_", "-"))
        for scheme, values in SHEET_VALUES.items()
        for value in values.split()
    }
    assert not wanted - {str(s) for s in CONCEPTS.subjects(RDF.type, SKOS.Concept)}


@pytest.mark.parametrize(("scheme", "spelling", "slug"), SPELLINGS)
def test_a_spelling_of_a_fact_sheet_finds_its_concept(scheme: str, spelling: str, slug: str) -> None:
    wanted = spelling.casefold()
    found = {
        str(iri)
        for iri in _concepts(scheme)
        for prop in (SKOS.prefLabel, SKOS.altLabel)
        if wanted in {label.casefold() for label in _english(CONCEPTS, iri, prop)}
    }
    assert found == {concept(scheme, slug)}


@pytest.mark.parametrize("topic", ["Renewable Energy", "creative industries", "aerospace", "ICT", "agrifood"])
def test_a_topic_that_is_merely_similar_is_no_ecosystem(topic: str) -> None:
    labels = {str(o) for prop in (SKOS.prefLabel, SKOS.altLabel) for o in CONCEPTS.objects(None, prop)}
    assert topic not in labels


def test_the_fourteen_ecosystems_are_numbered() -> None:
    notations = sorted(str(CONCEPTS.value(iri, SKOS.notation)) for iri in _concepts("ecosystem"))
    assert notations == [f"{n:02d}" for n in range(1, 15)]


def test_a_role_says_whether_it_shows_presence_and_how_strong_it_is() -> None:
    roles = {str(iri).rpartition("/")[2]: iri for iri in _concepts("role")}
    assert set(roles) == {*PRESENT.split(), *WEAKER}
    for slug, iri in roles.items():
        assert CONCEPTS.value(iri, URIRef(CG + "presence")) == Literal(slug in PRESENT.split())
        level = concept("evidence", WEAKER.get(slug, "took-part"))
        assert CONCEPTS.value(iri, URIRef(CG + "evidence")) == URIRef(level)


def test_an_indicator_has_a_unit_and_a_narrower_one_a_scope() -> None:
    for iri in _concepts("indicator"):
        assert len(_english(CONCEPTS, iri, URIRef(CG + "unit"))) == 1
        scope = CONCEPTS.value(iri, URIRef(CG + "scope"))
        assert bool(scope) == bool(CONCEPTS.value(iri, SKOS.broader))
        assert scope is None or scope in _concepts("scope")


def test_the_indicators_like_participants_go_by_the_words_of_the_sheets() -> None:
    words = (
        "registered participants",
        "registered participants (before the event)",
        "delegates",
        "persons interested before the event",
        "size of the Ukrainian delegation in Košice",
    )
    narrower = set(CONCEPTS.subjects(SKOS.broader, URIRef(concept("indicator", "participants"))))
    assert narrower == {URIRef(concept("indicator", slugify(text))) for text in words}


def test_alignments_start_at_a_concept_of_ours_and_end_in_a_known_vocabulary() -> None:
    pairs = [(s, o) for prop in MATCHES for s, o in ALL.subject_objects(prop)]
    assert pairs
    assert not [s for s, _ in pairs if (s, RDF.type, SKOS.Concept) not in CONCEPTS]
    assert not [o for _, o in pairs if not str(o).startswith(OUTSIDE)]


def test_a_coded_property_names_a_vocabulary_that_exists() -> None:
    named = set(TERMS.objects(None, RDFS.seeAlso))
    assert named
    assert named <= {URIRef(VOCABULARY + scheme) for scheme in VOCABULARIES}
