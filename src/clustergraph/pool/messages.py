"""Requests and answers, and how they travel between the web process and a worker.

A message is the length of its head and of its body (4 and 8 bytes, big-endian), a head in JSON and a body of bytes.
Nothing is unpickled: what a worker says is read as data.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from typing import Any, Literal, TypeVar

from pyoxigraph import NamedNode

from clustergraph.errors import QueryError
from clustergraph.formats import RESULTS_JSON, TURTLE, Format
from clustergraph.pool import sameness, tokens
from clustergraph.pool.waiting import wait

Kind = Literal["rows", "boolean", "graph"]
Received = TypeVar("Received", bytes, int)
LENGTHS = struct.Struct("!IQ")
#: Bytes of a body that are sent in one piece with the head; copying a longer one would cost more than it saves.
AT_ONCE = 65_536


@dataclass(frozen=True)
class QueryRequest:
    """A stranger's query. Making one refuses what can be refused without parsing it.

    :ivar text: the query.
    :ivar default_graphs: IRIs of the graphs merged into the default graph.
    :ivar named_graphs: IRIs of the named graphs; either list overrides FROM, both empty leave it to the query.
    :ivar formats: what the client accepts for each kind of answer; None refuses that kind.
    :ivar services: addresses that it may call with SERVICE.
    :ivar outline: what the query shows without being parsed.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: Mapping[Kind, Format | None] = field(
        default_factory=lambda: {"rows": RESULTS_JSON, "boolean": RESULTS_JSON, "graph": TURTLE}
    )
    services: tuple[str, ...] = ()
    outline: tokens.Outline = field(init=False)

    def __post_init__(self) -> None:
        """Check the query and the names of its graphs.

        :raises QueryError: a graph's name is not an absolute IRI, or the query is too deeply nested.
        :raises ForbiddenError: the query is an update or calls another service.
        :raises TooLargeError: the query is too long.
        """
        for iri in (*self.default_graphs, *self.named_graphs):
            try:
                NamedNode(iri)
            except ValueError as error:
                raise QueryError(f"{iri!r} is not an absolute IRI; name a graph by its full address") from error
        object.__setattr__(self, "outline", tokens.outline(self.text, self.services))

    @cached_property
    def digest(self) -> bytes:
        """A hash of the query, but for comments and blanks, and of its dataset."""
        parts = (sameness.normal(self.text), *self.default_graphs, "", *self.named_graphs)
        return sha256("\0".join(parts).encode()).digest()

    def head(self) -> dict[str, Any]:
        """The request as it travels to a worker."""
        return {
            "query": self.text,
            "own_dataset": self.outline.own_dataset,
            "dataset": [self.default_graphs, self.named_graphs] if self.default_graphs or self.named_graphs else None,
            "formats": {kind: fmt.name if fmt else None for kind, fmt in self.formats.items()},
        }


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    :ivar kind: what sort of answer the query has.
    :ivar format: what it is written in.
    :ivar content: the document, UTF-8.
    """

    kind: Kind
    format: Format
    content: bytes


def send(channel: socket.socket, head: Mapping[str, Any], body: bytes = b"", seconds: float | None = None) -> None:
    """Send one message.

    :param channel: it blocks.
    :param seconds: how long the other side may take to take it; None: for ever.
    :raises EOFError: the other side is gone.
    :raises TimeoutError: it did not take the message in time.
    """
    encoded = json.dumps(head).encode()
    start = LENGTHS.pack(len(encoded), len(body)) + encoded + body[:AT_ONCE]
    try:
        sent = _sent_at_once(channel, start)
        if sent == len(start) and len(body) <= AT_ONCE:
            return
        channel.settimeout(seconds)
        channel.sendall(memoryview(start)[sent:])
        channel.sendall(memoryview(body)[AT_ONCE:])
        channel.settimeout(None)
    except ConnectionError as error:
        raise EOFError from error


def _sent_at_once(channel: socket.socket, data: bytes) -> int:
    try:
        return channel.send(data, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0


def receive(channel: socket.socket, until: float | None = None, ahead: int = AT_ONCE) -> tuple[dict[str, Any], bytes]:
    """Receive one message.

    :param channel: it blocks.
    :param until: the moment of :func:`time.monotonic` to wait for; None waits for ever.
    :param ahead: bytes to ask for at first: no more than the lengths where something else may follow the message.
    :raises EOFError: the other side is gone.
    :raises TimeoutError: the message was not whole in time.
    """
    start = _some(channel, ahead, until)
    if len(start) < LENGTHS.size:
        start += _exactly(channel, LENGTHS.size - len(start), until)
    head_length, body_length = LENGTHS.unpack_from(start)
    end_of_head = LENGTHS.size + head_length
    missing = end_of_head + body_length - len(start)
    message = b"".join((start, _exactly(channel, missing, until))) if missing else start
    return json.loads(message[LENGTHS.size : end_of_head]), message[end_of_head:]


def _exactly(channel: socket.socket, length: int, until: float | None) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        view = view[_first(channel, until, partial(channel.recv_into, view, 0)) :]
    return buffer


def _some(channel: socket.socket, most: int, until: float | None) -> bytes:
    return _first(channel, until, partial(channel.recv, most))


def _first(channel: socket.socket, until: float | None, receive: Callable[[int], Received]) -> Received:
    """What is there, else what comes first; trying before waiting saves a call of the system.

    :param receive: receives, with the flags it is given.
    """
    got = None
    with suppress(ConnectionError):
        try:
            got = receive(0 if until is None else socket.MSG_DONTWAIT)
        except BlockingIOError:
            wait(channel, until or 0)
            got = receive(0)
    if not got:
        raise EOFError
    return got
