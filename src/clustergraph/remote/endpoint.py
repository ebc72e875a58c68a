"""The one door to a remote SPARQL endpoint, through SPARQLWrapper."""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPResponse
from typing import Any

from SPARQLWrapper import POST, SPARQLWrapper

from clustergraph.errors import QueryError, TooCostlyError, UnavailableError
from clustergraph.formats import N_TRIPLES, RESULTS_JSON
from clustergraph.remote.connection import Connection, RefusedError, Reply
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
        :raises UnavailableError: no answer, or not in time.
        """
        call: Any = _Call(self._address, self._connection, seconds)
        call.setQuery(query)
        call.addCustomHttpHeader("Accept", ACCEPT[form(query)])
        for name, value in dataset:
            call.addParameter(name, value)
        try:
            response = call.query().response
        except RefusedError as error:
            raise QueryError(error.message) if error.status == HTTPStatus.BAD_REQUEST else error from error
        _refuse_cut(response)
        return self._connection.read(response, seconds, limit)


def _refuse_cut(response: HTTPResponse) -> None:
    if rows := response.headers.get(CUT_ROWS):
        response.close()
        raise TooCostlyError(
            f"the answer has more than the {rows} rows that the engine gives; ask for less with LIMIT"
        )
    if response.headers.get(CUT_TIME):
        response.close()
        raise UnavailableError("the engine ran out of time and gave a part of the answer; ask for less")
