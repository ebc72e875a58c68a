"""A worker: a process that answers one query at a time until the other end of its channel closes."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Triple, serialize

from clustergraph import writing
from clustergraph.errors import ClustergraphError, NotAcceptableError, QueryError
from clustergraph.formats import GRAPH_FORMATS, JSON_LD, ROW_FORMATS, Format, by_name
from clustergraph.jsonld import Context
from clustergraph.pool import bounds, messages, sandbox
from clustergraph.pool.bounds import BoundedBuffer, Bounds
from clustergraph.store import Graph

#: Queries after which a worker makes room for a fresh one.
LIFETIME = 500
#: Bytes above its first size at which a worker does so: the engine keeps what a large query took.
BALLAST = 64 * 2**20
#: The context the other formats are written without.
NO_CONTEXT = Context({})
#: What a query can find.
Found = QuerySolutions | QueryBoolean | Iterable[Triple]


def run(channel: socket.socket, graph: Graph, limits: Bounds) -> None:
    """Answer queries from a channel until it closes or this worker has had its time."""
    size, cpu = sandbox.Size(), sandbox.CpuBound(limits.cpu)
    first_size = size.bytes()
    for number in range(1, LIFETIME + 1):
        try:
            request, _ = messages.receive(channel)
        except EOFError:
            return
        cpu.renew()
        head, body = _reply(graph, request, limits)
        last = number == LIFETIME or head.get("spent", False) or size.bytes() > first_size + BALLAST
        messages.send(channel, {**head, "last": last}, body)
        if last:
            return


def _reply(graph: Graph, request: dict[str, Any], limits: Bounds) -> tuple[dict[str, Any], bytes]:
    try:
        kind, fmt, content = answer(graph, request, limits)
    except ClustergraphError as error:
        place = (error.line, error.column) if isinstance(error, QueryError) else (None, None)
        return {"error": type(error).__name__, "message": error.message, "place": place}, b""
    except MemoryError:
        return {"error": "MemoryError", "spent": True}, b""
    except Exception as error:  # the engine's own, of whatever type: one query must not end the worker
        return {
            "error": "QueryError",
            "message": f"the query cannot be answered: {error}",
            "place": (None, None),
        }, b""
    return {"kind": kind, "format": fmt.name}, content


def answer(graph: Graph, request: dict[str, Any], limits: Bounds) -> tuple[messages.Kind, Format, bytes]:
    """Evaluate a request and write its answer.

    :param request: as :meth:`clustergraph.pool.messages.QueryRequest.head` makes it.
    :raises QueryError: the query cannot be parsed.
    :raises NotAcceptableError: its kind of answer has no format the client accepts.
    :raises TooCostlyError: the answer is longer than it may be.
    """
    found = graph.evaluate(request["query"], request["own_dataset"], request["dataset"])
    return write(found, request["formats"], limits)


def write(
    found: Found, formats: Mapping[messages.Kind, str | None], limits: Bounds
) -> tuple[messages.Kind, Format, bytes]:
    """Write what a query found.

    :param formats: kind of answer -> the name of the format the client accepts, or None.
    :raises NotAcceptableError: this kind of answer has no format the client accepts.
    :raises TooCostlyError: the answer is longer than it may be.
    """
    kind = _kind(found)
    name, offered = formats[kind], GRAPH_FORMATS if kind == "graph" else ROW_FORMATS
    fmt = by_name(name or "", offered)
    if fmt is None:
        names = ", ".join(f"{each.label} ({each.media_type})" for each in offered)
        raise NotAcceptableError(f"this query's answer is on offer as {names}; ask for one of them")
    if not isinstance(found, QuerySolutions | QueryBoolean):
        return kind, fmt, _graph(found, fmt, limits)
    buffer = BoundedBuffer(limits)
    found.serialize(buffer, fmt.engine)  # type: ignore[arg-type]
    content = buffer.getvalue()
    if kind == "rows" and bounds.rows_at_most(content, fmt) > limits.rows:
        limits.check(0, bounds.rows(content, fmt))
    return kind, fmt, content


def _kind(found: Found) -> messages.Kind:
    if isinstance(found, QueryBoolean):
        return "boolean"
    return "rows" if isinstance(found, QuerySolutions) else "graph"


def _graph(found: Iterable[Triple], fmt: Format, limits: Bounds) -> bytes:
    """Triples, each once; JSON-LD in the engine's expanded form, which has room for blank nodes."""
    triples = set(found)
    limits.check(0, len(triples))
    try:
        if fmt is JSON_LD:
            content = serialize(sorted(triples, key=str), format=RdfFormat.JSON_LD) or b""
        else:
            content = writing.write(triples, fmt, NO_CONTEXT)
    except ValueError as error:
        raise NotAcceptableError(f"{fmt.label} cannot hold this answer: {error}; ask for Turtle") from error
    limits.check(len(content), 0)
    return content
