"""The JSON-LD context is what the ontology says, and loses nothing on the way there and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize
from rdflib import OWL, RDF, Graph, Literal, URIRef

from clustergraph.context import REPEATABLE, SCHEMA, curie, from_ontology, render, term
from clustergraph.iris import CG, PREFIXES

ONTOLOGY = Path(__file__).parents[1] / "ontology"
DOCUMENT = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
CONTEXT = DOCUMENT["@context"]

HEADER = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())

#: One thing of every class, with every kind of value that the class may have.
SAMPLES = {
    "EventSeries": """
        id:s a cg:EventSeries , schema:EventSeries ; dct:title "Clusters meet Regions"@en ;
            schema:name "Clusters meet Regions"@en ; rdfs:label "Clusters meet Regions"@en .""",
    "Edition": """
        id:e a cg:Edition , cv:PublicEvent , schema:Event ; schema:superEvent id:s ; dct:title "Titel"@und ;
            cg:statedNumber 24 ; cg:inferredPlace 24 ; cg:coverage concept:c ; cg:cityText "Cluj-Napoca" ;
            cg:venueText "Teatrul „Lucian Blaga”" ; cg:region nuts:RO11 ; cg:regionText "North-West" ;
            cg:theme "Innovation"@und ; dct:alternative "Other"@und , "Autre"@fr , "Second"@und ;
            schema:startDate "2025-07-01"^^xsd:date ; schema:endDate "2025-07-02"^^xsd:date ; schema:location id:p ;
            dct:spatial country:ROU ; schema:eventAttendanceMode concept:m ; dct:subject concept:t1 , concept:t2 ;
            cg:policy concept:p1 ; skos:editorialNote "without language" , "mit Sprache"@de ;
            schema:url <https://example.org/a?b=c&d=%20> ; cg:document id:d ; prov:wasDerivedFrom id:x , id:y ;
            cv:hasNextEvent id:n ; cv:hasPreviousEvent id:v ; cv:subEvent id:e1 ; cv:hasParticipation id:q .""",
    "Session": """
        id:e1 a cg:Session , cv:PublicEvent , schema:Event ; cv:parentEvent id:e ; cg:statedAt id:e ; cg:sequence 2 ;
            cg:sessionKind concept:k ; dct:description "site visits"@und ; schema:startDate "2025-07-01"^^xsd:date ;
            cg:representedCountry country:ROU , country:SWE ; dct:subject concept:t1 ; cg:placeText "CEM" ;
            prov:wasDerivedFrom id:x .""",
    "RelatedEvent": """
        id:r a cg:RelatedEvent ; dct:title "Forum"@und ; dct:alternative "Forum 2025"@und ;
            cg:cityText "Brdo" ; prov:wasDerivedFrom id:x .""",
    "EventRelation": """
        id:l a cg:EventRelation ; cg:fromEvent id:e ; cg:toEvent id:r ; cg:relation concept:next ;
            dct:title "Forum"@und ; schema:startDate "2025-09-10"^^xsd:date ; cg:statedAt id:e .""",
    "Participation": """
        id:q a cg:Participation , cv:Participation ; cv:hasParticipant id:a ; cv:role concept:r ; cg:inEvent id:e1 ;
            cg:statedAt id:e ; cg:representing id:o ; cg:statedPost "Primar"@ro , "Mayor"@und ;
            cg:statedCountry country:ROU ; cg:attendance concept:online ; cg:status concept:invited ;
            cg:evidence concept:announced ; prov:wasDerivedFrom id:x .""",
    "Mention": """
        id:m a cg:Mention ; cg:mentions id:a ; cg:statedAt id:e ; cg:statedName "A" ; cg:statedAcronym "B" ;
            cg:writtenAs "A" , "Ä \\"B\\"" ; cg:statedKind concept:k ; cg:sector concept:t1 ;
            cg:statedRegion nuts:RO11 ; cg:statedWebsite <http://example.org> ; prov:wasDerivedFrom id:x .""",
    "Affiliation": """
        id:f a cg:Affiliation , org:Membership ; org:member id:a ; org:organization id:o ;
            cg:statedPost "CEO"@und ; cg:statedAt id:e ; cg:standing concept:preferred .""",
    "Person": """
        id:a a foaf:Person , schema:Person ; foaf:name "Daniel Coșniță" ; skos:altLabel "Cosnita" , "Д"@uk ;
            skos:exactMatch <http://www.wikidata.org/entity/Q1> .""",
    "Organization": """
        id:o a org:Organization , cg:ClusterOrganisation , schema:Organization ; foaf:name "O" ; cg:acronym "O" ;
            org:classification concept:c ; org:unitOf id:u ; foaf:homepage <https://example.org/> .""",
    "Project": """id:j a cg:Project , foaf:Project ; foaf:name "J" .""",
    "Place": """
        id:p a schema:Place , dct:Location ; foaf:name "Cluj-Napoca" ; geo:lat 46.77 ; geo:long -23.60 ;
            cg:region nuts:RO11 ; dct:spatial country:ROU .""",
    "Region": """
        nuts:RO11 a cg:Region , skos:Concept ; skos:notation "RO11" ; cg:nutsLevel 2 ;
            skos:prefLabel "Nord-Vest"@und , "North-West"@en ; skos:broader nuts:RO1 ;
            skos:inScheme <http://data.europa.eu/nuts> .""",
    "Country": """
        country:GRC a cg:Country , skos:Concept ; skos:prefLabel "Greece"@en ; cg:iso2 "GR" ; cg:iso3 "GRC" ;
            cg:nutsCode "EL" ; cg:euMember true .""",
    "Statistic": """
        id:st a cg:Statistic , schema:QuantitativeValue ; cg:statedAt id:e ; cg:indicator concept:i ;
            cg:about id:e , nuts:RO11 ; cg:aboutText "Romania" ; cg:scope concept:s ; schema:value 300 ;
            schema:minValue 300.5 ; cg:qualifier concept:over .
        id:sw a cg:Statistic ; cg:textValue "Strong Innovator" .""",
    "Source": """
        id:x a cg:Source , cg:Document , schema:CreativeWork , prov:Entity ; schema:url <https://example.org/x> ;
            dct:title "X"@und ; dct:publisher "ECCP" , "ECCP Team" ; cg:publisherBody id:o ;
            dct:issued "2025-07-10"^^xsd:date ; cg:seen concept:whole ; cg:documentKind concept:summary .
        id:y a cg:Source ; dct:issued "2025-07"^^xsd:gYearMonth .""",
    "Citation": """
        id:ci a cg:Citation ; cg:statedAt id:e ; cg:citedSource id:x ; dct:identifier "s1" ;
            cg:seen concept:whole .""",
    "Claim": """
        id:c1 a cg:Claim , rdf:Statement ; rdf:subject id:e ; rdf:predicate schema:startDate ;
            rdf:object "2025-07-01"^^xsd:date ; schema:endDate "2025-07-02"^^xsd:date ;
            cg:standing concept:preferred ; cg:reason "later and fuller"@en .
        id:c2 a cg:Claim ; rdf:predicate schema:location ; rdf:object id:p .
        id:c3 a cg:Claim ; rdf:predicate dct:title ; rdf:object "Titel"@und ; cg:reason "no language" .""",
    "Decision": """
        id:d1 a cg:Merge ; cg:spelling "A" ; cg:decidedEntity id:a ; dct:description "same post"@en ;
            dct:date "2025-11-23"^^xsd:date .
        id:d2 a cg:Distinction ; cg:spelling "A" ; cg:notEntity id:a , id:b .
        id:d3 a cg:Placement ; cg:decidedEntity id:e .""",
    "Concept": """
        concept:r a skos:Concept ; skos:prefLabel "keynote speaker"@en ; skos:altLabel "keynote"@en ;
            skos:definition "D"@en ; cg:presence true ; cg:evidence concept:e ; cg:unit "persons"@en ;
            skos:inScheme concept:role ; skos:topConceptOf concept:role ; skos:notation "01" .
        concept:role a skos:ConceptScheme ; skos:hasTopConcept concept:r ; owl:versionInfo "0.1.0" .""",
    "values of an unexpected type": """
        id:odd dct:title "no language" ; cg:statedNumber "24" ; cg:seen "whole" ; cg:cityText "Ville"@fr ;
            schema:startDate "2025"^^xsd:gYear ; cg:theme id:e ; foaf:homepage "not an address" .""",
}


