"""The text of a SPARQL query: which form it has, and the values of some of its variables written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

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

#: Where a variable stands in a subquery.
GIVEN, GROUPED = "given", "grouped"
SIGNS = frozenset("(){}")
#: The words and signs of a subquery that only gives variables, or works out some and groups by the others.
SUBQUERY = re.compile(r"(?:(?:DISTINCT|REDUCED) )?(?:\( \) )*(?:WHERE )?\{ \}(?: GROUP BY)?")


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
    """A query with terms in the place of some variables, so that an engine can plan with them; None where a variable
    may have to stay one: in the short form of CONSTRUCT, and where a subquery sorts, limits, or gives nothing else.

    The variables are bound again at the end of the outermost pattern, for what the query gives and sorts by. What a
    subquery gives no longer has them; one that never gave a variable of that name means another by it, which stays.

    :param query: a query that can be parsed.
    :param bindings: variable name -> term.
    """
    pieces = _pieces(query)
    terms = {f"?{name}": str(term) for name, term in bindings.items()}
    if pieces is None or pieces.made & terms.keys() or any(given <= terms.keys() for given in pieces.bare):
        return None
    again = "".join(f" BIND({term} AS {name})" for name, term in terms.items())
    pattern = (_written(text, part, terms) for text, part in pieces.pattern)
    return "".join((pieces.before, *pattern, again, " ", pieces.after))


def _written(text: str, part: str, terms: Mapping[str, str]) -> str:
    if text not in terms or part == GIVEN:
        return "" if text in terms else text
    return f"({terms[text]} AS {text}_)" if part == GROUPED else terms[text]


@lru_cache(maxsize=1024)
def _around(query: str) -> tuple[str, str]:
    """What stands before and after the values of a query."""
    place = _pattern_start(query)
    return (f"{query.rstrip()}\n", "\n") if place is None else (f"{query[:place]}\n  ", query[place:])


@dataclass(frozen=True)
class _Pieces:
    """A query, its outermost pattern in pieces.

    :ivar pattern: the text of the pattern, each variable that terms may replace apart, and where in a subquery
        it stands.
    :ivar bare: the variables that each subquery gives that works out none.
    :ivar made: those that any of them works out.
    """

    before: str
    pattern: tuple[tuple[str, str], ...]
    after: str
    bare: tuple[frozenset[str], ...]
    made: frozenset[str]


@dataclass(frozen=True)
class _Inner:
    """A subquery that gives variables, or counts by them.

    :ivar start: where its variables begin, and ``end`` where it does.
    :ivar parts: where its pattern and what it works out begin and end.
    :ivar given: the variables that it gives and groups by; none where it gives all.
    :ivar made: those that it works out.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    given: frozenset[str]
    made: frozenset[str]

    def gives(self, name: str) -> bool:
        """Whether a variable in it is the one of that name outside."""
        given = self.given | self.made
        return not given or name in given

    def part(self, place: int) -> str:
        """Where in it a variable stands: among those that it gives, those it groups by, or elsewhere (empty)."""
        if any(first <= place < last for first, last in self.parts):
            return ""
        return GIVEN if place < self.parts[-1][0] else GROUPED


@lru_cache(maxsize=1024)
def _pieces(query: str) -> _Pieces | None:
    start = _pattern_start(query)
    inner = [token for token in _tokens(query) if start is not None and token.end > start]
    end = next((token.end - 1 for token in inner if token.text == "}" and token.depth == 0), None)
    if start is None or end is None:
        return None
    found = [_inner(query, inner[number:]) for number, token in enumerate(inner) if token.text == "SELECT"]
    subqueries = [one for one in found if one is not None]
    if len(subqueries) < len(found):
        return None
    pieces, done = [], start
    for match in TOKEN.finditer(query, start, end):
        around = [one for one in subqueries if one.start <= match.start() < one.end]
        if _is_variable(match) and all(one.gives(match[0]) for one in around):
            pieces += [(query[done : match.start()], "")]
            pieces += [(match[0], next((part for one in around if (part := one.part(match.start()))), ""))]
            done = match.end()
    bare = tuple(one.given for one in subqueries if one.given and not one.made)
    made = frozenset().union(*(one.made for one in subqueries))
    return _Pieces(query[:start], (*pieces, (query[done:end], "")), query[end:], bare, made)


def _inner(query: str, tokens: list[Token]) -> _Inner | None:
    """The subquery that begins with the first of some tokens; None where it does more than give, count and group."""
    first, *others = tokens
    level = list(takewhile(lambda token: token.depth >= first.depth, others))
    end = others[len(level)].end - 1
    level = [token for token in level if token.depth == first.depth]
    if not SUBQUERY.fullmatch(" ".join(token.text for token in level)):
        return None
    signs = [token.end for token in level if token.text in SIGNS]
    parts = tuple(zip(signs[::2], signs[1::2], strict=True))
    variables = [match for match in TOKEN.finditer(query, first.end, parts[-1][0]) if _is_variable(match)]
    worked = [[match[0] for match in variables if left <= match.start() < right] for left, right in parts[:-1]]
    plain = {match[0] for match in variables if not any(left <= match.start() < right for left, right in parts)}
    return _Inner(first.end, end, parts, frozenset(plain), frozenset(names[-1] for names in worked))


def _is_variable(match: re.Match[str]) -> bool:
    return match.lastgroup == "other" and match[0][0] == "?"


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
