"""What can be told from a SPARQL query without parsing it, and what is refused before a worker sees it.

The tokens are those of the SPARQL 1.1 grammar, section 19.8, as far as they decide where strings, IRIs and comments
begin and end. Keywords may touch what follows (``SERVICEp:s{…}``, ``FROM<g>``): the engine reads them so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from clustergraph.errors import ForbiddenError, QueryError, TooLargeError

#: Longest query, in characters.
MAX_LENGTH = 262_144
# Tried on the engine with the 64 MB stack of a worker: 20,000 nested brackets, 10,000 MINUS, 60,000 list items and
# 100,000 "!" overflow it; none does below these bounds, and no question people ask comes near them.
MAX_TOKENS = 30_000
MAX_NESTING = 200
MAX_JOINTS = 2_000

NAME = r"[\w.\-\u00B7\u0300-\u036F\u203F\u2040]"
ESCAPE = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
# A short string without an end takes its line, so that no text needs more than one look at each character. A long
# one without an end is no string at all: the engine may read its first two quotes as the empty string.
# Groups are atomic and not possessive: Python before 3.11.5 matches possessive groups wrongly.
TOKEN = re.compile(
    rf"""
      (?P<blank>   \s++ | \#[^\r\n]*+ )
    | (?P<string>  \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)\"\"\" | '''(?>(?:[^'\\]|\\.|'(?!''))*)'''
                   | "(?>(?:[^"\\\r\n]|\\.)*)"? | '(?>(?:[^'\\\r\n]|\\.)*)'? )
    | (?P<iri>     <[^<>"{{}}|^`\x00-\x20]*+> )
    | (?P<var>     [?$]\w++ )
    | (?P<lang>    @[A-Za-z]++(?>(?:-++[A-Za-z0-9]++)*) )
    | (?P<number>  [+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)? )
    | (?P<name>    (?:[^\W\d]{NAME}{{0,100}})? : (?:(?:[\w:]|{ESCAPE})(?>(?:{NAME}|:|{ESCAPE})*))? )
    | (?P<word>    [^\W\d]\w*+ )
    | (?P<datatype>\^\^ )
    | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING = frozenset("{([")
CLOSING = frozenset("})]")
SIGNS = frozenset("!|&+-*/^")
GROUPS = frozenset(["UNION", "MINUS", "OPTIONAL", "LATERAL", "BIND", "FILTER", "VALUES", "EXISTS", "SELECT", "GRAPH"])
UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))
VOLATILE = frozenset(["NOW", "RAND", "UUID", "STRUUID", "BNODE"])
#: Letters without which a query of fewer than :data:`MAX_JOINTS` characters is an ordinary one.
TELLING = ("SERVICE", "FROM", *sorted(UPDATES), *sorted(VOLATILE))


@dataclass(frozen=True)
class Outline:
    """What a query shows without being parsed.

    :ivar own_dataset: it names its dataset with FROM.
    :ivar volatile: it may be answered differently the next time (NOW, RAND, fresh identifiers).
    :ivar calls: it calls another service, one of those that may be called.
    """

    own_dataset: bool
    volatile: bool
    calls: bool


#: What most queries show.
ORDINARY = Outline(own_dataset=False, volatile=False, calls=False)


class Token(NamedTuple):
    """A token: its kind (a group of :data:`TOKEN`), its text, words in capitals, its place, and as it was written."""

    kind: str
    text: str
    place: int
    raw: str


def _matches(text: str) -> list[re.Match[str]]:
    """What is not blank, one more than is taken at most."""
    return list(islice((match for match in TOKEN.finditer(text) if match.lastgroup != "blank"), MAX_TOKENS + 1))


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "sign"
    return Token(kind, match[0].upper() if kind == "word" else match[0], match.start(), match[0])


def outline(text: str, services: Collection[str] = ()) -> Outline:
    """What a query shows without being parsed.

    :param services: addresses of other services that it may call.
    :raises TooLargeError: it is longer than :data:`MAX_LENGTH`.
    :raises QueryError: it is nested so deeply, or made of so many parts, that reading it could overflow the stack.
    :raises ForbiddenError: it calls another service, or is an update.
    """
    if len(text) > MAX_LENGTH:
        raise TooLargeError(f"the query has {len(text):,} characters, at most {MAX_LENGTH:,} are taken; shorten it")
    if _is_ordinary(text):
        return ORDINARY
    tokens = [_token(match) for match in _matches(text)]
    words = [token.text for token in tokens if token.kind == "word"]
    _refuse_too_complex(text, tokens)
    _refuse_update(words)
    _refuse_service(_without_calls(tokens, services), services)
    calls = "SERVICE" in words
    return Outline(_names_dataset(text, tokens), calls or not VOLATILE.isdisjoint(words), calls)


