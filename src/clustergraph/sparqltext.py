"""The text of a SPARQL query: which form it has, and the values of some of its variables written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clustergraph.engine import Bindings
from clustergraph.errors import QueryError

FORMS = frozenset(("SELECT", "CONSTRUCT", "ASK", "DESCRIBE"))
#: Words, and the signs that open and close groups; strings, IRIs, comments, variables and prefixed names hold none
#: (SPARQL 1.1 Query Language, section 19.8).
TOKEN = re.compile(
    r"""
      (?P<other>  \#[^\r\n]*+
                | \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)\"\"\" | '''(?>(?:[^'\\]|\\.|'(?!''))*)'''
                | "(?>(?:[^"\\\r\n]|\\.)*)" | '(?>(?:[^'\\\r\n]|\\.)*)'
                | <[^<>"{}|^`\x00-\x20]*+>
                | [?$@]\w++ | [\w.\-]{0,100}:(?>(?:[\w.\-:]|\\.|%[0-9A-Fa-f]{2})*) )
    | (?P<word>   [^\W\d]\w*+ )
    | (?P<sign>   [{}()] )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A word, in capitals, or a bracket; where it ends; and how many brackets are open around it."""

    text: str
    end: int
    depth: int


def form(query: str) -> str:
    """``SELECT``, ``CONSTRUCT``, ``ASK`` or ``DESCRIBE``.

    :raises QueryError: it is none of them.
    """
    found = next((token.text for token in _tokens(query) if token.text not in ("BASE", "PREFIX", "VERSION")), "")
    if found not in FORMS:
        raise QueryError("a query begins with SELECT, CONSTRUCT, ASK or DESCRIBE, after its prefixes")
    return found


def with_values(query: str, *rows: Bindings) -> str:
    """A query with the values of some variables written into it; it runs unchanged anywhere.

    They stand in a VALUES block at the start of the outermost pattern, where every part of it joins them; in a query
    without a pattern, or in the short form of CONSTRUCT, which holds nothing but triples, they stand at the end.

    :param query: a query that can be parsed.
    :param rows: variable name -> term, each with the same variables: the query answers for each of them; none, or
        one without variables, leaves the text as it is.
    """
    return "".join(around_values(query, *rows))


def around_values(query: str, *rows: Bindings) -> tuple[str, str, str]:
    """What :func:`with_values` gives, in three pieces: only the one in the middle depends on the values."""
    if not any(rows):
        return query, "", ""
    before, after = _around(query)
    names = " ".join(f"?{name}" for name in rows[0])
    # str() of a term is its N-Triples form, with everything escaped that needs it.
    terms = " ".join(f"({' '.join(str(row[name]) for name in rows[0])})" for row in rows)
    return before, f"VALUES ({names}) {{ {terms} }}", after


def with_terms(query: str, bindings: Bindings) -> str | None:
    """A query with terms in the place of some variables, so that an engine can plan with them; None where it has
    subqueries, or is of the short form of CONSTRUCT, in which a variable may have to stay one.

    The variables are bound again at the end of the outermost pattern, for what the query gives and sorts by.

    :param query: a query that can be parsed.
    :param bindings: variable name -> term.
    """
    pieces = _pieces(query)
    if pieces is None:
        return None
    terms = {f"?{name}": str(term) for name, term in bindings.items()}
    head, pattern, rest = pieces
    again = "".join(f" BIND({term} AS {name})" for name, term in terms.items())
    return "".join((head, *(terms.get(piece, piece) for piece in pattern), again, " ", rest))


@lru_cache(maxsize=1024)
def _around(query: str) -> tuple[str, str]:
    """What stands before and after the values of a query."""
    place = _pattern_start(query)
    return (f"{query.rstrip()}\n", "\n") if place is None else (f"{query[:place]}\n  ", query[place:])


@lru_cache(maxsize=1024)
def _pieces(query: str) -> tuple[str, tuple[str, ...], str] | None:
    """What stands before, in and after the outermost pattern of a query; of the pattern, each variable apart."""
    start = _pattern_start(query)
    inner = [token for token in _tokens(query) if start is not None and token.end > start]
    end = next((token.end - 1 for token in inner if token.text == "}" and token.depth == 0), None)
    if start is None or end is None or any(token.text == "SELECT" for token in inner):
        return None
    pieces, done = [], start
    for match in TOKEN.finditer(query, start, end):
        if match.lastgroup == "other" and match[0][0] == "?":
            pieces += [query[done : match.start()], match[0]]
            done = match.end()
    return query[:start], (*pieces, query[done:end]), query[end:]


def _tokens(query: str) -> Iterator[Token]:
    depth = 0
    for match in TOKEN.finditer(query):
        if match.lastgroup == "other":
            continue
        text = match[0].upper()
        depth -= text in "})"
        yield Token(text, match.end(), depth)
        depth += text in "{("


def _pattern_start(query: str) -> int | None:
    """Just behind the brace that opens the outermost pattern, where there is one that may hold VALUES."""
    # What stands in brackets before the pattern, such as EXISTS in a projection, is deeper.
    outer = [token for token in _tokens(query) if token.depth == 0]
    opening = [token.end for token in outer if token.text == "{"]
    if form(query) != "CONSTRUCT":
        return opening[0] if opening else None
    # The first brace opens the template; the short form has no other.
    return opening[1] if len(opening) > 1 else None
