from __future__ import annotations

import shutil
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef

from clustergraph import nodes, turtle
from clustergraph.dataset import Dataset
from clustergraph.errors import InputError
from clustergraph.iris import CG, PREFIXES, SHAPES
from clustergraph.validation.shapes import LOCAL, Shapes

FOLDER = Path(__file__).parents[2] / "shapes"
FILES = sorted(FOLDER.glob("*.ttl"))
PREFIX = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("cg", "dct", "sh", "shape", "xsd"))


@pytest.fixture(scope="module")
def graph() -> Graph:
    found = Graph()
    for file in FILES:
        found.parse(file)
    return found


@pytest.fixture(scope="module")
def finders(graph: Graph) -> set[object]:
    """The shapes whose name can stand in a finding."""
    nodes = {*graph.subjects(SH.closed), *graph.subjects(SH.pattern)}
    return {*graph.subjects(RDF.type, SH.PropertyShape), *(node for node in nodes if isinstance(node, URIRef))}


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "Thing.ttl").write_text(PREFIX + text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_in_canonical_turtle(file: Path) -> None:
    assert turtle.write(turtle.read(file)) == file.read_bytes()


def test_the_shapes_are_shapes(graph: Graph) -> None:
    conforms, _, words = pyshacl.validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, words


def test_each_rule_says_how_bad_it_is_what_is_wrong_and_what_to_do(graph: Graph, finders: set[object]) -> None:
    for term in (SH.severity, SH.message, SH.description):
        assert {shape for shape in finders if len(list(graph.objects(shape, term))) != 1} == set()
    assert {message.language for message in graph.objects(None, SH.message)} == {"en"}
    assert set(graph.objects(None, SH.severity)) <= {SH.Violation, SH.Warning, SH.Info}


def test_each_shape_has_a_readable_name(graph: Graph, finders: set[object]) -> None:
    shapes = {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in graph.subjects(RDF.type, kind)}
    assert not [shape for shape in shapes if isinstance(shape, BNode) or not str(shape).startswith(SHAPES)]
    assert {shape for shape in shapes if not set(graph.objects(shape, SH.name | RDFS.label))} == set()
    assert finders <= shapes


def test_a_property_shape_is_named_after_its_class_and_stands_in_its_file() -> None:
    for file in FILES:
        graph = Graph().parse(file)
        classes = {str(shape).removeprefix(SHAPES) for shape in graph.subjects(SH.targetClass)}
        parts = {str(shape).removeprefix(SHAPES) for shape in graph.objects(None, SH.property)}
        assert {part for part in parts if part.partition("-")[0] not in classes} == set(), file.name


def test_each_property_of_ours_that_data_use_has_a_shape(base: Dataset, graph: Graph) -> None:
    used = {quad.predicate.value for quad in base.quads() if "/graph/ontology" not in quad.graph_name.value}
    said = {str(node) for node in graph.objects() if isinstance(node, URIRef)}
    # Concepts may say more than the shapes ask of them; tests/test_ontology.py looks at theirs.
    assert {iri for iri in used - said if iri.startswith(CG)} <= {CG + "presence", CG + "unit"}


def test_plain_pyshacl_finds_the_same(base: Dataset, graph: Graph, shapes: Shapes) -> None:
    """Handing targets down to property shapes changes the speed and nothing else."""
    left_out = {PREFIXES["dct"] + "title", CG + "statedAt", PREFIXES["prov"] + "wasDerivedFrom"}
    quads = [quad for quad in base.quads() if quad.predicate.value not in left_out]
    quads += [Quad(quad.subject, NamedNode("urn:slip"), quad.object, quad.graph_name) for quad in quads[::7]]
    plain = pyshacl.validate(nodes.graph(quads), shacl_graph=graph, inference="none", inplace=True)[1]
    expected = {
        (str(plain.value(node, SH.sourceShape)), str(plain.value(node, SH.focusNode)), nodes.text(value))
        for node in plain.objects(None, SH.result)
        for value in [plain.value(node, SH.value)]
    }
    found = {(SHAPES + finding.rule, finding.focus, finding.value) for finding in shapes.try_on(quads)}
    assert len(found) > 30
    assert found == expected


def test_a_warning_is_a_warning_and_a_violation_a_violation(tmp_path: Path, base: Dataset) -> None:
    """pySHACL reads sh:severity from the shape itself, which is where the shapes have it."""
    text = """
        shape:Thing a sh:NodeShape ; sh:targetClass cg:Edition ; sh:property shape:Thing-mild, shape:Thing-hard .
        shape:Thing-mild a sh:PropertyShape ; sh:path dct:abstract ; sh:minCount 1 ; sh:severity sh:Warning .
        shape:Thing-hard a sh:PropertyShape ; sh:path dct:abstract ; sh:minCount 1 ; sh:severity sh:Violation .
    """
    found = Shapes(_folder(tmp_path, text)).try_on(base.quads())
    assert {(finding.rule, finding.severity) for finding in found} == {
        ("Thing-mild", "warning"),
        ("Thing-hard", "violation"),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("shape:Thing a sh:NodeShape ; sh:sparql shape:Query .", "sh:sparql"),
        ("shape:Thing a sh:NodeShape ; sh:class cg:Edition .", "sh:class"),
        ("shape:Thing a sh:NodeShape ; sh:targetNode cg:Edition .", "sh:targetNode"),
        ("shape:Thing a sh:NodeShape ; sh:property [ sh:path dct:title ] .", "without a name"),
        ("shape:Thing a sh:NodeShape", "Thing.ttl"),
    ],
)
def test_a_shape_that_cannot_be_used_is_refused_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        Shapes(_folder(tmp_path, text))
    assert "Thing.ttl" in raised.value.message


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no shapes"):
        Shapes(tmp_path)


def test_shapes_that_pyshacl_cannot_load_are_refused(tmp_path: Path, base: Dataset) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    shapes = Shapes(_folder(tmp_path, 'shape:T a sh:NodeShape ; sh:targetClass cg:Edition ; sh:pattern "(" .'))
    with pytest.raises(InputError, match="cannot be used"):
        shapes.try_on(base.quads())


def test_an_ill_typed_value_is_found_as_it_is_written(shapes: Shapes, caplog: pytest.LogCaptureFixture) -> None:
    text = """PREFIX cg: <https://w3id.org/clustergraph/ontology#>
        PREFIX edition: <https://w3id.org/clustergraph/id/edition/>
        PREFIX schema: <https://schema.org/>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        edition:2031-05-06-aveiro a cg:Edition ; schema:endDate "2031-13-45"^^xsd:date ; cg:statedNumber 01 ."""
    quads = parse(text, format=RdfFormat.TURTLE)
    found = {finding.rule: finding.value for finding in shapes.try_on(quads)}
    assert found["Edition-endDate"] == '"2031-13-45"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert "Edition-statedNumber" not in found
    assert caplog.records == []


def test_the_list_of_terms_is_the_one_that_is_used(graph: Graph) -> None:
    used = {str(term).removeprefix(str(SH)) for term in graph.predicates() if str(term).startswith(str(SH))}
    assert used == LOCAL
