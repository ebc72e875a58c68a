"""Kept answers: pages and data of a release, which never changes, given without the framework the second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import is_entity_header, unquote_etag

from clustergraph.web import coding
from clustergraph.web.cache import Cache
from clustergraph.web.conditional import LASTING
from clustergraph.web.endpoint import OK, OVERHEAD, Headers, Reply, holds
from clustergraph.web.meters import Meters

#: Style sheets and scripts of the program, which stay while it runs.
STATIC = "/static/"
NOT_MODIFIED = "304 Not Modified"
#: What makes an answer another one, and is left to the framework.
CONDITIONS = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
#: What decides on an answer to GET; pages name themselves by the host that was asked.
WORDS = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING")
#: How many of them name the address; the others choose a representation.
OF_ADDRESS = 4

Words = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What is known of the answer to a request.

    :ivar headers: of the answer.
    :ivar unchanged: of one that says the client has it, but for the entity tag.
    :ivar tag: its entity tag, without quotes and coding.
    :ivar content: what its content is kept by.
    """

    headers: Headers
    unchanged: Headers
    tag: str
    content: Words


class Kept:
    """Answers requests that came before, to the letter, and hands on the others.

    :param app: answers what is not kept.
    :param cache: keeps the answers, each content once for all requests that choose it.
    :param each: bytes of the longest answer to keep.
    :param meters: count what is kept and what is not.
    """

    def __init__(self, app: WSGIApplication, cache: Cache[Any], each: int, meters: Meters) -> None:
        self._app = app
        self._cache = cache
        self._each = each
        self._meters = meters

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or hand it on (PEP 3333)."""
        words = _words(environ)
        known: Known | None = self._cache.get(words) if words else None
        reply = self._reply(environ, known) if known else None
        if reply is None:
            return self._fresh(environ, start_response, words)
        self._meters.add("pages_kept")
        status, headers, content = reply
        start_response(status, headers)
        return [content] if content and environ["REQUEST_METHOD"] == "GET" else []

    def _reply(self, environ: WSGIEnvironment, known: Known) -> Reply | None:
        if holds(environ, known.tag):
            tag = coding.tag(known.tag, coding.held(environ))
            return NOT_MODIFIED, [*known.unchanged, ("ETag", f'"{tag}"')], b""
        content: bytes | None = self._cache.get(known.content)
        return None if content is None else (OK, known.headers, content)

    def _fresh(self, environ: WSGIEnvironment, start_response: StartResponse, words: Words | None) -> Iterable[bytes]:
        """The answer of the application, kept where it lasts."""
        began: list[tuple[str, Headers]] = []

        def started(status: str, headers: Headers, error: Any = None) -> Any:
            began.append((status, headers))
            return start_response(status, headers, error)

        content = self._app(environ, started)
        if words is None or not began or not _lasts(environ, *began[-1]):
            return content
        headers = began[-1][1]
        self._meters.add("pages_fresh")
        if int(dict(headers).get("Content-Length", self._each)) >= self._each:
            return content
        body = _read(content)
        self._put(words, headers, body)
        return [body]

    def _put(self, words: Words, headers: Headers, body: bytes) -> None:
        etag = unquote_etag(dict(headers)["ETag"])[0]
        place = (*words[:OF_ADDRESS], etag)
        self._cache.put(place, body, len(body) + sum(map(len, place)))
        known = Known(headers, _unchanged(headers), etag.removesuffix(f"-{coding.GZIP}"), place)
        self._cache.put(words, known, OVERHEAD + sum(map(len, words)))
        self._meters.set("cache_bytes", self._cache.bytes)


def _words(environ: WSGIEnvironment) -> Words | None:
    """All that decides on the answer to a request; None for one that is not answered from here."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in CONDITIONS):
        return None
    held = environ.get(coding.HELD)
    if held == "*" or (held is None and "HTTP_IF_MODIFIED_SINCE" in environ):
        return None
    # A missing Accept-Encoding is not an empty one, and neither is a header of that text.
    return tuple(environ.get(name, "\0") for name in WORDS)


def _lasts(environ: WSGIEnvironment, status: str, headers: Headers) -> bool:
    lasting = LASTING in environ or environ["PATH_INFO"].startswith(STATIC)
    return lasting and status == OK and environ["REQUEST_METHOD"] == "GET" and "ETag" in dict(headers)


def _unchanged(headers: Headers) -> Headers:
    """What 304 carries of the headers of an answer: one that is of its content (RFC 9110, section 15.4.5)."""
    return [
        (name, text)
        for name, text in headers
        if name == "Content-Location" or not (is_entity_header(name) or name == "ETag")
    ]


def _read(content: Iterable[bytes]) -> bytes:
    try:
        return b"".join(content)
    finally:
        if close := getattr(content, "close", None):
            close()
