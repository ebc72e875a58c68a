"""HTTP to one engine: within a time and a bound, never redirected, credentials only to where they belong."""

from __future__ import annotations

import http.client
import io
import socket
import time
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

from clustergraph.errors import TooCostlyError, UnavailableError
from clustergraph.settings import Settings

#: Most characters of an engine's own words that stand in a message.
WORDS = 300
CHUNK = 65_536
CREDENTIALS = "CLUSTERGRAPH_ENDPOINT_USER and CLUSTERGRAPH_ENDPOINT_PASSWORD"


class _TimedSocket(io.RawIOBase):
    """Reads from a socket until a moment, however slowly the bytes come: its own time-out begins anew with each.

    :param connected: its present time-out is the time for all that is to be read.
    """

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._raw = connected.makefile("rb", buffering=0)
        self._until = time.monotonic() + (connected.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(max(self._until - time.monotonic(), 0.001))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    """A response whose head and body come in time, or not at all."""

    def __init__(self, connected: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(connected, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedSocket(connected))


class _Connection(http.client.HTTPConnection):
    response_class = _TimedResponse


class _SecureConnection(http.client.HTTPSConnection):
    response_class = _TimedResponse


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Connection, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_SecureConnection, req)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest access authentication (RFC 7616) that answers a challenge before it is put again.

    Engines close the connection on a large body that comes without credentials, so that the challenge is never read.
    """

    _challenge: dict[str, str] | None = None

    def get_authorization(self, req: Request, chal: Any) -> str | None:
        self._challenge = chal
        return super().get_authorization(req, chal)

    def http_request(self, req: Request) -> Request:
        if self._challenge and (answer := super().get_authorization(req, self._challenge)):
            req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


class RefusedError(UnavailableError):
    """An engine answers, and not with what was asked for.

    :param status: of the answer.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class TooSlowError(UnavailableError):
    """An engine did not answer in time."""


@dataclass(frozen=True)
class Reply:
    """A whole answer: its media type without parameters, its headers, its body."""

    media_type: str
    headers: http.client.HTTPMessage
    body: bytes


class Connection:
    """HTTP to the addresses of one engine.

    :param settings: the addresses of the engine, and the credentials for them alone.
    :param name: what messages call the engine.
    """

    def __init__(self, settings: Settings, name: str) -> None:
        self._name = name
        handlers: list[urllib.request.BaseHandler] = [_Http(), _Https(), _NoRedirect()]
        if settings.endpoint_user:
            known = urllib.request.HTTPPasswordMgrWithPriorAuth()
            for address in (settings.endpoint, settings.graph_store):
                known.add_password(None, address, settings.endpoint_user, settings.endpoint_password)
            handlers += [_Digest(known), urllib.request.HTTPBasicAuthHandler(known)]
        self._opener = urllib.request.build_opener(*handlers)

    def open(self, request: Request, seconds: float) -> HTTPResponse:
        """Send a request and receive the head of the answer.

        :param seconds: for the whole of the answer.
        :raises RefusedError: the engine answers with an error.
        :raises TooSlowError: it does not answer in time.
        :raises UnavailableError: it cannot be reached.
        """
        try:
            response: HTTPResponse = self._opener.open(request, timeout=seconds)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except (OSError, HTTPException, ValueError) as error:
            raise self._failure(error, seconds) from error
        return response

    def read(self, response: HTTPResponse, seconds: float, limit: int) -> Reply:
        """Receive the body of an answer.

        :param limit: most bytes of it.
        :raises TooCostlyError: it is longer.
        :raises UnavailableError: it is cut, comes too slowly, or does not say where it ends.
        """
        body = bytearray()
        try:
            with response:
                if response.length is None and not response.chunked:
                    raise UnavailableError(f"{self._name} does not say how long its answer is; it could be cut")
                while chunk := response.read1(CHUNK):
                    body += chunk
                    if len(body) > limit:
                        raise TooCostlyError(
                            f"the answer is longer than {limit:,} bytes; ask for less with LIMIT or a FILTER, count "
                            "with COUNT, or take the whole graph from /dumps/"
                        )
                if response.length:
                    raise UnavailableError(f"the answer of {self._name} ended early; try again")
        except (OSError, HTTPException) as error:
            raise self._failure(error, seconds) from error
        return Reply(response.headers.get_content_type(), response.headers, bytes(body))

    def _failure(self, error: Exception, seconds: float) -> UnavailableError:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return TooSlowError(f"no answer from {self._name} within {seconds:g} seconds; ask for less, or later")
        if isinstance(error, ValueError):  # what the handlers of credentials raise
            return UnavailableError(f"{self._name} does not take the credentials given: {error}; set {CREDENTIALS}")
        said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
        return UnavailableError(f"{self._name} cannot be reached: {said}; see that it runs, and its address")

    def _refusal(self, error: HTTPError) -> RefusedError:
        said = f"{self._name} answers {error.code} {error.reason}: {_words(error)}"
        if error.code in (401, 403):
            said = f"{self._name} refuses the credentials ({error.code}); set {CREDENTIALS}"
        elif 300 <= error.code < 400:
            target = error.headers.get("Location", "elsewhere")
            said = f"{self._name} redirects to {target}, which is not followed; give that address if it is right"
        return RefusedError(said, error.code)


def _words(error: HTTPError) -> str:
    """The first line of what an engine says, without what cannot be printed."""
    try:
        text = error.read(4 * WORDS).decode(errors="replace")
    except (OSError, HTTPException):
        text = ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
    return "".join(char for char in line if char.isprintable())[:WORDS]
