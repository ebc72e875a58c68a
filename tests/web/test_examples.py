"""The examples: each runs on the real data, and what is copied of a query asks the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus, urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, parse
from rdflib.plugins.sparql import prepareQuery

from clustergraph import examples, queries
from clustergraph.errors import InputError
from clustergraph.iris import CG, PREFIXES, SHORT_PREFIXES
from clustergraph.store import Graph

EXAMPLES = {example.slug: example for example in examples.load()}
#: Example -> texts that its answer must have; held against the fact sheets by hand.
KNOWN = {
    "actors-in-three-editions": ["Jan-Philipp Kramer,8", "Jakub Boratyński,4", "Romanian Cluster Association,4"],
    "announced-only": ["Waldemar Buda,panellist,invited"],
    "clusters-that-pitched": ["Eastern Automotive Alliance,Poland,automotive", "Cluster Energia Basilicata,Italy"],
    "figures-that-differ": ["2023-11-21-iasi,,205,250", "2024-10-10-chisinau,,150,200", "on site,150,200"],
    "guests-before-hosts": ["Romania,", "Czechia,"],
    "meetings-per-participant": ["158,85,185", "105,81,129"],
    "moderators": ["Lucia Seel", "Teodora Jilkova,European Cluster Collaboration Platform"],
    "opened-for-the-commission": ['Mariella Masselink,"Head of Unit Industrial Forum, Alliances, Clusters"'],
    "outside-the-eu": ["Switzerland,", "Ukraine,", "Moldova,"],
    "romania-before-hosting": ["true"],
    "stated-number-and-place": ["21,23,2", "24,24,0"],
    "sources-of-a-figure": ["350,total", "200,on site", "100,online"],
}
SELECT = "SELECT ?name { ?edition a cg:Edition ; rdfs:label ?name FILTER(CONTAINS(?name, 'Iași')) }"
HARD = r'''# "Quotes", 'quotes', $HOME, `id`, \ and !
ASK { FILTER(STRLEN("""a "b" \\ \n '$HOME' `id` %""") = 24) }'''


def answered(graph: Graph, text: str) -> tuple[bool, str]:
    """Whether there is an answer, and the answer as CSV, N-Triples or ``true``."""
    answer = graph.answer(text)
    if isinstance(answer, QueryTriples):
        triples = list(answer)
        return bool(triples), "\n".join(map(str, triples))
    written = answer.serialize(format=QueryResultsFormat.CSV).decode()
    return len(written.splitlines()) > 1 or written == "true", written


def test_there_are_twenty_examples_and_more_of_every_form() -> None:
    assert len(EXAMPLES) >= 20
    assert {example.form for example in EXAMPLES.values()} == set(examples.TERMS)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_is_never_empty(slug: str, graph: Graph) -> None:
    found, answer = answered(graph, EXAMPLES[slug].text)
    assert found
    for text in KNOWN.get(slug, []):
        assert text in answer


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_is_plain_sparql_with_its_prefixes_for_any_tool(slug: str) -> None:
    prepareQuery(EXAMPLES[slug].text)  # rdflib's reader of SPARQL 1.1, to which our engine's extensions mean nothing


def test_what_is_known_of_examples_is_known_of_examples_there_are() -> None:
    assert KNOWN.keys() <= EXAMPLES.keys()


def test_an_example_without_its_comment_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = replace(queries.load("examples/moderators"), text="# A title alone\nSELECT * { ?s ?p ?o }\n")
    monkeypatch.setattr(queries, "load", lambda name: bare)
    examples.load.cache_clear()
    with pytest.raises(InputError, match=r"\.rq: begin with a comment line for the title"):
        examples.load()
    examples.load.cache_clear()


def test_examples_as_rdf_carry_title_description_keywords_target_and_query(client: FlaskClient) -> None:
    reply = client.get("/sparql/examples", headers={"Accept": "text/turtle"})
    assert reply.mimetype == "text/turtle"
    triples = [quad.triple for quad in parse(reply.data, RdfFormat.TURTLE)]
    for example in EXAMPLES.values():
        said = {(t.predicate.value, t.object) for t in triples if t.subject == NamedNode(example.iri)}
        kind, carries = examples.TERMS[example.form]
        assert {
            (PREFIXES["rdf"] + "type", NamedNode(kind)),
            (PREFIXES["rdf"] + "type", NamedNode(PREFIXES["sh"] + "SPARQLExecutable")),
            (carries, Literal(example.text)),
            (PREFIXES["rdfs"] + "label", Literal(example.title, language="en")),
            (PREFIXES["rdfs"] + "comment", Literal(example.about, language="en")),
            (PREFIXES["schema"] + "target", NamedNode("http://localhost/sparql")),
            *((PREFIXES["schema"] + "keywords", Literal(word, language="en")) for word in example.keywords),
        } == said


@pytest.mark.parametrize("ending", ["jsonld", "nt", "rdf"])
def test_examples_are_the_same_in_every_format(ending: str, client: FlaskClient) -> None:
    formats = {"jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
    found = {quad.triple for quad in parse(client.get(f"/sparql/examples.{ending}").data, formats[ending])}
    assert found == {quad.triple for quad in parse(client.get("/sparql/examples.ttl").data, RdfFormat.TURTLE)}
    assert client.get("/sparql/examples.csv").status_code == 404


@pytest.mark.parametrize("path", ["/sparql", "/sparql/examples"])
def test_people_open_an_example_by_a_link(path: str, client: FlaskClient) -> None:
    page = unescape(client.get(path, headers={"Accept": "text/html"}).text)
    linked = {unquote_plus(query) for query in re.findall(r'href="/sparql\?query=([^"&]*)"', page)}
    assert linked >= {example.text for example in EXAMPLES.values()}
    assert [example.title for example in EXAMPLES.values() if example.title not in page] == []


def test_completions_are_the_terms_in_use_and_our_prefixes(client: FlaskClient, graph: Graph) -> None:
    found = json.loads(client.get("/sparql/completions.json").data)
    assert {"iri": CG + "Edition", "name": "cg:Edition", "label": "edition"} in found["classes"]
    assert {"iri": CG + "statedNumber", "name": "cg:statedNumber", "label": "stated number"} in found["properties"]
    assert found["prefixes"] == {**SHORT_PREFIXES, **PREFIXES}
    for term in found["properties"]:
        assert graph.ask(f"ASK {{ ?thing <{term['iri']}> ?value }}")
    for term in found["classes"]:
        assert graph.ask(f"ASK {{ ?thing a <{term['iri']}> }}")


def copied(client: FlaskClient, address: str, language: str, query: str, *dataset: tuple[str, str]) -> str:
    host = address.removeprefix("http://")
    fields = urlencode([("query", query), *dataset])
    kind = "application/x-www-form-urlencoded"
    return client.post(f"/sparql/copy/{language}", data=fields, content_type=kind, headers={"Host": host}).text


def run(language: str, program: str, folder: Path) -> str:
    command = ["bash", "-euc"] if language == "curl" else [sys.executable, "-W", "error", "-c"]
    done = subprocess.run([*command, program], capture_output=True, text=True, timeout=60, check=True, cwd=folder)
    return done.stdout


#: Name -> query, what curl answers, what Python prints.
COPIED = {
    "rows": (SELECT, "Clusters meet Regions - Iași, Romania", "{'name': 'Clusters meet Regions - Iași, Romania'}"),
    "yes or no": (EXAMPLES["romania-before-hosting"].text, "true", "True"),
    "hard to quote": (HARD, "true", "True"),
    "graph": (EXAMPLES["who-spoke-where"].text, "schema:performer", "schema:performer"),
    "description": (EXAMPLES["everything-about-an-edition"].text, "dct:title", "dct:title"),
}


@pytest.mark.needs_command("curl")
@pytest.mark.parametrize("name", COPIED)
def test_a_query_copied_as_curl_runs(name: str, client: FlaskClient, address: str, tmp_path: Path) -> None:
    query, expected, _ = COPIED[name]
    assert expected in run("curl", copied(client, address, "curl", query), tmp_path)


@pytest.mark.parametrize("name", COPIED)
def test_a_query_copied_as_python_runs(name: str, client: FlaskClient, address: str, tmp_path: Path) -> None:
    query, _, expected = COPIED[name]
    assert expected in run("python", copied(client, address, "python", query), tmp_path)


@pytest.mark.needs_command("curl")
@pytest.mark.parametrize("language", ["curl", "python"])
def test_the_graphs_a_query_asks_are_copied_too(
    language: str, client: FlaskClient, address: str, tmp_path: Path
) -> None:
    graph = ("default-graph-uri", "https://w3id.org/clustergraph/graph/edition/2025-07-01-cluj-napoca")
    query = "SELECT (COUNT(*) AS ?editions) { ?edition a cg:Edition }"
    answer = run(language, copied(client, address, language, query, graph), tmp_path)
    assert answer.split() == (["editions", "1"] if language == "curl" else ["{'editions':", "'1'}"])


def test_what_is_no_query_is_not_copied_as_a_program(client: FlaskClient) -> None:
    assert client.post("/sparql/copy/python", data={"query": "Iași?"}).status_code == 400
    assert client.get("/sparql/copy/python").status_code == 400
    assert client.get("/sparql/copy/cobol?query=ASK{}").status_code == 404
