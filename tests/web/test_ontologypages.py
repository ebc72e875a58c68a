"""The ontology: every term dereferences, for people and for programs, and is shown with what the data make of it."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from formatted import graph_in_every_format
from pyoxigraph import NamedNode
from serving import BEFORE, NOW

from clustergraph import iris
from clustergraph.formats import GRAPH_FORMATS, HTML, Format
from clustergraph.iris import page_path, term, term_path
from clustergraph.releases import Release
from clustergraph.store import Graph

PATHS = ("/ontology", "/ontology/Edition", "/ontology/statedNumber", "/ontology/cv:role", "/ontology/0.1.0")
PAGE = {"Accept": "text/html"}
DECLARED = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?term ?label WHERE { ?term rdfs:isDefinedBy ?home ; a ?kind ; rdfs:label ?label .
  FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }"""
USED = "ASK { { ?thing a ?term } UNION { ?thing ?term ?value } }"


def panel(page: str, name: str) -> str:
    return page.partition(f'<section class="panel" id="{name}"')[2].partition("</section>")[0]


@pytest.fixture(scope="module")
def terms(graph: Graph) -> list[str]:
    """Our terms, and those of other vocabularies that have a page."""
    found = {row["term"].value for row in graph.select(DECLARED)}
    return sorted(iri for iri in found if (page_path(iri) or "").startswith("/ontology/"))


@pytest.mark.parametrize("path", PATHS)
def test_document_is_a_page_for_people_and_the_same_graph_in_every_format(client: FlaskClient, path: str) -> None:
    graph = graph_in_every_format(client, path)
    named = iris.ONTOLOGY if path in ("/ontology", "/ontology/0.1.0") else term(path.removeprefix("/ontology/"))
    assert NamedNode(named) in {triple.subject for triple in graph}


def test_every_term_of_ours_stands_in_the_document_of_its_iri_and_leads_to_its_page(
    client: FlaskClient, graph: Graph
) -> None:
    document = client.get("/ontology", headers=PAGE).text
    ours = {quad.subject.value for quad in graph.stream(iris.graph("ontology")) if iris.CG in str(quad.subject)}
    assert len(ours) > 50
    for iri in ours:
        name = iri.removeprefix(iris.CG)
        assert page_path(iri) == term_path(iri) == f"/ontology/{name}"
        assert term(name) == iri
        assert f'id="{name}"' in document, name
        assert f'href="/ontology/{name}"' in document, name
        assert client.get(f"/ontology/{name}.nt").status_code == 200


def test_every_term_has_label_and_definition_and_where_it_is_used_an_example(
    client: FlaskClient, graph: Graph, terms: list[str]
) -> None:
    assert len(terms) > 120
    for iri in terms:
        page = client.get(term_path(iri), headers=PAGE)
        assert page.status_code == 200, iri
        meaning = panel(page.text, "what-it-means")
        assert "<dt>Definition</dt>" in meaning or "<dt>Used here for</dt>" in meaning, iri
        used = graph.ask(USED, {"term": NamedNode(iri)})
        assert bool(panel(page.text, "examples-from-the-data")) == used, iri
        assert bool(panel(page.text, "example")) == used, iri
        assert bool(panel(page.text, "use-in-this-release")) == used, iri


def test_every_term_of_a_reused_vocabulary_in_the_graph_has_a_page(client: FlaskClient, graph: Graph) -> None:
    named = {
        end.value
        for quad in graph.stream()
        for end in (quad.subject, quad.predicate, quad.object)
        if isinstance(end, NamedNode) and (page_path(end.value) or "").startswith("/ontology/")
    }
    missing = [iri for iri in named if client.head(f"{term_path(iri)}.nt").status_code != 200]
    assert missing == []


def test_links_on_term_pages_lead_somewhere(client: FlaskClient) -> None:
    for path in ("/ontology", *PATHS[1:4], "/shapes"):
        page = client.get(path, headers=PAGE).text
        for href in sorted(set(re.findall(r'href="(/(?:ontology|vocabulary|shapes)[^"#?]*)', page))):
            assert client.head(html.unescape(href), headers={"Accept": "*/*"}).status_code in (200, 303), href


def test_class_is_shown_with_properties_rules_alignment_and_count(client: FlaskClient) -> None:
    page = client.get("/ontology/Edition", headers=PAGE).text
    assert 'href="/ontology/statedNumber"' in panel(page, "properties-of-such-things")
    assert 'href="/ontology/inEvent"' in panel(page, "properties-that-lead-to-such-things")
    assert 'href="/ontology/cv:PublicEvent"' in panel(page, "aligned-with")
    assert 'href="/shapes#Edition-iri"' in panel(page, "rules")
    assert "27</bdi>" in panel(page, "use-in-this-release")
    assert "/page/edition/2022-02-16-malaga" in panel(page, "examples-from-the-data")
    assert "cg:Edition" in panel(page, "example")


