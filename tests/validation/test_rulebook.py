"""The rulebook of a release: every rule, in words and in SHACL's terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from clustergraph.building import LINKED
from clustergraph.iris import CG, PREFIXES, SHAPES
from clustergraph.validation import checks, rulebook
from clustergraph.validation.rulebook import Rulebook
from clustergraph.validation.shapes import Shapes

FOLDER = Path(__file__).parents[2] / "shapes"
EXTRA = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/clustergraph/shapes#>
PREFIX cg: <https://w3id.org/clustergraph/ontology#>
shape:A a sh:NodeShape ; sh:targetClass cg:Edition ; sh:property shape:A-b .
shape:A-b a sh:PropertyShape ; sh:severity sh:Info ; sh:message "One or two." ; sh:minCount 1 ; sh:maxCount 2 ;
    sh:path [ sh:alternativePath ( cg:theme cg:statedNumber ) ] ; sh:in ( 1 cg:theme ) ; sh:name "b" .
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("rules") / "shapes.ttl"
    path.write_bytes(rulebook.write(FOLDER, (*checks.load_all(), LINKED)))
    return rulebook.read(path)


def test_every_shape_and_every_check_is_a_rule(book: Rulebook) -> None:
    wanted = {*Shapes(FOLDER).rules, *(check.name for check in checks.load_all()), LINKED.name}
    assert set(book.rules) == wanted
    assert {rule.name for rule in book.checks} == {check.name for check in checks.load_all()} | {LINKED.name}


def test_every_rule_stands_in_one_list(book: Rulebook) -> None:
    listed = [rule.name for rule in (*book.groups, *book.loose, *book.checks)]
    listed += [part for group in book.groups for part in group.parts]
    assert sorted(listed) == sorted(book.rules)


def test_check_says_what_its_header_says(book: Rulebook) -> None:
    for check in checks.load_all():
        rule = book.rules[check.name]
        said = (rule.about, rule.severity, rule.message, rule.remedy, rule.query)
        assert said == (check.about, check.severity, check.message, check.remedy, check.text)


def test_shape_is_told_in_words_and_in_the_terms_of_shacl(tmp_path: Path) -> None:
    (tmp_path / "A.ttl").write_text(EXTRA, encoding="utf-8")
    path = tmp_path / "shapes.ttl"
    path.write_bytes(rulebook.write(tmp_path, ()))
    (tmp_path / "A.ttl").unlink()
    group, part = rulebook.read(path).rules.values()
    assert (group.targets, group.parts, group.severity) == ((CG + "Edition",), ("A-b",), "violation")
    assert (part.label, part.severity, part.number) == ("b", "info", "at least 1 and at most 2")
    assert part.paths == (CG + "theme", CG + "statedNumber")
    assert part.constraints == (("sh:in", "( 1 cg:theme )"), ("sh:maxCount", "2"), ("sh:minCount", "1"))


def test_rules_are_found_by_class_and_by_property(book: Rulebook) -> None:
    assert {rule.name for rule in book.of_class(CG + "Edition")} >= {"Edition", "Edition-iri"}
    found = {(group.name, rule.name) for group, rule in book.of_property(CG + "statedNumber")}
    assert found == {("Edition", "Edition-statedNumber")}


@pytest.mark.parametrize("fmt", [RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD])
def test_rulebook_is_the_same_bytes_each_time(book: Rulebook, tmp_path: Path, fmt: RdfFormat) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_bytes(rulebook.write(FOLDER, (*checks.load_all(), LINKED)))
    again = rulebook.read(path).write(fmt)
    assert again == book.write(fmt)
    shapes = {quad.subject for quad in parse(again, format=fmt) if isinstance(quad.subject, NamedNode)}
    assert shapes == {NamedNode(SHAPES + name) for name in book.rules}


def test_rules_of_two_severities_stay_apart(book: Rulebook) -> None:
    assert book.rules["Edition-dated"].severity == "warning"
    assert book.rules["sources-disagree"].severity == "info"
    assert PREFIXES["sh"] not in {rule.severity for rule in book.rules.values()}
