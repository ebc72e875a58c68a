from __future__ import annotations

import json

import pytest
from project import Project

AVEIRO = "data/editions/2031-05-06-aveiro.ttl"


@pytest.fixture
def spoilt(project: Project) -> Project:
    project.replace(AVEIRO, 'schema:endDate "2031-05-07"', 'schema:endDate "2031-05-05"')
    return project


def test_good_data_end_with_0(project: Project) -> None:
    done = project.start("validate")
    assert done.returncode == 0
    assert "0 violation" in done.stdout
    assert done.stderr == ""


def test_a_violation_ends_with_1_and_names_file_thing_rule_and_remedy(spoilt: Project) -> None:
    done = spoilt.run("validate")
    assert done.returncode == 1
    for words in (f"in {AVEIRO}:", "2031-05-06-aveiro", "violation ", "do: "):
        assert words in done.stdout


def test_the_report_is_also_json(spoilt: Project) -> None:
    done = spoilt.run("validate", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["conforms"] is False
    assert report["findings"][0]["place"].startswith(AVEIRO)


def test_nothing_is_written(spoilt: Project) -> None:
    before = spoilt.digest()
    spoilt.run("validate")
    assert spoilt.digest() == before
    assert not spoilt.releases.exists()
