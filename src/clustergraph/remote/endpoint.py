"""The one door to a remote SPARQL endpoint, through SPARQLWrapper."""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPResponse
from typing import Any

from SPARQLWrapper import POST, SPARQLWrapper

from clustergraph.errors import ClustergraphError, QueryError, TooCostlyError
from clustergraph.formats import N_TRIPLES, RESULTS_JSON
from clustergraph.remote.connection import Connection, RefusedError, Reply, TooSlowError
from clustergraph.sparqltext import form

#: What each form of query is asked for: the formats that every engine writes wholly.
ACCEPT = {
    "SELECT": RESULTS_JSON.media_type,
    "ASK": RESULTS_JSON.media_type,
    "CONSTRUCT": N_TRIPLES.media_type,
    "DESCRIBE": N_TRIPLES.media_type,
}
#: Headers by which Virtuoso says that an answer of status 200 is not whole.
CUT_ROWS, CUT_TIME = "X-SPARQL-MaxRows", "X-SQL-State"
#: How Oxigraph ends an answer that it has begun, or says instead of one, when its time is over; and Virtuoso instead.
CANCELLED, TIMED_OUT = "The SPARQL operation has been cancelled", "Transaction timed out"


class _Call(SPARQLWrapper):
    """One query on its way.

    SPARQLWrapper follows redirects and takes the form of a query from a pattern that also matches words in IRIs and
    can take for ever on a hostile text; both are decided here instead.
    """

    def __init__(self, endpoint: str, connection: Connection, seconds: float) -> None:
        self._connection, self._seconds = connection, seconds
        super().__init__(endpoint, agent="clustergraph")
        self.setMethod(POST)
        self.setOnlyConneg(True)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802
        return form(query)

    def _query(self) -> tuple[HTTPResponse, str]:
        return self._connection.open(self._createRequest(), self._seconds), self.returnFormat


class Endpoint:
    """A SPARQL 1.1 endpoint.

    :param address: of the endpoint.
    :param connection: to it.
    """

    def __init__(self, address: str, connection: Connection) -> None:
        self._address = address
        self._connection = connection

    def ask(self, query: str, dataset: list[tuple[str, str]], seconds: float, limit: int) -> Reply:
        """Send a query and receive its whole answer: rows and booleans as JSON results, graphs as N-Triples.

        :param dataset: ``default-graph-uri`` and ``named-graph-uri`` with their values (SPARQL 1.1 Protocol, 2.1.4).
        :param seconds: for the whole of the answer.
        :param limit: most bytes of the answer.
        :raises QueryError: the engine does not understand the query.
        :raises TooCostlyError: the answer is longer than the limit, or has more rows than the engine gives.
        :raises TooSlowError: no answer in time, or a part of one: the engine may have bounds of its own.
        :raises UnavailableError: no answer.
        """
        call: Any = _Call(self._address, self._connection, seconds)
        call.setQuery(query)
        call.addCustomHttpHeader("Accept", ACCEPT[form(query)])
        for name, value in dataset:
            call.addParameter(name, value)
        try:
            response = call.query().response
        except RefusedError as error:
            raise _reason(error) from error
        _refuse_cut(response)
        reply = self._connection.read(response, seconds, limit)
        if reply.body.endswith(CANCELLED.encode()):
            raise _out_of_time()
        return reply


def _reason(error: RefusedError) -> ClustergraphError:
    if error.status == HTTPStatus.BAD_REQUEST:
        return QueryError(error.message)
    return _out_of_time() if CANCELLED in error.message or TIMED_OUT in error.message else error


def _out_of_time() -> TooSlowError:
    return TooSlowError("the engine ran out of time and gave no answer, or a part of it; ask for less")


def _refuse_cut(response: HTTPResponse) -> None:
    if rows := response.headers.get(CUT_ROWS):
        response.close()
        raise TooCostlyError(
            f"the answer has more than the {rows} rows that the engine gives; ask for less with LIMIT"
        )
    if response.headers.get(CUT_TIME):
        response.close()
        raise _out_of_time()
