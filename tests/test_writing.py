from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TypeVar

import pytest
from project import ROOT
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse
from rdflib import Dataset, Graph

from clustergraph import jsonld, sources, writing
from clustergraph.errors import InputError
from clustergraph.formats import GRAPH_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format

CONTEXT = jsonld.load_context(ROOT / "ontology" / "context.jsonld")
#: Everything that people have written: every kind of term and of value that occurs.
QUADS = writing.ordered(sources.read(ROOT).graph().stream())
TRIPLES = [quad.triple for quad in QUADS]
#: rdflib's own readers use what rdflib has deprecated.
RDFLIB_READS = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
T = TypeVar("T", Quad, Triple)
RDFLIB = {TURTLE: "turtle", JSON_LD: "json-ld", N_TRIPLES: "nt", RDF_XML: "xml"}


def shuffled(items: Sequence[T]) -> list[T]:
    return random.Random(7).sample(items, len(items))


@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.name)
def test_every_format_holds_the_same_triples(fmt: Format) -> None:
    assert isinstance(fmt.engine, RdfFormat)
    content = writing.write(TRIPLES, fmt, CONTEXT)
    assert {quad.triple for quad in parse(content, format=fmt.engine)} == set(TRIPLES)


@RDFLIB_READS
@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.name)
def test_another_reader_finds_the_same_triples(fmt: Format) -> None:
    part = TRIPLES[::5]
    read = Graph().parse(data=writing.write(part, fmt, CONTEXT), format=RDFLIB[fmt])
    plain = Graph().parse(data=writing.write(part, N_TRIPLES, CONTEXT), format="nt")
    assert set(read) == set(plain)
    assert len(read) == len(set(part))


@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.name)
def test_the_order_of_the_triples_does_not_show(fmt: Format) -> None:
    assert writing.write(shuffled(TRIPLES) + TRIPLES[:9], fmt, CONTEXT) == writing.write(TRIPLES, fmt, CONTEXT)


@pytest.mark.parametrize("fmt", [N_QUADS, TRIG], ids=lambda fmt: fmt.name)
def test_quads_keep_their_graphs(fmt: Format) -> None:
    assert isinstance(fmt.engine, RdfFormat)
    content = writing.write_quads(writing.ordered(QUADS), fmt)
    assert set(parse(content, format=fmt.engine)) == set(QUADS)
    assert content == writing.write_quads(writing.ordered(shuffled(QUADS)), fmt)


@RDFLIB_READS
def test_another_reader_finds_the_same_quads() -> None:
    part = writing.ordered(QUADS[::10])
    read = [
        Dataset().parse(data=writing.write_quads(part, fmt), format=name).quads()
        for fmt, name in ((N_QUADS, "nquads"), (TRIG, "trig"))
    ]
    sets = [{(s, p, o, str(g)) for s, p, o, g in quads} for quads in read]
    assert sets[0] == sets[1]
    assert len(sets[0]) == len(part)


def test_canonical_n_quads_are_sorted_lines_none_twice() -> None:
    lines = writing.write_quads([*QUADS[:50], *QUADS[:5]], N_QUADS).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == 50


def test_turtle_has_our_prefixes_sorted_and_only_those_in_use() -> None:
    part = [triple for triple in TRIPLES if "2025-04-heilbronn" in str(triple.subject)]
    text = writing.write(part, TURTLE, CONTEXT).decode()
    names = re.findall(r"^@prefix ([\w-]+):", text, re.MULTILINE)
    body = text.rpartition("@prefix")[2].partition("\n")[2]
    assert names == sorted(names)
    assert set(names) >= {"cg", "dct", "edition", "schema", "xsd"}
    assert [name for name in names if not re.search(rf"(^|[\s^]){name}:", body, re.MULTILINE)] == []


def test_turtle_says_first_what_a_thing_is() -> None:
    text = writing.write(TRIPLES, TURTLE, CONTEXT).decode()
    assert re.search(r"^edition:2025-07-01-cluj-napoca a cg:Edition ;$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\nb", "a\x0bb", "a\u2028b", 'a"b\\', "@prefix x: <y> .\n@prefix", "ș", ""]
)
@pytest.mark.parametrize("fmt", [TURTLE, JSON_LD, N_TRIPLES], ids=lambda fmt: fmt.name)
def test_any_text_is_kept(fmt: Format, text: str) -> None:
    assert isinstance(fmt.engine, RdfFormat)
    triples = [Triple(TRIPLES[0].subject, TRIPLES[0].predicate, Literal(text))]
    content = writing.write(triples, fmt, CONTEXT)
    assert [quad.triple for quad in parse(content, format=fmt.engine)] == triples


@pytest.mark.parametrize("triples", [[], TRIPLES[:1]])
@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.name)
def test_few_triples_and_none_are_written_too(fmt: Format, triples: list[Triple]) -> None:
    assert isinstance(fmt.engine, RdfFormat)
    content = writing.write(triples, fmt, CONTEXT)
    assert [quad.triple for quad in parse(content, format=fmt.engine)] == triples


def test_a_format_for_the_other_kind_is_refused() -> None:
    quads: list[Quad] = []
    with pytest.raises(InputError, match="named graphs"):
        writing.write_quads(quads, TURTLE)
    with pytest.raises(InputError, match="triples"):
        writing.write([], TRIG, CONTEXT)
