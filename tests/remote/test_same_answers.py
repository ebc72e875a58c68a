"""A service over a remote engine answers as over the embedded one, but for the differences that are written down."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from fnmatch import fnmatch
from functools import partial
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from engines import ENGINES, PATIENCE_WITH_FAULTS, Remote
from flask.testing import FlaskClient
from project import ROOT
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from clustergraph import iris
from clustergraph.entities import firsts, remembering
from clustergraph.entities.lists import LISTS
from clustergraph.pool import Pool
from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.remote.graphstore import GraphStore
from clustergraph.remote.publishing import Publisher
from clustergraph.settings import Settings
from clustergraph.store import Graph
from clustergraph.web.app import create_app

DIFFERENCES = tomllib.loads((Path(__file__).parent / "differences.toml").read_text(encoding="utf-8"))["difference"]
QUERIES = files("clustergraph").joinpath("sparql", "examples")
EXAMPLES = {file.name: file.read_text(encoding="utf-8") for file in QUERIES.iterdir() if file.name.endswith(".rq")}
LISTED = tuple(f"/{name}" for name in LISTS)
#: Two of each combination of kinds of ``/between``: much that connects them directly, and a way over others.
PAIRS = (
    "/between/person/jakub-boratynski/person/jan-philipp-kramer",
    "/between/person/daniel-acs/person/stefania-proietti",
    "/between/organisation/european-cluster-collaboration-platform/person/jan-philipp-kramer",
    "/between/organisation/fundacio-bit/person/dragos-pislaru",
    "/between/person/anca-roman/region/RO11",
    "/between/person/jakub-boratynski/region/ITI",
    "/between/country/ROU/person/doru-pamfil",
    "/between/country/POL/person/jakub-boratynski",
    "/between/organisation/european-cluster-collaboration-platform/organisation/european-commission",
    "/between/organisation/european-cluster-collaboration-platform/organisation/european-commission.json",
    "/between/organisation/bitaqua/organisation/regione-umbria",
    "/between/organisation/techtera/region/FRK",
    "/between/organisation/prognos/region/BG34",
    "/between/country/CZE/organisation/national-cluster-association-of-the-czech-republic",
    "/between/country/POL/organisation/municipality-of-cluj-napoca",
    "/between/region/ES5/region/ES53",
    "/between/region/ITI/region/RO11",
    "/between/country/ROU/region/RO11",
    "/between/country/ROU/region/ES5",
    "/between/country/SVK/country/UKR",
    "/between/country/ITA/country/ROU",
    "/between/country/ITA/country/ROU.csv",
)
#: What shows the whole, or a choice of it.
OVERVIEWS = (
    "/network",
    "/network.csv",
    "/network?around=organisation:european-commission",
    "/countries/matrix",
    "/countries/matrix.json",
    "/catalogue",
    "/catalogue.ttl",
    "/void",
    "/void.ttl",
    "/releases",
    "/validation",
    "/shapes",
    "/graph/registry",
    "/feeds",
    "/feeds/editions.ics",
    "/feeds/country/ROU.ics",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/search?q=cluster",
    "/between?a=cluster&b=person/emil-boc",
    "/people?evidence=quoted",
    "/people?role=speaker&year=2025",
    "/organisations?kind=cluster&sort=name",
    "/editions?country=ROU",
    "/sessions.csv?kind=panel",
    "/countries.json",
    "/compare.csv?e=2023-11-21-iasi&e=2025-07-01-cluj-napoca",
    "/changes/organisation/european-commission",
    "/developers",
    "/sparql",
    "/sparql/completions.json",
    "/sparql/examples",
)
FIXED = (
    "/data/edition/2022-12-14-barcelona.nt",
    "/",
    "/about",
    "/vocabulary",
    "/ontology",
    "/ontology.nt",
    "/context.jsonld",
    "/dumps/",
    "/compare?e=2023-11-21-iasi&e=2025-07-01-cluj-napoca",
    *LISTED,
    *PAIRS,
    *OVERVIEWS,
)
#: Pages of each kind that are compared, and their data: those of every page take minutes, so which ones is drawn.
EACH = {"oxigraph": 3, "virtuoso": 2}
#: Set to compare every page there is, as it should be done before a release of the software.
EVERY_PAGE = "CLUSTERGRAPH_TEST_EVERY_PAGE"
#: Most lines that are printed of the differences of one page.
MOST_LINES = 40
#: Pages that are asked for at once: while an engine works on one, the other is written.
AT_ONCE = {"oxigraph": 4, "virtuoso": 1}
ROWS_OR_GRAPH = {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"}


@pytest.fixture(scope="module")
def embedded(release: Release) -> Iterator[FlaskClient]:
    """Asks the service over the embedded engine."""
    settings = Settings(project=release.path, releases=release.path.parent, client_seconds=1_000_000)
    with Pool(release.path / "store", settings) as pool:
        yield create_app(settings, release, pool).test_client()


@pytest.fixture(scope="module")
def graph(release: Release) -> Graph:
    return release.open()


@pytest.fixture(scope="module")
def service(remote: Remote, release: Release, graph: Graph) -> FlaskClient:
    """Asks the service over the remote engine."""
    settings = remote.settings(release.path.parent)
    Publisher(release.id, graph, opening.endpoint(settings), GraphStore(settings)).publish()
    return create_app(settings, release, opening.open_forwarder(settings, release)).test_client()


def paths(graph: Graph, engine: str) -> list[str]:
    """Addresses of every kind of page, and the data documents of those that have one."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in graph.select("SELECT DISTINCT ?thing WHERE { ?thing a ?class } ORDER BY STR(?thing)"):
        path = iris.page_path(row["thing"].value) if isinstance(row["thing"], NamedNode) else None
        if path and "#" not in path:
            kinds[path.rpartition("/")[0]].append(path)
    if EVERY_PAGE in os.environ:
        drawn = [path for found in kinds.values() for path in found]
    else:
        random = Random(1)
        drawn = [path for found in kinds.values() for path in random.sample(found, min(EACH[engine], len(found)))]
    return [
        *FIXED,
        *drawn,
        *(f"/data/{path.removeprefix('/page/')}.nt" for path in drawn if path.startswith("/page/")),
    ]