def _no_fetching(url: str, options: object) -> Any:
    raise AssertionError(f"nothing may be fetched, {url} was asked for")


def _triples(turtle: str) -> set[Triple]:
    return {quad.triple for quad in parse(HEADER + turtle, format=RdfFormat.TURTLE)}


def _compacted(triples: set[Triple]) -> dict[str, Any]:
    lines = serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES)
    assert lines is not None
    expanded = jsonld.from_rdf(lines.decode(), {"format": "application/n-quads"})
    compacted: dict[str, Any] = jsonld.compact(expanded, DOCUMENT, {"graph": True, "documentLoader": _no_fetching})
    return compacted


def _sample(name: str) -> dict[str, Any]:
    return {str(node["@id"]): node for node in _compacted(_triples(SAMPLES[name]))["@graph"]}


def test_the_committed_context_is_what_the_ontology_gives() -> None:
    assert (ONTOLOGY / "context.jsonld").read_bytes() == render(ONTOLOGY)


def test_every_property_of_ours_can_be_written_by_its_local_name() -> None:
    ontology = Graph()
    for path in ONTOLOGY.glob("*.ttl"):
        ontology.parse(path)
    ours = {str(prop) for prop in ontology.subjects(SCHEMA.rangeIncludes) if str(prop).startswith(CG)}
    assert ours
    assert {iri.removeprefix(CG) for iri in ours} <= set(CONTEXT)


