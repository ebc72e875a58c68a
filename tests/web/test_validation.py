"""``/validation``: the findings of the real data, for people and for programs, and the trend over kept releases."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from project import make
from pyoxigraph import NamedNode, RdfFormat, parse
from serving import ROOT as SOURCES
from serving import release_of

from clustergraph import releases
from clustergraph.formats import Format
from clustergraph.iris import PREFIXES, ROOT, SHAPES
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.validation import checks, rdf
from clustergraph.validation.report import Finding, Report
from clustergraph.validation.shapes import Shapes
from clustergraph.web.app import create_app
from clustergraph.web.validation import FORMATS

SH = PREFIXES["sh"]
#: What the real data were found to lack, by hand: an edition without dates, one that numbers itself otherwise, and
#: three with two figures for who took part.
FOUND = [
    ("warning", "Edition-dated", "edition/2025-04-heilbronn"),
    ("warning", "stated-number-fits-place", "edition/2025-06-24-foligno"),
    ("info", "sources-disagree", "statistic/2023-03-29-kosice--participants--1"),
    ("info", "sources-disagree", "statistic/2023-11-21-iasi--participants--1"),
    ("info", "sources-disagree", "statistic/2024-10-10-chisinau--participants--1"),
]


@pytest.fixture(scope="module")
def html(client: FlaskClient) -> str:
    return client.get("/validation", headers={"Accept": "text/html"}).text


def row(html: str, finding: Finding) -> str:
    return html.partition(f'<tr id="{rdf.fragment(finding)}"')[2].partition("</tr>")[0]


def test_report_of_the_real_data_holds_what_was_found_by_hand(release: Release) -> None:
    report = Report.from_json((release.path / "report.json").read_text(encoding="utf-8"))
    assert [(f.severity, f.rule, f.focus.removeprefix(ROOT + "id/")) for f in report.findings] == FOUND


def test_each_finding_stands_with_its_thing_value_file_and_line(client: FlaskClient, html: str) -> None:
    dated, number, figure, *_ = Report.from_json(client.get("/validation.json").text).findings
    assert 'href="/page/edition/2025-04-heilbronn"' in row(html, dated)
    assert "<code>data/editions/2025-04-heilbronn.ttl:" in row(html, dated)
    assert "<bdi>21</bdi>" in row(html, number)
    assert 'href="/page/edition/2023-03-29-kosice#statistic--participants--1"' in row(html, figure)
    assert "150 / 200" in row(html, figure)
    assert "Find a source that states the dates" in html


def test_findings_are_listed_by_page_and_by_source_too(html: str) -> None:
    by_page = html.partition('id="by-page"')[2].partition("</section>")[0]
    assert by_page.count("<tr><th") == 1 + 5
    by_source = html.partition('id="by-source"')[2].partition("</section>")[0]
    assert 'href="/page/source/' in by_source


def test_rules_tried_and_passed_are_counted_by_severity(html: str) -> None:
    tried = html.partition('id="tried"')[2].partition("</section>")[0]
    assert '<th scope="row">warning</th><td>6</td><td>4</td>' in tried
    assert '<th scope="row">info</th><td>2</td><td>1</td>' in tried


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.name)
def test_report_comes_by_accept_and_by_extension(client: FlaskClient, fmt: Format) -> None:
    negotiated = client.get("/validation", headers={"Accept": fmt.media_type})
    assert negotiated.content_type == fmt.content_type
    assert "Accept" in negotiated.vary
    assert client.get(f"/validation.{fmt.name}").data == negotiated.data


@pytest.mark.parametrize("name", ["ttl", "jsonld", "nt", "rdf"])
def test_report_is_a_shacl_report_whose_rules_and_address_lead_back(client: FlaskClient, name: str) -> None:
    form = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
    triples = {quad.triple for quad in parse(client.get(f"/validation.{name}").data, format=form[name])}
    reports = [t.subject for t in triples if t.object == NamedNode(SH + "ValidationReport")]
    assert len(reports) == 1
    assert isinstance(reports[0], NamedNode)
    shapes = {t.object.value for t in triples if t.predicate == NamedNode(SH + "sourceShape")}  # type: ignore[union-attr]
    assert shapes == {SHAPES + rule for _, rule, _ in FOUND}
    led = client.get(reports[0].value.removeprefix(ROOT[:-1]))
    assert (led.status_code, led.headers["Location"]) == (303, "/validation")


def test_report_of_another_release_is_not_here(client: FlaskClient) -> None:
    assert client.get("/report/0123456789abcdef").status_code == 404


def test_table_has_a_row_for_each_finding(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/validation.csv").text)))
    assert [(row["severity"], row["rule"], row["thing"].removeprefix(ROOT + "id/")) for row in rows] == FOUND
    assert rows[4]["label"] == "participants"
    assert rows[1]["place"].startswith("data/editions/2025-06-24-foligno.ttl:")


@pytest.mark.parametrize(
    ("path", "noticed"),
    [
        ("/page/edition/2025-04-heilbronn", "No source states when this edition began"),
        ("/page/edition/2025-06-24-foligno", "The stated number differs from the edition"),
        ("/page/edition/2023-11-21-iasi", "Figures on the same thing, indicator and scope differ."),
    ],
)
def test_page_of_a_thing_leads_to_what_was_found_about_it(client: FlaskClient, path: str, noticed: str) -> None:
    section = client.get(path).text.partition('id="validation"')[2].partition("</section>")[0]
    assert noticed in section
    fragment = section.partition('href="/validation#')[2].partition('"')[0]
    assert f'id="{fragment}"' in client.get("/validation", headers={"Accept": "text/html"}).text


def test_page_about_which_nothing_was_found_says_nothing_of_it(client: FlaskClient) -> None:
    assert 'id="validation"' not in client.get("/page/edition/2025-07-01-cluj-napoca").text


def test_trend_counts_each_kept_release_and_the_answer_changes_with_them(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    release = release_of(make(tmp_path / "project").path, folder)
    client = create_app(Settings(project=tmp_path / "project", releases=folder), release).test_client()
    alone = client.get("/validation", headers={"Accept": "text/html"})
    assert "1 kept release," in alone.text
    assert "<polyline" not in alone.text
    other = folder / "0123456789abcdef"
    shutil.copytree(release.path, other)
    about = json.loads((other / releases.ABOUT).read_bytes())
    early = {"id": other.name, "created": "2020-01-01T00:00:00Z"}
    (other / releases.ABOUT).write_text(json.dumps({**about, **early}), encoding="utf-8")
    warning = Finding("warning", "sources-disagree", ROOT + "id/edition/x", "", "", "m", "r", "c")
    (other / releases.REPORT).write_text(Report.of([warning], 9, 7).to_json(), encoding="utf-8")
    both = client.get("/validation", headers={"Accept": "text/html", "If-None-Match": alone.headers["ETag"]})
    assert both.status_code == 200
    trend = both.text.partition('id="releases"')[2].partition("</section>")[0]
    assert trend.index(other.name) < trend.index(f"<code>{release.id}")
    assert f"<title>{other.name}: 1 warning</title>" in trend
    first = trend.partition("<tbody><tr>")[2].partition("</tr>")[0]
    assert [f">{number}</td>" in first for number in (7, 9, 1)] == [True, True, True]


def test_the_sizes_that_the_documentation_measured_with_are_those_of_now(release: Release) -> None:
    """Rules to the letter; statements to a tenth, for each reviewed fact changes their number."""
    told = (SOURCES / "docs/validation.md").read_text(encoding="utf-8")
    triples, shapes, run = re.search(r"([\d,]+) triples, (\d+) shapes, (\d+) checks", told).groups()  # type: ignore[union-attr]
    assert (int(shapes), int(run)) == (len(Shapes(SOURCES / "shapes").rules), len(checks.load_all()))
    assert abs(int(triples.replace(",", "")) / release.about.triples - 1) < 0.1
