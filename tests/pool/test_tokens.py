"""What is refused before a worker sees it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from clustergraph.errors import ForbiddenError, QueryError, TooLargeError
from clustergraph.pool import tokens
from clustergraph.pool.tokens import outline

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "select * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE?x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{?s ?p ?o} }",
    "PREFIX p: <http://127.0.0.1:9/> SELECT * {SERVICEp:s{?s ?p ?o}}",
    "PREFIX : <http://127.0.0.1:9/> SELECT * {SERVICE:s{?s ?p ?o}}",
    # a prefix of that name, declared to cover the keyword and its target
    "PREFIX p: <http://127.0.0.1:9/> PREFIX SERVICEp: <a:> SELECT * {SERVICEp:s{?s ?p ?o}}",
    "PREFIX p: <http://127.0.0.1:9/> SELECT * { ?s ?p trueSERVICE p:s{?s ?p ?o}}",
    "PREFIX p: <http://127.0.0.1:9/> SELECT * { ?s ?p 1SERVICE p:s{?s ?p ?o}}",
    "PREFIX p: <http://127.0.0.1:9/> SELECT * { ?s ?p p:.SERVICE p:s{?s ?p ?o}}",
    'SELECT * { ?s ?p "\\"".SERVICE <http://127.0.0.1:9/> {?s ?p ?o}}',
    "SELECT * { ?s ?p '''a'b'''.SERVICE <http://127.0.0.1:9/> {?s ?p ?o}}",
    "SELECT * { SERVICE # <\n <http://127.0.0.1:9/> {?s ?p ?o}}",
    # no long string, for want of an end, but two short ones
    'SELECT * { VALUES ?x {"""a"} SERVICE <http://127.0.0.1:9/> {?s ?p ?o}}',
    # a comparison that looks like the start of an IRI, ended in a comment
    "SELECT * { FILTER(1<2)SERVICE#>\n?x {?s ?p ?o}}",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_another_service_is_refused_in_every_spelling(query: str) -> None:
    with pytest.raises(ForbiddenError, match="SERVICE is refused"):
        outline(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://a.example/> {}' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s <http://a.example/service> ?service } # SERVICE <http://a.example/> {}",
        "PREFIX service: <http://a.example/> SELECT * { service:desk ?p ?o }",
        "PREFIX service: <http://a.example/> SELECT * { GRAPH service:desk { ?s ?p ?o } }",
        "PREFIX p: <http://a.example/> SELECT * { ?s p:o.SERVICE ?o }",
        "SELECT * { ?s ?p 'x'@en-service }",
    ],
)
def test_the_word_in_a_string_an_iri_a_comment_or_a_name_is_no_call(query: str) -> None:
    outline(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX insert: <a:> # SELECT\nBASE <http://a.example/> CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "DROP SILENT ALL",
    ],
)
def test_an_update_is_refused(update: str) -> None:
    with pytest.raises(ForbiddenError, match="read-only"):
        outline(update)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * FROM <a:g> { ?s ?p ?o }", True),
        ("select * from named <a:g> { ?s ?p ?o }", True),
        ("SELECT *FROM<a:g>{ ?s ?p ?o }", True),
        ("ASKFROM<a:g>{ ?s ?p ?o }", True),
        ("SELECT * { ?s ?p 'FROM' } # FROM <a:g>", False),
        ("PREFIX from: <a:> SELECT ?from { ?s from:there ?from }", False),
    ],
)
def test_a_query_that_names_its_dataset_is_known(query: str, expected: bool) -> None:
    assert outline(query).own_dataset is expected


def test_from_that_touches_a_name_is_refused_since_it_can_be_read_in_two_ways() -> None:
    with pytest.raises(QueryError, match="write a blank between FROM") as refused:
        outline("PREFIX p: <a:>\nSELECT * FROMp:g { ?s ?p ?o }")
    assert (refused.value.line, refused.value.column) == (2, 10)


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID()", "BNODE()"])
def test_a_query_that_may_be_answered_differently_is_known(call: str) -> None:
    assert outline(f"SELECT ({call} AS ?x) {{}}").volatile
    assert not outline("SELECT ?now { ?now ?rand 'UUID()' }").volatile


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("ASK " + "{" * 201 + "}" * 201, "levels of brackets"),
        ("SELECT (" + "CONCAT('a'," * 201 + "'b'" + ")" * 201 + " AS ?x) {}", "levels of brackets"),
        ("ASK { ?s ?p " + "[ ?p " * 201 + "1" + "]" * 201 + "}", "levels of brackets"),
        ("SELECT (" + "!" * 2001 + "true AS ?x) {}", "operators and groups"),
        ("ASK { FILTER(" + "||".join(["true"] * 1002) + ") }", "operators and groups"),
        ("ASK {" + " UNION ".join(["{}"] * 2002) + "}", "operators and groups"),
        ("ASK { ?s ?p ?o" + " MINUS {?s ?p 1}" * 2001 + "}", "operators and groups"),
        ("ASK { VALUES ?x {" + "1 " * 30_000 + "} }", "words and signs"),
    ],
)
def test_a_query_that_could_overflow_the_stack_is_refused_with_its_place(query: str, what: str) -> None:
    with pytest.raises(QueryError, match=f"{what}; simplify it") as refused:
        outline(query)
    assert refused.value.line == 1


def test_a_long_query_is_refused() -> None:
    with pytest.raises(TooLargeError, match="at most 262,144"):
        outline("#" * (tokens.MAX_LENGTH + 1))


@pytest.mark.parametrize("part", ['"""\\"', "<a", "'", "a-", ")", "a:%", "((", "\\", "é:", "#\n", "<)service", '"\\'])
def test_looking_at_a_text_does_not_grow_with_its_square(part: str) -> None:
    start = time.process_time()  # of this process alone: a square would be minutes, the longest text takes a second
    with suppress(QueryError, ForbiddenError):
        outline(part * (tokens.MAX_LENGTH // len(part)))
    assert time.process_time() - start < 10


LISTED = "http://a.example/sparql"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{LISTED}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent <{LISTED}>{{ ?s ?p ?o }} SERVICE#\n<{LISTED}>{{}} }}",
    ],
)
def test_a_listed_service_may_be_called_and_what_it_says_may_change(query: str) -> None:
    found = outline(query, [LISTED])
    assert (found.calls, found.volatile) == (True, True)


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://b.example/>",
        f"SERVICE <{LISTED}/>",
        "SERVICE <http:\\u002F/a.example/sparql>",
        "SERVICE ?x",
        "SERVICE p:s",
        "SERVICEp:s",
        f"SERVICESILENT<{LISTED}>",
        f"SERVICE SILENT SILENT <{LISTED}>",
        f"<{LISTED}> SERVICE ?x",
        f"SERVICE <{LISTED}> {{}} SERVICE <http://b.example/>",
        f"FILTER(1<2)SERVICE#>\n<{LISTED}>",
    ],
)
def test_what_is_not_a_listed_service_named_in_full_is_refused(call: str) -> None:
    query = f"PREFIX p: <{LISTED}> SELECT * {{ {call} {{ ?s ?p ?o }} }}"
    with pytest.raises(ForbiddenError, match=f"SERVICE is refused: this endpoint asks only <{LISTED}>"):
        outline(query, [LISTED])


def test_a_listed_address_without_a_call_is_no_call() -> None:
    assert not outline(f"ASK {{ <{LISTED}> ?p ?o }}", [LISTED]).calls