def test_no_term_takes_the_name_of_a_prefix() -> None:
    assert {name: CONTEXT[name] for name in PREFIXES} == PREFIXES


@pytest.mark.parametrize("name", SAMPLES)
def test_compacting_and_expanding_gives_the_same_triples(name: str) -> None:
    triples = _triples(SAMPLES[name])
    back = jsonld.to_rdf(_compacted(triples), {"format": "application/n-quads", "documentLoader": _no_fetching})
    assert {quad.triple for quad in parse(back, format=RdfFormat.N_QUADS)} == triples


@pytest.mark.parametrize("name", SAMPLES)
def test_other_readers_of_json_ld_find_the_same_triples(name: str) -> None:
    triples = _triples(SAMPLES[name])
    text = json.dumps(_compacted(triples))
    assert {quad.triple for quad in parse(text, format=RdfFormat.JSON_LD) if isinstance(quad, Quad)} == triples


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.startswith("values")])
def test_no_key_is_a_full_iri(name: str) -> None:
    keys = {key for node in _sample(name).values() for key in node}
    assert not {key for key in keys if "/" in key}


def test_values_are_written_as_the_ontology_says() -> None:
    edition = _sample("Edition")["id:e"]
    assert "Edition" in edition["@type"]
    assert edition["schema:startDate"] == "2025-07-01"
    assert edition["region"] == "nuts:RO11"
    assert edition["dct:title"] == {"und": "Titel"}
    assert sorted(edition["dct:alternative"]["und"]) == ["Other", "Second"]
    assert edition["policy"] == ["concept:p1"]


@pytest.mark.parametrize(
    ("values", "repeatable", "expected"),
    [
        # a datatype of its own
        (["xsd:date"], False, {"@id": "cg:p", "@type": "xsd:date"}),
        # strings are what JSON has anyway
        (["xsd:string"], False, "cg:p"),
        # two datatypes: each value says which
        (["xsd:integer", "xsd:decimal"], False, "cg:p"),
        # texts in a language
        (["rdf:langString"], False, {"@id": "cg:p", "@container": "@language"}),
        (["rdf:langString"], True, {"@id": "cg:p", "@container": ["@language", "@set"]}),
        # with and without a language: plain strings do not fit into a language map
        (["rdf:langString", "xsd:string"], False, "cg:p"),
        # things
        (["cg:Edition", "cg:Session"], True, {"@id": "cg:p", "@type": "@id", "@container": "@set"}),
        # things or values
        (["rdfs:Resource", "rdfs:Literal"], False, "cg:p"),
        # nothing said
        ([], False, "cg:p"),
    ],
)
def test_the_range_of_a_property_decides_how_it_is_written(
    values: list[str], repeatable: bool, expected: object
) -> None:
    ontology = Graph()
    prop = URIRef(CG + "p")
    ontology.add((prop, RDF.type, OWL.ObjectProperty))
    for value in values:
        prefix, _, name = value.partition(":")
        ontology.add((prop, SCHEMA.rangeIncludes, URIRef(PREFIXES[prefix] + name)))
    if repeatable:
        ontology.add((prop, REPEATABLE, Literal(True)))
    context = from_ontology(ontology)["@context"]
    assert isinstance(context, dict)
    assert context["p"] == expected


def test_an_iri_is_shortened_by_the_longest_prefix_that_fits() -> None:
    assert curie("http://data.europa.eu/nuts/code/RO11") == "nuts:RO11"
    assert curie("https://w3id.org/clustergraph/id/person/emil-boc") == "id:person/emil-boc"
    assert curie("https://example.org/") == "https://example.org/"
    assert term(CG + "statedAt") == "statedAt"
    assert term(PREFIXES["dct"] + "title") == "dct:title"
