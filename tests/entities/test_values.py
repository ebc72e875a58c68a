"""Values as pages show them: dates in words, links only to pages here and to web addresses, languages as stated."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from clustergraph import iris
from clustergraph.entities import values
from clustergraph.entities.values import Value

XSD = iris.PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-07-01", "1 July 2025"),
        ("2025-07", "July 2025"),
        ("2025", "2025"),
        ("spring 2025", "spring 2025"),  # words stay words
        ("2025-13-01", "2025-13-01"),  # no such month
        ("", ""),
    ],
)
def test_date_reads_in_words(text: str, words: str) -> None:
    assert values.day(text) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-07-01", "2025-07-02", "1–2 July 2025"),
        ("2025-07-01", "2025-07-01", "1 July 2025"),
        ("2022-03-29", "2022-04-02", "29 March – 2 April 2022"),
        ("2022-12-31", "2023-01-01", "31 December 2022 – 1 January 2023"),
        ("2025-03-26", "", "26 March 2025"),  # no end stated
    ],
)
def test_span_of_dates_says_each_part_once(start: str, end: str, words: str) -> None:
    assert values.days(start, end) == words


def test_thing_with_a_page_links_to_it_by_its_label() -> None:
    thing = NamedNode(iris.thing("person", "emil-boc"))
    assert values.of(thing, Literal("Emil Boc")) == Value("Emil Boc", "/page/person/emil-boc")


def test_web_address_elsewhere_is_external_and_shown_without_its_scheme() -> None:
    value = values.of(NamedNode("https://example.org/a/"))
    assert value == Value("example.org/a", "https://example.org/a/", external=True)


@pytest.mark.parametrize(
    "iri", ["javascript:alert(1)", "data:text/html,x", "urn:x", "ftp://example.org/", "mailto:a@b.c"]
)
def test_other_addresses_are_text(iri: str) -> None:
    assert values.of(NamedNode(iri)) == Value(iri)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (Literal("Bună ziua", language="ro"), Value("Bună ziua", lang="ro")),
        (Literal("Welcome", language="und"), Value("Welcome")),  # no browser knows what "und" is for
        (Literal("plain"), Value("plain")),
        (Literal("2025-07-01", datatype=NamedNode(XSD + "date")), Value("1 July 2025", moment="2025-07-01")),
        (Literal(True), Value("yes")),
        (Literal(300), Value("300")),
        (
            Literal("https://example.org/", datatype=NamedNode(XSD + "anyURI")),
            Value("https://example.org/", "https://example.org/", external=True),
        ),
        (Literal("javascript:x", datatype=NamedNode(XSD + "anyURI")), Value("javascript:x")),
    ],
)
def test_literal_reads_by_its_type_and_language(literal: Literal, value: Value) -> None:
    assert values.of(literal) == value
