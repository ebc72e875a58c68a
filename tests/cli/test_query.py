from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project

from clustergraph.releases import Release

COUNT = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a cg:Edition }"
SERIES = "DESCRIBE <https://w3id.org/clustergraph/id/series/clusters-meet-regions>"


def test_a_text_a_file_and_standard_input_are_asked_alike(built_once: Project, tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text(COUNT, encoding="utf-8")
    answers = [
        built_once.run("query", COUNT),
        built_once.run("query", str(file)),
        built_once.start("query", "-", stdin=COUNT),
    ]
    assert [(done.returncode, done.stdout.split()) for done in answers] == [(0, ["n", "2"])] * 3


@pytest.mark.parametrize(
    ("query", "fmt", "begins"),
    [
        (COUNT, "json", '{"head":{"vars":["n"]}'),
        (COUNT, "tsv", "?n\n2"),
        (COUNT, "xml", "<?xml"),
        ("ASK { ?e a cg:Edition }", "json", '{"head":{},"boolean":true}'),
        (SERIES, "ttl", "@prefix"),
        (SERIES, "nt", "<https://w3id.org/clustergraph/id/series/"),
        (SERIES, "rdf", "<?xml"),
    ],
)
def test_an_answer_comes_in_the_format_asked_for(built_once: Project, query: str, fmt: str, begins: str) -> None:
    done = built_once.run("query", query, "--format", fmt)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(begins)


def test_json_ld_is_json(built_once: Project) -> None:
    assert json.loads(built_once.run("query", SERIES, "--format", "jsonld").stdout)


def test_an_older_release_can_be_asked(two: tuple[Project, Release, Release]) -> None:
    project, older, _ = two
    query = "SELECT ?venue { ?e cg:venueText ?venue }"
    assert project.run("query", query).stdout == 'venue\n"New Kiln, ș"\n'
    assert project.run("query", query, "--release", older.id).stdout == "venue\nOld Kiln\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["SELECT ?x {"], 2, "cannot be parsed at line 1"),
        (["no-such-file.rq"], 2, "no-such-file.rq: cannot be read: No such file"),
        ([COUNT, "--format", "ttl"], 2, "JSON"),
        ([COUNT, "--format", "docx"], 2, "'docx' is not one of"),
        ([COUNT, "--release", "../current"], 2, "does not name a release"),
        (["SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"], 2, "SERVICE is refused"),
        (["DELETE WHERE { ?s ?p ?o }"], 2, "read-only"),
    ],
)
def test_a_wrong_call_ends_in_words(built_once: Project, arguments: list[str], code: int, words: str) -> None:
    done = built_once.run("query", *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_release_is_not_asked(built: Project) -> None:
    file = built.releases / "current" / "dumps" / "clustergraph.ttl"
    file.write_bytes(file.read_bytes()[:-1])
    done = built.run("query", COUNT)
    assert done.returncode == 4
    assert "dumps/clustergraph.ttl has changed" in done.stderr


def test_a_reader_that_goes_away_is_no_error_worth_words(built_once: Project) -> None:
    command = [sys.executable, "-m", "clustergraph", "query", "SELECT * { ?s ?p ?o . ?t ?q ?u } LIMIT 20000"]
    with subprocess.Popen(
        command, env=built_once.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
