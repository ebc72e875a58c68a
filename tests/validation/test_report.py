from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse, serialize

from clustergraph.errors import ValidationError, exit_code_of
from clustergraph.iris import PREFIXES
from clustergraph.validation import rdf
from clustergraph.validation.report import Finding, Report, as_text

FINDING = Finding(
    severity="violation",
    rule="Edition-endDate",
    focus="https://w3id.org/clustergraph/id/edition/2031-05-06-aveiro",
    path="https://schema.org/endDate",
    value='"in\\nspring"',
    message="An edition must have at most one last day.",
    remedy="Write the day.",
    component="DatatypeConstraintComponent",
    place="data/editions/2031-05-06-aveiro.ttl:44",
)
WARNING = replace(FINDING, severity="warning", rule="Edition-dated", value="")
INFO = replace(FINDING, severity="info", rule="sources-disagree", path="", value="<https://a.example/>")


def test_findings_stand_in_one_order_the_worst_first() -> None:
    report = Report.of([INFO, FINDING, WARNING], rules=3, subjects=1)
    assert report.findings == (FINDING, WARNING, INFO)
    assert report == Report.of([WARNING, INFO, FINDING, FINDING], rules=3, subjects=1)


def test_two_findings_that_say_the_same_are_one() -> None:
    twice = [replace(FINDING, component="MaxCountConstraintComponent"), FINDING]
    assert Report.of(twice, 1, 1) == Report.of(reversed(twice), 1, 1)
    assert len(Report.of(twice, 1, 1).findings) == 1


def test_only_a_violation_stops_the_build() -> None:
    Report.of([WARNING, INFO], 2, 1).refuse()
    with pytest.raises(ValidationError) as raised:
        Report.of([FINDING, WARNING], 2, 1).refuse()
    assert exit_code_of(raised.value) == 1
    assert "Edition-dated" not in raised.value.message


def test_a_finding_names_file_thing_rule_and_remedy() -> None:
    text = as_text([FINDING])
    for part in (FINDING.place, FINDING.focus, FINDING.rule, FINDING.message, FINDING.remedy, FINDING.path):
        assert part in text


def test_a_long_list_says_how_many_are_left() -> None:
    assert "and 3 more" in as_text([replace(FINDING, focus=f"urn:{n}") for n in range(5)], limit=2)


def test_a_finding_of_no_file_says_so() -> None:
    assert "no file" in as_text([FINDING.at("")])


def test_json_holds_every_finding_and_the_counts() -> None:
    body = json.loads(Report.of([FINDING, WARNING, INFO], rules=3, subjects=1).to_json())
    assert body["conforms"] is False
    assert body["counts"] == {"violation": 1, "warning": 1, "info": 1}
    assert [Finding(**row) for row in body["findings"]] == [FINDING, WARNING, INFO]


def test_the_rdf_report_is_the_same_in_every_run_and_has_no_blank_nodes() -> None:
    report = Report.of([FINDING, WARNING, INFO], 3, 1)
    triples = rdf.to_triples(report)
    assert triples == rdf.to_triples(report)
    assert not [term for t in triples for term in (t.subject, t.object) if isinstance(term, BlankNode)]
    read = {quad.triple for quad in parse(rdf.to_turtle(report), format=RdfFormat.TURTLE)}
    assert serialize(sorted(read, key=str), format=RdfFormat.N_TRIPLES)
    assert read == set(triples)


def test_the_rdf_report_says_what_shacl_asks_for() -> None:
    sh = PREFIXES["sh"]
    said = {(t.predicate.value.removeprefix(sh), t.object) for t in rdf.to_triples(Report.of([FINDING], 1, 1))}
    assert ("focusNode", NamedNode(FINDING.focus)) in said
    assert ("resultPath", NamedNode(FINDING.path)) in said
    assert ("resultSeverity", NamedNode(sh + "Violation")) in said
    assert ("sourceConstraintComponent", NamedNode(sh + "DatatypeConstraintComponent")) in said
    assert ("value", Literal("in\nspring")) in said


def test_a_path_of_two_properties_and_a_blank_node_are_left_out_of_the_rdf_report() -> None:
    finding = replace(FINDING, focus="_:b0", path="urn:a|urn:b", value="_:b1")
    said = {t.predicate.value.rpartition("#")[2] for t in rdf.to_triples(Report.of([finding], 1, 1))}
    assert said.isdisjoint({"focusNode", "resultPath", "value"})


def test_a_report_without_findings_conforms() -> None:
    report = Report.of([], rules=3, subjects=2)
    assert report.conforms
    assert report.summary == "2 things, 3 rules: 0 violation, 0 warning, 0 info"
    assert {t.object for t in rdf.to_triples(report)} >= {
        Literal("true", datatype=NamedNode(PREFIXES["xsd"] + "boolean"))
    }
