"""Writing whole graphs to an engine by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlencode
from urllib.request import Request

from pyoxigraph import RdfFormat, Triple, serialize

from clustergraph.formats import TURTLE
from clustergraph.remote.connection import Connection, RefusedError
from clustergraph.settings import Settings

#: Most bytes read of the answer to a write: it is not looked at.
LIMIT = 1_000_000
#: Seconds that writing a graph may take.
PATIENCE = 600.0


class GraphStore:
    """A Graph Store.

    :param settings: its address, and the credentials for it.
    """

    def __init__(self, settings: Settings) -> None:
        self._address = settings.graph_store
        self._connection = Connection(settings, self._address)

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Make these triples the content of a graph (section 5.3)."""
        self._send("PUT", graph, _body(triples))

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        """Add triples to a graph (section 5.5)."""
        self._send("POST", graph, _body(triples))

    def delete(self, graph: str) -> None:
        """Delete a graph; there need not be one (section 5.4)."""
        try:
            self._send("DELETE", graph, None)
        except RefusedError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise

    def _send(self, method: Literal["PUT", "POST", "DELETE"], graph: str, body: bytes | None) -> None:
        mark = "&" if "?" in self._address else "?"
        request = Request(f"{self._address}{mark}{urlencode({'graph': graph})}", data=body, method=method)
        request.add_header("User-Agent", "clustergraph")
        if body is not None:
            # N-Triples are Turtle, and Turtle is what every Graph Store must take.
            request.add_header("Content-Type", TURTLE.media_type)
        self._connection.read(self._connection.open(request, PATIENCE), PATIENCE, LIMIT)


def _body(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
