"""The form of a query is seen, and values stand where they bind, whatever the text looks like."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import queries, store
from clustergraph.errors import QueryError
from clustergraph.sparqltext import form, with_terms, with_values

THING, OTHER = NamedNode("http://example.org/thing"), NamedNode("http://example.org/other")
P = NamedNode("http://example.org/p")
GRAPH = store.in_memory(
    [Quad(THING, P, Literal("one"), P), Quad(OTHER, P, Literal("two"), P), Quad(OTHER, P, Literal('"} \\ \n{'), P)]
)
TRICKY = "# WHERE { ?e\nBASE <http://example.org/select#>\nPREFIX construct: <http://example.org/>\n"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", "SELECT"),
        ("ask{}", "ASK"),
        (
            "# CONSTRUCT\nPREFIX ask: <http://example.org/describe#> BASE <select:> CONSTRUCT { ?s ?p ?o } WHERE {}",
            "CONSTRUCT",
        ),
        ("PREFIX : <a:b> DESCRIBE :c", "DESCRIBE"),
    ],
)
def test_form_is_the_first_word_after_the_prologue(query: str, expected: str) -> None:
    assert form(query) == expected


@pytest.mark.parametrize("query", ["", "# nothing", "DROP ALL", "DEFINE x SELECT * {}", "<select>"])
def test_what_has_no_form_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="begins with SELECT"):
        form(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?e ?o WHERE { ?e ?p ?o }",
        "SELECT ?e ?o { ?e ?p ?o }",
        "SELECT ?e (EXISTS { ?e ?p '}{' } AS ?x) ?o FROM <http://example.org/p> WHERE { ?e ?p ?o }",
        "SELECT ?e ?o WHERE { { SELECT ?e ?o WHERE { ?e ?p ?o } } }",
        "SELECT ?e (COUNT(?o) AS ?n) WHERE { ?e ?p ?o FILTER(STR(?o) != 'WHERE {') } GROUP BY ?e",
        "SELECT ?e ?o WHERE { { ?e ?p ?o } UNION { ?e ?p ?x BIND('''{ it's''' AS ?o) } } ORDER BY ?o LIMIT 5 # {",
        TRICKY + "SELECT ?e ?o WHERE { ?e construct:p ?o }",
    ],
)
def test_rows_with_values_are_those_of_the_bound_query(query: str) -> None:
    bound = GRAPH.select(query, {"e": OTHER})
    written = GRAPH.select(with_values(query, {"e": OTHER}))
    assert bound
    assert sorted(map(str, written)) == sorted(map(str, bound))


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?e ?p ?o } WHERE { ?e ?p ?o }",
        "CONSTRUCT { ?e ?p '}' } { ?e ?p ?o }",
        "CONSTRUCT WHERE { ?e ?p ?o }",
        "DESCRIBE ?e WHERE { ?e ?p ?o }",
        TRICKY + "CONSTRUCT { ?e construct:p ?o } WHERE { ?e ?p ?o }",
    ],
)
def test_triples_with_values_are_those_of_the_bound_query(query: str) -> None:
    bound = GRAPH.construct(query, {"e": OTHER})
    assert bound
    assert GRAPH.construct(with_values(query, {"e": OTHER})) == bound


def test_a_query_without_a_pattern_takes_values_too() -> None:
    assert {triple.subject for triple in GRAPH.construct(with_values("DESCRIBE ?e", {"e": THING}))} == {THING}


@pytest.mark.parametrize(("thing", "expected"), [(THING, True), (P, False)])
def test_the_answer_of_ask_depends_on_the_value(thing: NamedNode, expected: bool) -> None:
    assert GRAPH.ask(with_values("ASK { ?e ?p ?o }", {"e": thing})) is expected


def test_a_text_that_means_harm_stays_a_text() -> None:
    hostile = Literal('"} \\ \n{')
    rows = GRAPH.select(with_values("SELECT ?e WHERE { ?e ?p ?o }", {"o": hostile}))
    assert [row["e"] for row in rows] == [OTHER]


def test_without_values_a_query_stays_as_it_is() -> None:
    query = queries.load("edition/facts")
    assert query.with_values({}) == query.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?e ?o WHERE { ?e ?p ?o } ORDER BY ?e ?o",
        "SELECT ?e (COUNT(?o) AS ?n) { { ?e ?p ?o } UNION { ?o ?p ?e } FILTER(?o != ?e) } GROUP BY ?e",
        "SELECT * { OPTIONAL { ?e ?p ?o } # ?e }\n BIND('?e }' AS ?x) } ORDER BY ?o",
        "SELECT ?e ?o { { SELECT ?e ?o { ?e ?p ?o } } }",
        "SELECT ?e ?o { { SELECT DISTINCT ?p ?e { ?e ?p ?x FILTER(?e != ?x) } } ?e ?p ?o }",
        "SELECT ?e ?o { { SELECT * { ?e ?p ?o } } UNION { { SELECT ?e ?o { { SELECT ?e ?o { ?e ?p ?o } } } } } }",
        # inside, ?e is another one
        "SELECT ?e ?o { ?e ?p ?o { SELECT DISTINCT ?p { ?e ?p 'one' } } }",
        "SELECT ?e ?o { ?e ?p ?o { SELECT ?p { { SELECT ?e ?p { ?e ?p 'one' } } } } }",
        "SELECT ?e ?n { { SELECT (COUNT(?o) AS ?n) ?e (MIN(?e) AS ?m) ?p { ?e ?p ?o } GROUP BY ?e ?p } }",
        "SELECT ?e ?o { ?e ?p ?o { SELECT ?e (COUNT(?x) AS ?n) { ?e ?p ?x } GROUP BY ?e } }",
        "SELECT ?e ?n { ?e ?p ?o { SELECT (COUNT(?e) AS ?n) { ?e ?p ?x } } }",
        # this keeps the variable, and is bound beside its text
        "SELECT ?e ?o { ?e ?p ?o { SELECT DISTINCT ?e { ?e ?p ?x } } }",
    ],
)
def test_terms_in_the_place_of_variables_give_what_values_give(query: str) -> None:
    rows = GRAPH.select(query, {"e": OTHER})
    assert rows
    assert all(row["e"] == OTHER for row in rows)
    assert sorted(map(str, rows)) == sorted(map(str, GRAPH.select(with_values(query, {"e": OTHER}))))


def test_terms_are_no_longer_given_by_a_subquery_and_stay_out_of_one_that_does_not_give_them() -> None:
    query = "SELECT ?e { { SELECT DISTINCT ?e ?o { ?e ?p ?o } } { SELECT ?o { ?e ?o ?x } } }"
    assert with_terms(query, {"e": P}) == (
        "SELECT ?e { { SELECT DISTINCT  ?o { <http://example.org/p> ?p ?o } } { SELECT ?o { ?e ?o ?x } }  "
        "BIND(<http://example.org/p> AS ?e) }"
    )


def test_subquery_that_counts_nothing_has_no_row() -> None:
    query = "SELECT ?e ?n { { SELECT ?e (COUNT(?o) AS ?n) { ?e ?p ?o } GROUP BY ?e } }"
    assert GRAPH.select(query, {"e": P}) == GRAPH.select(with_values(query, {"e": P})) == []
    assert with_terms(query, {"e": P}) == (
        "SELECT ?e ?n { { SELECT  (COUNT(?o) AS ?n) { <http://example.org/p> ?p ?o } "
        "GROUP BY (<http://example.org/p> AS ?e_) }  BIND(<http://example.org/p> AS ?e) }"
    )


def test_terms_stand_in_the_pattern_alone_and_only_for_variables() -> None:
    query = "SELECT ?e WHERE { ?e ?p '?e' . ?ee ?p <http://e/?e> } ORDER BY ?e"
    assert with_terms(query, {"e": P}) == (
        "SELECT ?e WHERE { <http://example.org/p> ?p '?e' . ?ee ?p <http://e/?e>  "
        "BIND(<http://example.org/p> AS ?e) } ORDER BY ?e"
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?e { { SELECT ?e { ?e ?p ?o } } }",
        "SELECT ?e { { SELECT ?e ?o { ?e ?p ?o } LIMIT 1 } }",
        "SELECT ?e { { SELECT ?e ?o { ?e ?p ?o } ORDER BY ?e } }",
        "SELECT ?e { { SELECT ?o (?o AS ?e) { ?x ?p ?o } } }",
        "SELECT ?e { { SELECT ?p ?e (COUNT(*) AS ?n) { ?e ?p ?o } GROUP BY ?e ?p HAVING (COUNT(*) > 1) } }",
        "SELECT ?e { { SELECT ?p (MIN(?o) AS ?e) { ?x ?p ?o } GROUP BY ?p } }",
        "SELECT ?e { { SELECT ?e ?o { ?e ?p ?o } VALUES ?o { 1 } } }",
        "DESCRIBE ?e",
        "CONSTRUCT WHERE { ?e ?p ?o }",
    ],
)
def test_a_query_in_which_a_variable_must_stay_one_takes_no_terms(query: str) -> None:
    assert with_terms(query, {"e": P}) is None
