"""A report as RDF: a ``sh:ValidationReport`` without clock and without blank nodes."""

from __future__ import annotations

from hashlib import sha256

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from clustergraph.iris import PREFIXES, ROOT, SHAPES
from clustergraph.validation.report import Finding, Report

_SH = PREFIXES["sh"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")


def iri(report: Report) -> str:
    """The IRI of a report, made of a hash of what it says."""
    return f"{ROOT}report/{_digest(report.to_json())}"


def fragment(finding: Finding) -> str:
    """The fragment that names a finding in its report, the same in every report that has it."""
    return _digest("|".join(map(str, finding.rank)))


def to_triples(report: Report) -> list[Triple]:
    """The report in the vocabulary of SHACL, section 3.6."""
    node = NamedNode(iri(report))
    triples = [
        Triple(node, _TYPE, _sh("ValidationReport")),
        Triple(node, _sh("conforms"), Literal("true" if report.conforms else "false", datatype=_BOOLEAN)),
    ]
    for finding in report.findings:
        result = NamedNode(f"{node.value}#{fragment(finding)}")
        triples.append(Triple(node, _sh("result"), result))
        triples.extend(_result(result, finding))
    return triples


def to_turtle(report: Report) -> str:
    """The report as Turtle, its triples sorted."""
    triples = sorted(to_triples(report), key=str)
    prefixes = {name: PREFIXES[name] for name in ("rdf", "sh", "shape", "xsd")}
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None  # bytes, where no file is given to write to
    return text.decode()


def _result(node: NamedNode, finding: Finding) -> list[Triple]:
    triples = [
        Triple(node, _TYPE, _sh("ValidationResult")),
        Triple(node, _sh("resultSeverity"), _sh(finding.severity.capitalize())),
        Triple(node, _sh("sourceShape"), NamedNode(SHAPES + finding.rule)),
        Triple(node, _sh("sourceConstraintComponent"), _sh(finding.component)),
        Triple(node, _sh("resultMessage"), Literal(f"{finding.message} {finding.remedy}", language="en")),
    ]
    if not finding.focus.startswith("_:"):
        triples.append(Triple(node, _sh("focusNode"), NamedNode(finding.focus)))
    if finding.path and "|" not in finding.path:
        triples.append(Triple(node, _sh("resultPath"), NamedNode(finding.path)))
    if finding.value and not finding.value.startswith("_:"):
        triples.append(Triple(node, _sh("value"), term(finding.value)))
    return triples


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)


def term(text: str) -> NamedNode | Literal:
    """The term of a finding's value."""
    quad = next(parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES))
    if not isinstance(quad.object, NamedNode | Literal):
        raise TypeError(f"{text} is neither an IRI nor a literal")
    return quad.object


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
