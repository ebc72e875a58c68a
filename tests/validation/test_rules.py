"""Each rule, shown by data that break it and nothing else; the data of ``base/`` break none.

The cases stand in ``cases/``, one file a class and ``checks.toml``. A case takes triples out of the base (``*``
stands for any value), puts triples in, and says what is then found: just the rule it is named after, unless
``finds`` lists others, or nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import SH, Graph, URIRef
from written import PROLOGUE

from clustergraph import store
from clustergraph.dataset import Dataset
from clustergraph.iris import SHAPES, graph
from clustergraph.validation import checks
from clustergraph.validation.shapes import Shapes

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
ANY = NamedNode("urn:any")
EDITION = NamedNode(graph("edition/2031-05-06-aveiro"))
#: What a shape may say without restricting anything by itself.
SILENT = {SH.property, SH.targetClass, SH.severity, SH.message, SH.description, SH.name, SH.path}


@dataclass(frozen=True)
class Case:
    rule: str
    number: int
    remove: str = ""
    add: str = ""
    finds: list[str] = field(default_factory=list, hash=False)

    def __str__(self) -> str:
        return f"{self.rule}-{self.number}"


@cache
def cases() -> list[Case]:
    found = []
    for file in sorted((HERE / "cases").glob("*.toml")):
        for rule, tables in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found += [Case(rule, number, **{"finds": [rule], **table}) for number, table in enumerate(tables)]
    return found


@cache
def rules_that_find() -> set[str]:
    """Names of the checks, and of the shapes that are tried on things and restrict something."""
    shapes = Graph()
    for file in (PROJECT / "shapes").glob("*.ttl"):
        shapes.parse(file)
    tried = {*shapes.subjects(SH.targetClass), *shapes.objects(None, SH.property)}
    saying = {
        shape
        for shape in tried
        if any(str(p).startswith(str(SH)) and p not in SILENT for p in shapes.predicates(shape))
    }
    names = {str(shape).removeprefix(SHAPES) for shape in saying if isinstance(shape, URIRef)}
    return names | {check.name for check in checks.load_all()}


def _triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(PROLOGUE + text, format=RdfFormat.TURTLE)]


@dataclass(frozen=True)
class Patched:
    """The base as a case has it, and the quads of the things that the case touches."""

    quads: list[Quad]
    touched: set[Quad]


def _patched(base: list[Quad], case: Case) -> Patched:
    quads = base
    homes = {quad.subject: quad.graph_name for quad in quads}
    touched = set()
    for line in filter(None, case.remove.splitlines()):
        pattern = _triples(line.replace("*", f"<{ANY.value}>") + " .")[0]
        gone = {q for q in quads if _matches(q, pattern)}
        assert gone, f"{line} takes nothing away"
        quads = [quad for quad in quads if quad not in gone]
        touched.add(pattern.subject)
    for triple in _triples(case.add):
        home = homes.get(triple.subject, EDITION)
        quads = [*quads, Quad(triple.subject, triple.predicate, triple.object, home)]
        touched.add(triple.subject)
    return Patched(quads, {quad for quad in quads if quad.subject in touched})


def _matches(quad: Quad, pattern: Triple) -> bool:
    same = quad.subject == pattern.subject and quad.predicate == pattern.predicate
    return same and pattern.object in (ANY, quad.object)


@pytest.fixture(scope="module")
def patched(base: Dataset) -> dict[Case, Patched]:
    quads = list(base.quads())
    return {case: _patched(quads, case) for case in cases()}


@pytest.fixture(scope="module")
def by_shapes(patched: dict[Case, Patched], shapes: Shapes) -> dict[Case, set[str]]:
    """The shapes that each case breaks.

    Shapes look no further than the thing itself, so the things left alone need not be tried again, and cases that
    touch different things are tried together.
    """
    found: dict[Case, set[str]] = {case: set() for case in patched}
    waiting = [case for case in patched if patched[case].touched]
    while waiting:
        trying: dict[str, Case] = {}
        for case in waiting:
            things = {quad.subject.value for quad in patched[case].touched}
            if not things & trying.keys():
                trying |= dict.fromkeys(things, case)
        together = set(trying.values())
        for finding in shapes.try_on(quad for case in together for quad in patched[case].touched):
            found[trying[finding.focus]].add(finding.rule)
        waiting = [case for case in waiting if case not in together]
    return found


def test_the_base_breaks_no_rule(base: Dataset, shapes: Shapes) -> None:
    found = shapes.try_on(base.quads())
    for check in checks.load_all():
        found += check.try_on(base.graph())
    assert found == []


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_breaks_just_what_it_says(
    case: Case, patched: dict[Case, Patched], by_shapes: dict[Case, set[str]]
) -> None:
    asked = store.in_memory(patched[case].quads)
    by_checks = {finding.rule for check in checks.load_all() for finding in check.try_on(asked)}
    assert by_shapes[case] | by_checks == set(case.finds)


def test_no_rule_is_without_a_case_that_breaks_it() -> None:
    shown = {case.rule for case in cases() if case.rule in case.finds}
    assert rules_that_find() - shown - {"triple-in-one-graph"} == set()


def test_no_case_is_for_a_rule_that_does_not_exist() -> None:
    assert {case.rule for case in cases()} - rules_that_find() == set()


def test_a_triple_in_two_graphs_is_found(base: Dataset) -> None:
    quads = list(base.quads())
    again = Quad(quads[0].subject, quads[0].predicate, quads[0].object, EDITION)
    check = next(check for check in checks.load_all() if check.name == "triple-in-one-graph")
    assert check.try_on(base.graph()) == []
    assert [finding.focus for finding in check.try_on(store.in_memory([*quads, again]))] == [again.subject.value]


def test_the_base_gives_each_property_rule_a_value_to_look_at(base: Dataset, shapes: Shapes) -> None:
    used = {quad.predicate.value for quad in base.quads()}
    forbidden = {name for name in shapes.rules if name.startswith("Person-no")}
    paths = {name: rule.path.split("|") for name, rule in shapes.rules.items() if rule.path and name not in forbidden}
    assert [name for name, steps in paths.items() if not used & set(steps)] == []
