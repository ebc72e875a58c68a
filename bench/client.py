"""A client that costs little beside what it measures: one connection, requests as bytes, answers read and dropped."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from itertools import count
from typing import Self
from urllib.parse import quote_plus

from bench.services import Launch

BLOCK = 1 << 18
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
#: Status of an answer without content.
NOT_MODIFIED = 304
LAST_CHUNK = b"\r\n0\r\n\r\n"
#: Makes each query one that nobody has asked before, and no other: a prefix that it does not use.
UNUSED = "PREFIX unused{}: <http://example.org/{}/>\n"
_number = count()


def fresh(query: str) -> str:
    """The query in words that no cache holds: it takes as long, and its answer is the same."""
    number = next(_number)
    return UNUSED.format(number, number) + query


class Client:
    """One connection to a service that is kept open.

    :param service: the service.
    """

    def __init__(self, service: Launch) -> None:
        self._service = service
        self._socket = socket.create_connection(("127.0.0.1", service.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, query: str) -> int:
        """Send a query, and say how many bytes its answer has.

        :raises RuntimeError: the answer is none of status 200.
        """
        return self.get(self._service.path + quote_plus(query), {"Accept": "application/sparql-results+json"})

    def get(self, path: str, headers: Mapping[str, str], status: int = 200) -> int:
        """Ask for an address, and say how many bytes the content of the answer has.

        :raises RuntimeError: the answer has another status.
        """
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode())
        head, body = self._head()
        if f" {status} ".encode() not in head[:15]:
            raise RuntimeError(f"{self._service.name} answers: {(head + body)[:800].decode(errors='replace')}")
        if status == NOT_MODIFIED:
            return 0
        place = head.lower().find(LENGTH)
        if place < 0:
            return self._chunks(body)
        return self._rest(len(body), int(head[place + len(LENGTH) :].split(b"\r\n", 1)[0]))

    def _head(self) -> tuple[bytes, bytes]:
        received = b""
        while END_OF_HEAD not in received:
            received += self._receive()
        head, _, body = received.partition(END_OF_HEAD)
        return head, body

    def _rest(self, got: int, length: int) -> int:
        while got < length:
            got += len(self._receive())
        return length

    def _chunks(self, body: bytes) -> int:
        size, tail = len(body), body[-len(LAST_CHUNK) :]
        while tail != LAST_CHUNK:
            received = self._receive()
            size += len(received)
            tail = (tail + received)[-len(LAST_CHUNK) :]
        return size

    def _receive(self) -> bytes:
        received = self._socket.recv(BLOCK)
        if not received:
            raise RuntimeError(f"{self._service.name} closed the connection")
        return received
