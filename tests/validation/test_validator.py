from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clustergraph import deriving, linking, sources
from clustergraph.dataset import Dataset
from clustergraph.validation.report import Report
from clustergraph.validation.validator import validate


@pytest.fixture
def broken(project: Path, tmp_path: Path) -> Path:
    """A copy of the project with one edition that ends before it starts, and a person with an e-mail address."""
    folder = tmp_path / "project"
    shutil.copytree(project, folder)
    edition = folder / "data/editions/2031-05-06-aveiro.ttl"
    edition.write_text(edition.read_text().replace('endDate "2031-05-07"', 'endDate "2031-05-05"'))
    people = folder / "data/registry/things.ttl"
    people.write_text(people.read_text().replace('"Ana Reis" ;', '"Ana Reis" ; foaf:mbox <mailto:ana@a.example> ;'))
    return folder


def _report(project: Path) -> Report:
    dataset = sources.read(project)
    linking.link(dataset)
    deriving.derive(dataset)
    return validate(dataset, project / "shapes")


def test_data_that_break_no_rule_conform(base: Dataset, project: Path) -> None:
    report = validate(base, project / "shapes")
    assert report.findings == ()
    assert report.subjects > 300


def test_a_finding_names_the_file_and_the_line_of_its_thing(broken: Path) -> None:
    places = {finding.rule: finding.place for finding in _report(broken).findings}
    edition, people = "data/editions/2031-05-06-aveiro.ttl", "data/registry/things.ttl"
    line = (broken / edition).read_text().splitlines().index("edition:2031-05-06-aveiro") + 1
    assert places["Edition-order"] == f"{edition}:{line}"
    assert places["Person-noEmail"].startswith(f"{people}:")


def test_equal_data_give_an_equal_report(broken: Path) -> None:
    assert _report(broken).to_json() == _report(broken).to_json()


def test_private_data_are_found_in_whatever_file_they_stand(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(project, folder)
    edition = folder / "data/editions/2031-10-02-ghent.ttl"
    secret = "\n<https://w3id.org/clustergraph/id/person/ana-reis> <http://xmlns.com/foaf/0.1/phone> <tel:+351> .\n"
    edition.write_text(edition.read_text() + secret)
    assert "Person-noPhone" in {finding.rule for finding in _report(folder).findings}


def test_each_step_is_told(base: Dataset, project: Path) -> None:
    told: list[str] = []
    validate(base, project / "shapes", told.append)
    assert any("shapes" in words for words in told)
    assert "check session-within-parent" in told
