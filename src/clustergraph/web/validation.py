"""``/validation``: what validation found in the release, as a list of things to do and as a SHACL report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from clustergraph import spreadsheets, writing
from clustergraph.errors import NotFoundError
from clustergraph.formats import CSV, HTML, JSON, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from clustergraph.iris import ROOT
from clustergraph.validation import rdf
from clustergraph.validation.report import SEVERITIES
from clustergraph.web import conditional, findings, trend
from clustergraph.web.findings import HEADINGS, Item
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("validation", __name__)
FORMATS = (TURTLE, JSON, JSON_LD, N_TRIPLES, RDF_XML, CSV)
#: The columns of the findings as a table.
COLUMNS = ("severity", "rule", "thing", "label", "property", "value", "message", "remedy", "place", "sources")


@dataclass(frozen=True)
class Tally:
    """Rules of one severity: how many were tried, and how many of them nothing broke."""

    severity: str
    tried: int
    passed: int


@blueprint.get("/validation")
@blueprint.get("/validation.<ending>", endpoint="file")
def show(ending: str = "") -> Response:
    """The findings on the release: a page, the SHACL report, JSON or a table."""
    course = trend.read(site().kept(), site().release)
    also = " ".join(point.release.id for point in course.points)
    return conditional.document(ending, FORMATS, lambda fmt: _body(fmt, course), also)


@blueprint.get("/report/<name>")
def report(name: str) -> Response:
    """The address of a report itself: 303 to the page about it, where it is that of this release."""
    if rdf.iri(site().report) != f"{ROOT}report/{name}":
        raise NotFoundError(f"there is no report {name[:40]!r} in this release; see /validation for the one there is")
    return redirect("/validation", 303)


def _body(fmt: Format, course: trend.Trend) -> str | bytes:
    if fmt is HTML:
        return _page(course)
    if fmt is JSON:
        return site().report.to_json()
    if fmt is CSV:
        return spreadsheets.write(COLUMNS, map(_row, findings.items(site().graph, site().report)))
    return writing.write(rdf.to_triples(site().report), fmt, site().context)


def _page(course: trend.Trend) -> str:
    found = findings.items(site().graph, site().report)
    return render_template(
        "validation.html",
        report=site().report,
        iri=rdf.iri(site().report),
        sections=[(name, *HEADINGS[name], findings.by_rule(_of(found, name))) for name in SEVERITIES],
        pages=findings.by_page(found),
        sources=findings.by_source(found),
        tallies=list(_tallies()),
        rules=site().rules,
        trend=course,
        shown=site().release,
        formats=FORMATS,
        metadata=Metadata(
            "Validation",
            f"What checking this release found: {site().report.summary}.",
            address("/validation"),
            alternates=[(fmt.media_type, fmt.label, f"/validation.{fmt.name}") for fmt in FORMATS],
        ),
    )


def _of(found: list[Item], severity: str) -> list[Item]:
    return [item for item in found if item.finding.severity == severity]


def _tallies() -> Iterator[Tally]:
    broken = {finding.rule for finding in site().report.findings}
    for severity in SEVERITIES:
        tried = [rule for rule in site().rules.rules.values() if rule.severity == severity]
        yield Tally(severity, len(tried), sum(rule.name not in broken for rule in tried))


def _row(item: Item) -> tuple[str, ...]:
    found = item.finding
    return (
        found.severity,
        found.rule,
        found.focus,
        item.thing.text,
        found.path,
        item.value.text if item.value else "",
        found.message,
        found.remedy,
        found.place,
        "; ".join(source.text for source in item.sources),
    )