def fetched(client: FlaskClient, path: str) -> bytes:
    """What stands at an address; for threads, each of which needs a client of its own.

    An engine that has ended is started again (see :mod:`engines`), and asked once more.
    """
    reply = client.application.test_client().get(path)
    if reply.status_code == 503:
        sleep(PATIENCE_WITH_FAULTS)
        reply = client.application.test_client().get(path)
    assert reply.status_code == 200, (path, reply.text)
    return reply.data


def parts(text: bytes) -> list[bytes]:
    """The elements of a page, or the lines of a text, in an order that does not depend on theirs.

    Sources are numbered as they come, so their numbers are left out.
    """
    return sorted(re.split(rb"\n|(?=<)", re.sub(rb"\[\d+\]", b"[]", text)))


def difference(wanted: bytes, got: bytes) -> str:
    """The first lines that differ of two pages or texts, one element a line."""
    lines = [text.replace(b"<", b"\n<").decode(errors="replace").splitlines() for text in (wanted, got)]
    return "\n".join(islice(unified_diff(*lines, "embedded", "remote", n=0, lineterm=""), MOST_LINES))


class Compared:
    """The differences of one engine, and which of them have shown."""

    def __init__(self, engine: str) -> None:
        self.allowed = [one for one in DIFFERENCES if one["engine"].lower().startswith(engine)]
        self.shown: set[str] = set()
        self.strange: list[str] = []

    def compare(self, where: str, wanted: bytes, got: bytes) -> None:
        """Note what differs and is not allowed to."""
        if wanted == got:
            return
        for one in self.allowed:
            known = any(fnmatch(where, pattern) for pattern in one.get("where", ()))
            if known and (one["allows"] == "content" or parts(wanted) == parts(got)):
                self.shown.add(one["title"])
                return
        self.strange.append(f"{where}\n{difference(wanted, got)}")


def answer(client: FlaskClient, query: str, **parameters: str) -> bytes:
    """The answer of a query, a row or a triple a line."""
    response = client.post("/sparql", data={"query": query, **parameters}, headers=ROWS_OR_GRAPH)
    assert response.status_code == 200, response.text
    if "json" not in response.mimetype:
        return response.data
    document = json.loads(response.data)
    rows = document["results"]["bindings"] if "results" in document else [document["boolean"]]
    return "\n".join(json.dumps(row, sort_keys=True) for row in rows).encode()


def test_pages_data_and_examples_are_the_same_but_for_named_differences(
    remote: Remote, embedded: FlaskClient, service: FlaskClient, graph: Graph
) -> None:
    compared = Compared(remote.name)
    asked = paths(graph, remote.name)
    with ThreadPoolExecutor(AT_ONCE[remote.name]) as threads:
        for path, got in zip(asked, threads.map(partial(fetched, service), asked), strict=True):
            compared.compare(path, fetched(embedded, path), got)
    for name, query in EXAMPLES.items():
        compared.compare(f"examples/{name}", answer(embedded, query), answer(service, query))
    assert compared.strange == [], "\n\n".join(compared.strange)
    missing = {one["title"] for one in compared.allowed if "where" in one} - compared.shown
    assert missing == set(), "a difference that is written down is gone"


