"""Queries that are the same but for blanks and comments, and those that only look so."""

from __future__ import annotations

import time

import pytest

from clustergraph.pool.sameness import normal

PLAIN = "SELECT * { ?s ?p 'a  b' ; <http://x.example/#c> \"d # e\" }"
LONG = "'''"


@pytest.mark.parametrize(
    "other",
    [
        f"  {PLAIN}\r\n",
        PLAIN.replace(" ;", "\n\t # 'a comment' <with> \"signs\n ;"),
        f"# first\n{PLAIN}# last",
    ],
)
def test_blanks_and_comments_between_words_do_not_matter(other: str) -> None:
    assert normal(other) == normal(PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ASK { ?s ?p 'a  b' }", "ASK { ?s ?p 'a b' }"),
        ('ASK { ?s ?p "a # b" }', 'ASK { ?s ?p "a # c" }'),
        (f"ASK {{ ?s ?p {LONG}a\n 'b'  c{LONG} }}", f"ASK {{ ?s ?p {LONG}a\n 'b' c{LONG} }}"),
        ("ASK { ?s ?p <#a> }", "ASK { ?s ?p <#b> }"),
        ("ASK { ?s ?p <http://x.example/#a> }", "ASK { ?s ?p <http://x.example/#b> }"),
        (r"ASK { ?s ex:a\#b 1 }", r"ASK { ?s ex:a\#c 1 }"),
        ("ASK { FILTER(1 <= 2) }", "ASK { FILTER(1 < = 2) }"),
        ("SELECT ?ab {}", "SELECT ?a b {}"),
        ("ASK { FILTER(?a<'>'  &&  'a  b'>?c) }", "ASK { FILTER(?a<'>'  &&  'a b'>?c) }"),
        ("ASK { FILTER(?a<?b#> '\n && ?c = 'd  e') }", "ASK { FILTER(?a<?b#> '\n && ?c = 'd e') }"),
        (r"ASK { ?s ?p \u0022a  b\u0022 }", r"ASK { ?s ?p \u0022a b\u0022 }"),
        ("ASK { ?s ?p 'a }", "ASK { ?s ?p  'a }"),
        ("ASK {\xa0}", "ASK { }"),
    ],
)
def test_what_may_mean_something_else_stays_apart(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize("part", [" ", '"', "<", "#", "\\", "'''", " \n", "<a", "# \n", " x", "a <b> "])
def test_looking_at_a_text_does_not_grow_with_its_square(part: str) -> None:
    start = time.process_time()
    normal(part * (262_144 // len(part)))
    assert time.process_time() - start < 5
