from __future__ import annotations

from pathlib import Path

import pytest
from project import Project

from clustergraph import iris, sources
from clustergraph.errors import InputError

PEOPLE = "data/registry/people.ttl"


def refused(project: Project) -> str:
    with pytest.raises(InputError) as error:
        sources.read(project.path)
    return error.value.message


def test_each_folder_has_its_graph(project: Project) -> None:
    graphs = set(sources.read(project.path).graph().graph_names())
    assert graphs == {
        iris.graph(name)
        for name in (
            "ontology",
            "vocabulary",
            "registry",
            "decisions",
            "edition/2031-05-06-aveiro",
            "edition/2031-10-02-ghent",
        )
    }


def test_a_thing_is_found_in_its_file_and_line(project: Project) -> None:
    where = sources.read(project.path).where(iris.thing("session", "2031-05-06-aveiro--opening"))
    name, _, line = where.rpartition(":")
    assert name == "data/editions/2031-05-06-aveiro.ttl"
    lines = (project.path / name).read_text(encoding="utf-8").splitlines()
    assert lines[int(line) - 1] == "session:2031-05-06-aveiro--opening"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('person:a foaf:name "A" ; ; foaf:name .', "not valid Turtle"),
        ("person:a foaf:homepage <https://a b> .", "Invalid IRI"),
        ("person:a foaf:homepage <relative> .", "not valid Turtle"),
        ('person:a unknown:name "A" .', "prefix unknown: has not been declared"),
        ('person:a foaf:name "Ana\u0301" .', "Unicode NFC"),
    ],
)
def test_a_line_that_is_wrong_is_named(project: Project, line: str, words: str) -> None:
    project.write(PEOPLE, f'person:b foaf:name "B" .\n{line}\n')
    number = (project.path / PEOPLE).read_text(encoding="utf-8").splitlines().index(line) + 1
    message = refused(project)
    assert message.startswith(f"{PEOPLE}:{number}: ")
    assert words in message


def test_a_file_that_is_not_utf_8_is_named_with_the_line(project: Project) -> None:
    (project.path / PEOPLE).write_bytes(b"# first line\n# Ko\xb9ice\n")
    assert refused(project).startswith(f"{PEOPLE}:2: not UTF-8")


@pytest.mark.parametrize("node", ["[]", "_:b", '[ foaf:name "B" ]', "( 1 2 )"])
def test_a_blank_node_is_refused(project: Project, node: str) -> None:
    project.write(PEOPLE, f"person:a foaf:knows {node} .")
    assert refused(project).startswith(f"{PEOPLE}: a blank node")


def test_a_triple_in_two_files_is_refused_and_both_are_named(project: Project) -> None:
    for name in (PEOPLE, "data/registry/more.ttl"):
        project.write(name, 'person:a a foaf:Person ; foaf:name "A" .')
    message = refused(project)
    assert PEOPLE in message
    assert "data/registry/more.ttl" in message


def test_a_triple_twice_in_one_file_counts_once(project: Project) -> None:
    before = len(sources.read(project.path))
    project.write(PEOPLE, 'person:a foaf:name "A" . person:a foaf:name "A" .')
    assert len(sources.read(project.path)) == before + 1


@pytest.mark.parametrize("name", ["data/people.ttl", "data/registry/deep/people.ttl", "ontology/draft/people.ttl"])
def test_a_file_no_graph_belongs_to_is_refused(project: Project, name: str) -> None:
    project.write(name, "")
    assert refused(project).startswith(f"{name}: no graph belongs to this folder")


@pytest.mark.parametrize("name", ["Aveiro", "2031_05_06_aveiro", "2031-05-06-aveiro-"])
def test_an_edition_file_is_named_as_its_edition(project: Project, name: str) -> None:
    project.write(f"data/editions/{name}.ttl", "")
    assert refused(project).startswith(f"data/editions/{name}.ttl: name the file as the edition")


def test_a_folder_that_is_no_project_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="CLUSTERGRAPH_PROJECT"):
        sources.read(tmp_path)
