from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from clustergraph.errors import TooCostlyError
from clustergraph.formats import RESULTS_CSV, RESULTS_JSON, RESULTS_TSV, RESULTS_XML, Format
from clustergraph.pool.bounds import BoundedBuffer, Bounds, rows, rows_at_most

#: Rows whose values look like the ends of rows.
TRICKY = r"""SELECT ?a ?b { VALUES (?a ?b) {
    (1 "}},{\r\n\"},{\"") (UNDEF UNDEF) (UNDEF "[{") ("\\" "\\\"},{")
    (<x:a> <<( <x:a> <x:b> "\n},{" )>>) ("<result>" 2)
} }"""
FORMATS = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)


def written(query: str, fmt: Format) -> bytes:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    return bytes(found.serialize(format=fmt.engine) or b"")  # type: ignore[arg-type]


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    ("query", "number"),
    [
        (TRICKY, 6),
        ("SELECT * {}", 1),
        ("SELECT ?x ?y { FILTER(false) }", 0),
        ("SELECT ?x { VALUES ?x { UNDEF UNDEF UNDEF } }", 3),
        ("SELECT ?x { VALUES ?x { " + " ".join(map(str, range(1000))) + " } }", 1000),
    ],
)
def test_rows_are_counted_exactly_whatever_they_hold(fmt: Format, query: str, number: int) -> None:
    content = written(query, fmt)
    assert rows(content, fmt) == number
    assert rows_at_most(content, fmt) >= number


def test_a_buffer_refuses_the_byte_over_its_bound() -> None:
    buffer = BoundedBuffer(Bounds(memory=1, cpu=1, size=10, rows=1))
    buffer.write(b"0123456789")
    with pytest.raises(TooCostlyError, match="longer than 10 bytes"):
        buffer.write(b"x")
