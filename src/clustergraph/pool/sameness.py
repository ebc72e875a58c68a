"""Queries that are the same but for blanks and comments, which mean nothing outside strings and IRIs.

What is not surely the same stays apart: a query kept twice costs room, one taken for another gives a wrong answer.
"""

from __future__ import annotations

import re

#: Strings, IRIs and escaped characters stay as they are; blanks and comments between them are told apart by nothing
#: (SPARQL 1.1 Query Language, sections 19.4 and 19.8). What may be an IRI or a comparison does not matter as long as
#: it holds no sign that begins a string or a comment: after ``<name://`` it can only be an IRI.
PART = re.compile(
    r"""
    (?P<plain>   [^\#"'<\\]*+ )
    (?: (?P<kept>    \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)\"\"\" | '''(?>(?:[^'\\]|\\.|'(?!''))*)'''
                   | "(?>(?:[^"\\\r\n]|\\.)*)" | '(?>(?:[^'\\\r\n]|\\.)*)'
                   | <[A-Za-z][A-Za-z0-9+.\-]*+://[^<>"{}|^`\\\x00-\x20]*+>
                   | <[^<>"'\#{}|^`\\\x00-\x20]*+>
                   | \\. )
      | (?P<doubt>   ["'] | <[^<>"{}|^`\x00-\x20]*+> )
      | (?P<comment> (?> (?: \#[^\r\n]*+ [\x20\t\r\n]*+ )+ ) )
      | (?P<sign>    [<\\] | \Z ) )
    """,
    re.VERBOSE | re.DOTALL,
)
BLANKS = re.compile(r"[ \t\r\n]+")
#: Escapes that stand for any character, a quote or a blank too, and that the engine may read before all else.
CODEPOINT = re.compile(r"\\[uU]")


def normal(query: str) -> str:
    """A query with one blank for each run of blanks and comments; the query itself where that might change it."""
    if CODEPOINT.search(query):
        return query
    parts = []
    for match in PART.finditer(query):
        plain, kind = BLANKS.sub(" ", match["plain"]), match.lastgroup
        if kind == "doubt":
            return query
        if kind == "comment":
            parts += [plain.removesuffix(" "), " "]
        else:
            parts += [plain, query[match.end("plain") : match.end()]]
    return "".join(parts).strip(" ")
