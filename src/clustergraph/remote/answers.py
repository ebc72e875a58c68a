"""Reading what an engine answers: rows and booleans in JSON results, graphs in N-Triples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from clustergraph import store
from clustergraph.engine import Solution
from clustergraph.errors import QueryError, UnavailableError
from clustergraph.formats import N_TRIPLES, RESULTS_JSON
from clustergraph.remote.connection import Reply

#: The name of the one column in which Virtuoso answers ASK.
ASKED = "__ASK_RETVAL"
#: How Virtuoso writes booleans: in a form that is allowed, and that comparisons of terms do not see through.
BOOLEAN = re.compile(rb'("datatype": "http://www\.w3\.org/2001/XMLSchema#boolean", "value": ")([01])(?=")')
#: What a query can find.
Found = QuerySolutions | QueryBoolean | set[Triple]


def any_of(reply: Reply, query_form: str) -> Found:
    """The answer of a query of any form; rows are read within :func:`legible`."""
    if query_form == "ASK":
        return boolean(reply)
    return table(reply) if query_form == "SELECT" else triples(reply)


def rows(reply: Reply) -> list[Solution]:
    """The rows of a SELECT query."""
    with legible():
        answer = table(reply)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        return store.rows(answer)


def boolean(reply: Reply) -> QueryBoolean:
    """The answer of an ASK query."""
    with legible():
        answer = table(reply)
        if isinstance(answer, QueryBoolean):
            return answer
        if [variable.value for variable in answer.variables] != [ASKED]:
            raise QueryError("an ASK query is needed here")
        yes = any(getattr(row[ASKED], "value", "") == "1" for row in answer)
        return _boolean(b'{"head":{},"boolean":true}' if yes else b'{"head":{},"boolean":false}')


def triples(reply: Reply) -> set[Triple]:
    """The answer of a CONSTRUCT or DESCRIBE query."""
    _check(reply, N_TRIPLES.media_type)
    with legible():
        return {quad.triple for quad in parse(reply.body, RdfFormat.N_TRIPLES)}


def _boolean(document: bytes) -> QueryBoolean:
    return parse_query_results(document, QueryResultsFormat.JSON)  # type: ignore[return-value]


def table(reply: Reply) -> QuerySolutions | QueryBoolean:
    """An answer in JSON results, read row by row as it is asked for."""
    _check(reply, RESULTS_JSON.media_type)
    return parse_query_results(BOOLEAN.sub(_canonical, reply.body), QueryResultsFormat.JSON)


def _canonical(boolean: re.Match[bytes]) -> bytes:
    return boolean[1] + (b"true" if boolean[2] == b"1" else b"false")


def _check(reply: Reply, wanted: str) -> None:
    if reply.media_type != wanted:
        raise UnavailableError(f"the engine answers in {reply.media_type}, and {wanted} was asked for")


@contextmanager
def legible() -> Iterator[None]:
    """Answers are parsed as they are read, so that what is wrong with one may show at any row."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise UnavailableError(f"the answer of the engine cannot be read: {error}") from error
