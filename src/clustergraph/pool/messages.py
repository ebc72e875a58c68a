"""Requests and answers, and how they travel between the web process and a worker.

A message is the length of its head and of its body (4 and 8 bytes, big-endian), a head in JSON and a body of bytes.
Nothing is unpickled: what a worker says is read as data.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from pyoxigraph import NamedNode

from clustergraph.errors import QueryError
from clustergraph.formats import RESULTS_JSON, TURTLE, Format
from clustergraph.pool import sameness, tokens

Kind = Literal["rows", "boolean", "graph"]
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


def send(channel: socket.socket, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one message.

    :raises EOFError: the other side is gone.
    """
    encoded = json.dumps(head).encode()
    try:
        channel.sendall(LENGTHS.pack(len(encoded), len(body)) + encoded + body[:AT_ONCE])
        if len(body) > AT_ONCE:
            channel.sendall(memoryview(body)[AT_ONCE:])
    except ConnectionError as error:
        raise EOFError from error


def receive(channel: socket.socket, until: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Receive one message.

    :param until: the moment of :func:`time.monotonic` to wait for; None waits for ever.
    :raises EOFError: the other side is gone.
    :raises TimeoutError: the message was not whole in time.
    """
    head_length, body_length = LENGTHS.unpack(_exactly(channel, LENGTHS.size, until))
    message = _exactly(channel, head_length + body_length, until)
    return json.loads(message[:head_length].decode()), bytes(memoryview(message)[head_length:])


def _exactly(channel: socket.socket, length: int, until: float | None) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        if until is not None:
            channel.settimeout(max(until - time.monotonic(), 0.001))
        try:
            count = channel.recv_into(view)
        except ConnectionError:
            count = 0
        if not count:
            raise EOFError
        view = view[count:]
    return buffer