@pytest.mark.parametrize(
    "path", ["/page/country/ROU", "/page/region/ITI2", "/page/topic/digital", "/between/country/ITA/country/ROU"]
)
def test_rows_found_by_their_keys_are_the_same(
    remote: Remote, embedded: FlaskClient, service: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    at_once = fetched(embedded, path)
    for module in (firsts, remembering):
        monkeypatch.setattr(module, "HELD_IN_MEMORY", 0)
    compared = Compared(remote.name)
    compared.compare(path, at_once, fetched(service, path))
    assert compared.strange == [], "\n\n".join(compared.strange)


def test_each_difference_shows_by_its_query(remote: Remote, embedded: FlaskClient, service: FlaskClient) -> None:
    found = [one for one in Compared(remote.name).allowed if "query" in one]
    same = [one["title"] for one in found if answer(service, one["query"]) == answer(embedded, one["query"])]
    assert same == []


def test_documentation_names_these_differences() -> None:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.ENGINE_DIFFERENCES.read_text(encoding="utf-8") == generate.engine_differences()


def test_every_difference_is_of_an_engine_that_is_tested() -> None:
    assert {one["engine"].split()[0].lower() for one in DIFFERENCES} <= set(ENGINES)


def test_dumps_are_the_same(embedded: FlaskClient, service: FlaskClient, release: Release) -> None:
    dumps = [file.relative_to(release.dumps).as_posix() for file in release.dumps.rglob("*") if file.is_file()]
    for path in sorted(f"/dumps/latest/{dump}" for dump in dumps):
        with service.get(path) as got, embedded.get(path) as wanted:
            assert (got.status_code, got.data) == (200, wanted.data), path


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {}),
        ("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY STR(?g)", {}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"default-graph-uri": iris.graph("registry")}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {"default-graph-uri": iris.graph("registry")}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": iris.graph("registry")}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"named-graph-uri": iris.graph("registry")}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"default-graph-uri": "http://www.openlinksw.com/schemas/virtrdf#"}),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"default-graph-uri": iris.graph("published")}),
        (f"SELECT (COUNT(*) AS ?n) FROM <{iris.graph('registry')}> {{ ?s ?p ?o }}", {}),
        (f"SELECT (COUNT(*) AS ?n) FROM NAMED <{iris.graph('registry')}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", {}),
        ("ASK { ?s a cg:Edition }", {}),
        ("ASK { ?s a cg:NoSuchClass }", {}),
        ("PREFIX cg: <https://w3id.org/clustergraph/ontology#> SELECT ?s { ?s a cg:Edition } ORDER BY ?s", {}),
        ("SELECT ?p ?o { <id/series/clusters-meet-regions> ?p ?o } ORDER BY ?p STR(?o)", {}),
    ],
)
def test_a_query_sees_the_release_and_nothing_else_of_the_engine(
    embedded: FlaskClient, service: FlaskClient, query: str, parameters: dict[str, str]
) -> None:
    assert answer(service, query, **parameters) == answer(embedded, query, **parameters)


def test_the_service_description_is_the_same(embedded: FlaskClient, service: FlaskClient) -> None:
    turtle = {"Accept": "text/turtle"}
    assert service.get("/sparql", headers=turtle).data == embedded.get("/sparql", headers=turtle).data


@pytest.mark.parametrize("media_type", ["text/csv", "text/tab-separated-values", "application/sparql-results+xml"])
def test_rows_are_the_same_in_every_format(embedded: FlaskClient, service: FlaskClient, media_type: str) -> None:
    query = "SELECT ?s ?label { ?s a cg:Edition ; rdfs:label ?label } ORDER BY STR(?s)"
    call: dict[str, Any] = {"data": {"query": query}, "headers": {"Accept": media_type}}
    got, wanted = service.post("/sparql", **call), embedded.post("/sparql", **call)
    assert (got.mimetype, got.data) == (media_type, wanted.data)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { ?s ?p ", 400),
        ("DEFINE sql:log-enable 1 SELECT * { ?s ?p ?o }", 400),
        ("DROP ALL", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT ?s { ?s ?p ?o . ?edition a cg:Edition } LIMIT 110000", 422),
    ],
)
def test_what_is_refused_is_refused_in_words(service: FlaskClient, query: str, status: int) -> None:
    response = service.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert response.status_code == status, response.text


def test_an_answer_that_virtuoso_cuts_is_refused(remote: Remote, service: FlaskClient) -> None:
    if remote.name == "virtuoso":
        response = service.post("/sparql", data={"query": "SELECT ?s { ?s ?p ?o }"}, headers={"Accept": "text/csv"})
        assert response.status_code == 422
        assert "more than the 20000 rows" in response.text


def test_a_format_that_cannot_hold_the_answer_is_refused(service: FlaskClient) -> None:
    response = service.post("/sparql", data={"query": "ASK {}"}, headers={"Accept": "text/turtle"})
    assert response.status_code == 406


def test_a_graph_is_streamed_as_it_was_published(remote: Remote, service: FlaskClient, release: Release) -> None:
    name = iris.graph("decisions")
    streamed = set(opening.open_graph(remote.settings(release.path.parent), release).stream(name))
    dumped = parse((release.dumps / "clustergraph.nq").read_bytes(), RdfFormat.N_QUADS)
    assert streamed == {quad for quad in dumped if quad.graph_name == NamedNode(name)}
    assert all(isinstance(quad, Quad) for quad in streamed)
