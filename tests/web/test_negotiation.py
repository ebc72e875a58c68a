"""Content negotiation by RFC 9110, section 12."""

from __future__ import annotations

import pytest

from clustergraph.errors import NotAcceptableError
from clustergraph.formats import GRAPH_FORMATS, HTML, JSON_LD, N_TRIPLES, RDF_XML, ROW_FORMATS, TURTLE, Format
from clustergraph.web.negotiation import negotiate

PAGE_FIRST = (HTML, *GRAPH_FORMATS)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),  # no header accepts anything
        ("", TURTLE),
        ("*/*", TURTLE),  # equal wishes: the server's order decides
        ("text/turtle;q=0.3, text/*;q=0.5, */*;q=0.4", JSON_LD),  # the most specific range counts for each type
        ("application/rdf+xml, text/turtle;q=0.9", RDF_XML),  # the highest q wins
        ("application/n-triples;q=0.8, application/ld+json;q=0.801", JSON_LD),  # three decimals count
        ("text/turtle;q=0, */*", JSON_LD),  # q=0 excludes
        ("application/*;q=0.5, text/turtle;q=0.4", JSON_LD),  # a wildcard takes the first of its type
        ("TEXT/Turtle ; Q=0.4", TURTLE),  # names are case-insensitive, blanks are allowed
        ("text/turtle;charset=utf-8;version=1.2", TURTLE),  # unknown parameters are ignored
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        ('application/ld+json;profile="a;b,c";q=0.4, application/n-triples;q=0.3', JSON_LD),
        ("application/json", JSON_LD),  # an alias asks for it
        ("application/xml", RDF_XML),
        ("application/json;q=0.5, application/ld+json;q=0, application/n-triples;q=0.1", N_TRIPLES),
    ],
)
def test_the_most_wanted_format_is_chosen(accept: str | None, expected: Format) -> None:
    assert negotiate(accept, GRAPH_FORMATS) is expected


def test_a_browser_gets_the_page_and_a_program_that_takes_anything_the_first_on_offer() -> None:
    assert negotiate(BROWSER, PAGE_FIRST) is HTML
    assert negotiate(BROWSER, (*GRAPH_FORMATS, HTML)) is HTML
    assert negotiate("*/*", (*GRAPH_FORMATS, HTML)) is TURTLE


def test_a_wildcard_speaks_of_the_registered_type_only() -> None:
    assert negotiate("text/*", ROW_FORMATS).name == "csv"


@pytest.mark.parametrize(
    "accept",
    [";;;,,/", '"', "text/turtle;q=abc", "text/turtle;q=2", "text/turtle;q=nan", "*", "ÿþ", "/" * 5000, "a/b;" * 500],
)
def test_a_broken_header_never_raises_anything_but_a_refusal(accept: str) -> None:
    try:
        assert negotiate(accept, GRAPH_FORMATS) in GRAPH_FORMATS
    except NotAcceptableError:
        assert "a/b" in accept


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "text/html, */*;q=0"])
def test_a_refusal_lists_what_is_on_offer(accept: str) -> None:
    with pytest.raises(NotAcceptableError, match=r"Turtle \(text/turtle\), JSON-LD \(application/ld\+json\)"):
        negotiate(accept, GRAPH_FORMATS)
