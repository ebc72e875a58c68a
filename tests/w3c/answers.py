"""Answers of queries in whatever format, brought to a form in which equal answers are equal values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from clustergraph.store import in_memory

Term = NamedNode | BlankNode | Literal | Triple
Row = Mapping[str, Term]
RESULTS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
POSITION = NamedNode(RESULTS + "index")
SOLUTIONS = """
PREFIX rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#>
SELECT ?solution ?index ?variable ?value WHERE {
  ?set rs:solution ?solution .
  OPTIONAL { ?solution rs:index ?index }
  OPTIONAL { ?solution rs:binding [ rs:variable ?variable ; rs:value ?value ] }
}
ORDER BY ?index
"""
VARIABLES = f"SELECT ?name {{ ?set <{RESULTS}resultVariable> ?name }}"
BOOLEAN = f"SELECT ?value {{ ?set <{RESULTS}boolean> ?value }}"


@dataclass(frozen=True)
class Rows:
    """An answer of a SELECT query.

    :ivar ordered: whether the order of the rows is a part of the answer.
    """

    variables: frozenset[str]
    rows: tuple[Row, ...]
    ordered: bool = False


Answer = bool | Rows | frozenset[Triple]


def same(one: Answer, other: Answer, lax: bool = False) -> bool:
    """Whether two answers are the same but for the names of blank nodes.

    Rows are compared in order where one of the answers says that the order counts.

    :param lax: duplicate rows do not count.
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, frozenset) or isinstance(other, frozenset):
        return isinstance(one, frozenset) and isinstance(other, frozenset) and _triples(one) == _triples(other)
    ordered = one.ordered or other.ordered
    return one.variables == other.variables and _rows(one, ordered, lax) == _rows(other, ordered, lax)


def by_value(answer: Answer) -> Answer:
    """An answer with its numbers and dates as the engine spells them, which keeps values and not spellings."""
    if not isinstance(answer, Rows):
        return answer
    rows = tuple({name: _spelled(term) for name, term in row.items()} for row in answer.rows)
    return replace(answer, rows=rows)


def _spelled(term: Term) -> Term:
    if not isinstance(term, Literal):
        return term
    (quad,) = in_memory([Quad(POSITION, POSITION, term)]).stream()
    return quad.object


def _triples(graph: frozenset[Triple]) -> frozenset[Quad]:
    return _canonical(Quad(triple.subject, triple.predicate, triple.object) for triple in graph)


def _rows(answer: Rows, ordered: bool, lax: bool) -> frozenset[Quad]:
    rows = answer.rows
    if lax:
        rows = tuple({tuple(sorted(row.items(), key=str)): row for row in rows}.values())
    return _canonical(quad for number, row in enumerate(rows) for quad in _row(row, number if ordered else 0))


def _row(row: Row, number: int) -> Iterator[Quad]:
    node = BlankNode()
    yield Quad(node, POSITION, Literal(number))
    for name, value in row.items():
        yield Quad(node, NamedNode(f"{RESULTS}value-{name}"), value)


def _canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def of_engine(found: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    """The answer that the engine gave, or that a result document holds."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QueryTriples):
        return frozenset(found)
    names = [variable.value for variable in found.variables]
    bound = (zip(names, solution, strict=True) for solution in found)
    return Rows(frozenset(names), tuple({name: term for name, term in row if term is not None} for row in bound))


def of_document(content: bytes, media_type: str) -> Answer:
    """The answer in a document of a media type."""
    if media_type == "text/csv":
        return _of_csv(content.decode())
    if results := QueryResultsFormat.from_media_type(media_type):
        return of_engine(parse_query_results(content, format=results))
    return frozenset(quad.triple for quad in parse(content, format=RdfFormat.from_media_type(media_type)))


def of_file(path: Path, address: str) -> Answer:
    """The answer in a file of the suite: results in any format, a graph, or a graph that describes results.

    :param address: where the W3C publishes it.
    """
    ending = path.suffix[1:]
    if ending == "csv":
        return _of_csv(path.read_bytes().decode())
    if results := QueryResultsFormat.from_extension(ending):
        return of_engine(parse_query_results(path=str(path), format=results))
    parsed = parse(path=str(path), format=RdfFormat.from_extension(ending), base_iri=address)
    return _described(frozenset(quad.triple for quad in parsed))


def _of_csv(text: str) -> Rows:
    """CSV does not tell literals from IRIs: all are compared as texts, and blank nodes as blank nodes."""
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    return Rows(frozenset(head), tuple({name: _cell(text) for name, text in row.items() if text} for row in cells))


def as_csv(answer: Answer) -> Answer:
    """An answer as it would be read from CSV."""
    if not isinstance(answer, Rows):
        return answer
    return replace(answer, rows=tuple({name: _text(term) for name, term in row.items()} for row in answer.rows))


def _text(term: Term) -> Term:
    return Literal(term.value) if isinstance(term, NamedNode | Literal) else term


def _cell(text: str) -> Term:
    return BlankNode(text[2:]) if text.startswith("_:") else Literal(text)


def _described(triples: frozenset[Triple]) -> Answer:
    graph = in_memory(Quad(one.subject, one.predicate, one.object) for one in triples)
    if found := graph.select(BOOLEAN):
        return bool(found[0]["value"] == Literal(True))
    names = frozenset(row["name"].value for row in graph.select(VARIABLES))
    if not names and not graph.ask(f"ASK {{ ?set a <{RESULTS}ResultSet> }}"):
        return triples
    rows: dict[Term, dict[str, Term]] = {}
    ordered = False
    for binding in graph.select(SOLUTIONS):
        row = rows.setdefault(binding["solution"], {})
        ordered = ordered or binding["index"] is not None
        if binding["variable"] is not None:
            row[binding["variable"].value] = binding["value"]
    return Rows(names, tuple(rows.values()), ordered)