def test_property_is_shown_with_domain_range_rules_and_what_its_values_match(client: FlaskClient) -> None:
    page = client.get("/ontology/cv:role", headers=PAGE).text
    assert 'href="/ontology/Participation"' in panel(page, "what-it-means")
    assert "(exactly 1): A participation must have exactly one role" in panel(page, "rules")
    assert "http://id.loc.gov/vocabulary/relators/mod" in panel(page, "aligned-with")
    example = panel(page, "example")
    assert "cv:role role:" in html.unescape(example)
    assert "cg:inEvent" not in example


def test_values_that_match_terms_of_no_vocabulary_here_are_shown_once_each(client: FlaskClient) -> None:
    """On site, online and both match terms of schema.org, of which the graph has no more than the names."""
    rows = panel(client.get("/ontology/attendance").text, "aligned-with")
    assert rows.count("<tr>") == 1 + 3
    assert "/page/" not in rows


def test_drawing_of_the_model_and_its_table_say_what_the_ontology_says(client: FlaskClient, graph: Graph) -> None:
    model = panel(client.get("/ontology", headers=PAGE).text, "the-model")
    drawing, _, table = model.partition("</svg>")
    drawn = sorted(tuple(title.split()) for title in re.findall(r"<title>(\S+ \S+ \S+)</title><text", drawing))
    rows = re.findall(r"<tr><th scope=\"row\"><a [^>]*>([^<]+)</a></th>(.*?)</tr>", table)
    listed = sorted((first, *re.findall(r">([^<]+)</a>", rest)) for first, rest in rows)
    found = graph.select("""PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX schema: <https://schema.org/>
        SELECT DISTINCT ?a ?p ?b WHERE {
        ?p a owl:ObjectProperty ; schema:domainIncludes ?a ; schema:rangeIncludes ?b .
        ?a a owl:Class . ?b a owl:Class }""")
    stated = sorted(tuple(iris.shorten(row[name].value) for name in "apb") for row in found)
    assert len(stated) > 80
    assert drawn == listed == stated
    assert re.search(r"<svg [^>]*>\s*<title>", drawing)


@pytest.mark.parametrize(
    "path",
    [
        "/ontology.docx", "/ontology/Nonsense", "/ontology/Edition.docx", "/ontology/dct:nonsense",
        "/ontology/nope:title", "/ontology/nuts:RO11", "/ontology/9.9.9",
        "/ontology/Ed%20ition", "/ontology/%3Cscript%3E",
    ],
)  # fmt: skip
def test_unknown_term_version_or_format_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_version_of_the_header_leads_to_the_document(client: FlaskClient, graph: Graph) -> None:
    rows = graph.select("SELECT ?iri WHERE { ?o <http://www.w3.org/2002/07/owl#versionIRI> ?iri }")
    path = rows[0]["iri"].value.removeprefix(iris.ROOT[:-1])
    assert client.get(f"{path}.ttl").data == client.get("/ontology.ttl").data


@pytest.mark.parametrize("fmt", [HTML, *GRAPH_FORMATS], ids=lambda fmt: fmt.name)
def test_an_older_version_is_that_of_the_newest_kept_release_that_has_it(
    two_app: Flask, older_release: Release, fmt: Format
) -> None:
    client = two_app.test_client()
    with client.get(f"/ontology.{fmt.name}?release={older_release.id}") as expected:
        by_ending = client.get(f"/ontology/{BEFORE}.{fmt.name}", follow_redirects=True)
        negotiated = client.get(f"/ontology/{BEFORE}", headers={"Accept": fmt.media_type}, follow_redirects=True)
        assert (by_ending.status_code, by_ending.content_type) == (200, fmt.content_type)
        assert negotiated.content_type == fmt.content_type
        if fmt is not HTML:  # a page says at which address it was asked for
            assert by_ending.data == negotiated.data == expected.data
        assert f"/ontology/{BEFORE}".encode() in by_ending.data


def test_ontology_names_the_versions_that_are_kept_and_the_one_before(
    two_app: Flask, release: Release, older_release: Release
) -> None:
    client = two_app.test_client()
    kept = panel(client.get("/ontology", headers=PAGE).text, "versions")
    assert re.findall(r'href="([^"]*)"', kept) == [
        f"/ontology/{NOW}", f"/releases/{release.id}", f"/ontology/{BEFORE}", f"/releases/{older_release.id}"
    ]  # fmt: skip
    prior = f"owl:priorVersion <{iris.ONTOLOGY}/{BEFORE}>"
    assert prior in client.get("/ontology.ttl").text
    assert "priorVersion" not in client.get(f"/ontology.ttl?release={older_release.id}").text
    missing = client.get("/ontology/9.9.9")
    assert missing.status_code == 404
    assert f"there are {NOW}, {BEFORE}" in missing.text


def test_a_version_asked_for_from_within_another_release_leads_to_its_own(
    two_app: Flask, release: Release, older_release: Release
) -> None:
    answer = two_app.test_client().get(f"/ontology/{NOW}.ttl?release={older_release.id}")
    assert (answer.status_code, answer.location) == (303, f"/ontology.ttl?release={release.id}")


def test_context_is_json_ld_that_clients_may_keep(client: FlaskClient) -> None:
    response = client.get("/context.jsonld")
    assert response.content_type == "application/ld+json"
    assert "max-age=86400" in response.headers["Cache-Control"]
    assert json.loads(response.data)["@context"]["cg"] == iris.CG
