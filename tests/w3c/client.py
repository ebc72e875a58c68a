"""Asks an endpoint over HTTP and keeps every word of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """Keeps one connection to the endpoint ``/sparql`` of a port of this machine."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/sparql"
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(
        self,
        method: str = "GET",
        parameters: Parameters = (),
        body: str | bytes | None = None,
        content_type: str | None = None,
        *,
        accept: str | None = None,
        if_none_match: str | None = None,
    ) -> Reply:
        """Send a request; the parameters stand in the address."""
        headers = {"Content-Type": content_type, "Accept": accept, "If-None-Match": if_none_match}
        self._connection.request(
            method,
            "/sparql" + (f"?{urlencode(parameters)}" if parameters else ""),
            body.encode() if isinstance(body, str) else body,
            {name: value for name, value in headers.items() if value is not None},
        )
        answer = self._connection.getresponse()
        return Reply(answer.status, dict(answer.getheaders()), answer.read())

    def close(self) -> None:
        self._connection.close()