def _is_ordinary(text: str) -> bool:
    """Whether a query is too short to be too much of anything, and has no letters that call for a closer look."""
    letters = text.upper()
    return (
        len(text) < MAX_JOINTS
        and sum(map(text.count, OPENING)) <= MAX_NESTING
        and not any(telling in letters for telling in TELLING)
    )


def _at(text: str, token: Token) -> tuple[int, int]:
    """Line and column of a token, from 1."""
    before = text[: token.place]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refuse_too_complex(text: str, tokens: list[Token]) -> None:
    nesting = joints = 0
    for number, token in enumerate(tokens, 1):
        nesting += (token.text in OPENING) - (token.text in CLOSING)
        joints += token.text in (GROUPS if token.kind == "word" else SIGNS)
        for count, limit, what in (
            (nesting, MAX_NESTING, "levels of brackets"),
            (joints, MAX_JOINTS, "operators and groups"),
            (number, MAX_TOKENS, "words and signs"),
        ):
            if count > limit:
                raise QueryError(f"the query has more than {limit:,} {what}; simplify it", *_at(text, token))


def _refuse_update(words: list[str]) -> None:
    first = next((word for word in words if word not in PROLOGUE), None)
    if first in UPDATES:
        raise ForbiddenError(f"this endpoint is read-only: {first} is refused; send a query")


def _without_calls(tokens: list[Token], services: Collection[str]) -> list[Token]:
    """A query's tokens without the calls that are allowed: SERVICE, perhaps SILENT, and a listed address in full."""
    left: list[Token] = []
    for token in tokens:
        if token.kind == "iri" and token.raw[1:-1] in services:
            silent = left[-1:] and left[-1].text == "SILENT"
            begin = left[-2:] if silent else left[-1:]
            if begin and begin[0].text == "SERVICE" and begin[0].kind == "word":
                del left[-len(begin) :]
        left.append(token)
    return left


def _refuse_service(tokens: list[Token], services: Collection[str]) -> None:
    """Refuse every spelling that the engine could take for a call of another service.

    No other keyword contains the letters of SERVICE. A prefix may, when it is declared: but a prefixed name before
    a brace is a SERVICE and its target, unless GRAPH stands before it.
    """
    declared = _declared(tokens)
    before = ""
    for token, after in zip(tokens, [*tokens[1:], Token("sign", "", 0, "")], strict=False):
        prefix = token.text.partition(":")[0].upper() if token.kind == "name" else ""
        glued = "SERVICE" in prefix and (prefix not in declared or (after.text == "{" and before != "GRAPH"))
        if glued or _hides_service(token) or (token.kind == "word" and "SERVICE" in token.text):
            asks = f"only <{'>, <'.join(services)}>, each named in full" if services else "no other"
            raise ForbiddenError(
                f"SERVICE is refused: this endpoint asks {asks}; fetch the two answers apart and join them yourself"
            )
        before = token.text


def _hides_service(token: Token) -> bool:
    """Whether what looks like an IRI is a comparison, and a SERVICE behind it: ``FILTER(1<2)SERVICE#>``."""
    _, bracket, rest = token.text.lower().partition(")")
    return token.kind == "iri" and bool(bracket) and "#" in rest.partition("service")[2]


def _declared(tokens: list[Token]) -> set[str]:
    """The prefixes a query declares, in capitals."""
    pairs = pairwise(tokens)
    return {name.text[:-1].upper() for word, name in pairs if word.text == "PREFIX" and name.kind == "name"}


def _names_dataset(text: str, tokens: list[Token]) -> bool:
    declared = _declared(tokens)
    for token in tokens:
        if token.kind == "word" and "FROM" in token.text:
            return True
        prefix = token.text.partition(":")[0].upper() if token.kind == "name" else ""
        if prefix.startswith("FROM") and prefix not in declared:
            raise QueryError("write a blank between FROM and the name of the graph", *_at(text, token))
    return False
