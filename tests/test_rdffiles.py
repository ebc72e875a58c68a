from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from clustergraph import rdffiles
from clustergraph.errors import InputError, TooLargeError
from clustergraph.rdffiles import RdfFile, quads
from clustergraph.store import open_read_only

XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://e/s"><e:p>1</e:p></rdf:Description></rdf:RDF>'
)
SAME = {
    "a.ttl": '<http://e/s> <http://e/p> "1" .',
    "a.nt": '<http://e/s> <http://e/p> "1" .',
    "a.nq": '<http://e/s> <http://e/p> "1" .',
    "a.trig": '{ <http://e/s> <http://e/p> "1" }',
    "a.rdf": XML,
    "a.jsonld": '{"@id": "http://e/s", "http://e/p": "1"}',
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SAME)
def test_every_format_gives_the_same_statement(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, SAME[name])
    (default,), (named,) = quads([RdfFile(path)]), quads([RdfFile(path, "http://e/g")])
    assert default.graph_name == DefaultGraph()
    assert str(default.triple) == '<http://e/s> <http://e/p> "1"'
    assert (named.graph_name, named.triple) == (NamedNode("http://e/g"), default.triple)


def test_each_file_has_blank_nodes_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "_:b <http://e/p> _:b .")
    one, other = quads([RdfFile(path), RdfFile(path, "http://e/g")])
    assert isinstance(one.subject, BlankNode)
    assert one.subject == one.object != other.subject


def test_relative_addresses_resolve_against_the_graph_or_else_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "<> <p> <../x> .")
    assert next(quads([RdfFile(path, "http://e/d/g")])).object == NamedNode("http://e/x")
    assert next(quads([RdfFile(path)])).subject == NamedNode(path.resolve().as_uri())


def test_named_graphs_of_a_file_stay_unless_the_file_is_given_one(tmp_path: Path) -> None:
    path = written(tmp_path, "a.trig", "<http://e/g> { <http://e/s> <http://e/p> 1 }")
    assert next(quads([RdfFile(path)])).graph_name == NamedNode("http://e/g")
    with pytest.raises(InputError, match=r"a\.trig:1: cannot be parsed: Named graphs are not allowed"):
        list(quads([RdfFile(path, "http://e/other")]))


def test_a_file_that_cannot_be_parsed_is_named_with_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "# a comment\n<http://e/s> <http://e/p> .")
    with pytest.raises(InputError, match=r"a\.ttl:2: cannot be parsed"):
        rdffiles.write([RdfFile(path)], tmp_path)


@pytest.mark.parametrize(
    ("name", "graph", "reason"),
    [
        ("no.ttl", None, "No such file"),
        ("a.txt.gz", None, "the ending says no format"),
        ("a.ttl", "relative", "No scheme found"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, graph: str | None, reason: str) -> None:
    if name.startswith("a"):
        written(tmp_path, name, "")
    with pytest.raises(InputError, match=reason) as refused:
        rdffiles.write([RdfFile(tmp_path / name, graph)], tmp_path)
    assert name in refused.value.message


def test_files_too_large_are_refused_before_they_are_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdffiles, "MAX_BYTES", 20)
    path = written(tmp_path, "a.ttl", "this is not Turtle")
    with pytest.raises(TooLargeError, match="more than 20 bytes"):
        rdffiles.write([RdfFile(path), RdfFile(path)], tmp_path)


def test_the_engine_folder_holds_what_the_files_state_and_is_named_by_them(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", SAME["a.ttl"])
    files = [RdfFile(path), RdfFile(path, "http://e/g")]
    (tmp_path / "again").mkdir()
    made, again = rdffiles.write(files, tmp_path), rdffiles.write(files[:1], tmp_path / "again")
    assert (made.about.triples, again.about.triples) == (2, 1)
    assert made.id != again.id


def test_outside_of_a_union_the_default_graph_is_what_stands_in_no_named_graph(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", SAME["a.ttl"])
    made = rdffiles.write([RdfFile(path, "http://e/g")], tmp_path)
    asked = "ASK { ?s ?p ?o }", "ASK { GRAPH <http://e/g> { ?s ?p ?o } }"
    for union in (False, True):
        graph = open_read_only(made.path / "store", union)
        assert [graph.ask(query) for query in asked] == [union, True]
        assert [bool(graph.evaluate(query, own_dataset=False)) for query in asked] == [union, True]
