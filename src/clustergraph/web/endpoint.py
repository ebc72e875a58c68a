"""``/sparql`` for programs: queries answered without the framework, which takes longer than a small query does.

What needs the framework is handed on to it with what was found out: pages for people, the description of the service,
refusals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_etags

from clustergraph.errors import UnavailableError
from clustergraph.formats import HTML
from clustergraph.pool import Answer, QueryRequest
from clustergraph.pool.answering import Answering
from clustergraph.web import asking, coding, protocol
from clustergraph.web.cache import Cache
from clustergraph.web.clients import client
from clustergraph.web.conditional import lasting
from clustergraph.web.headers import FIXED
from clustergraph.web.meters import Meters
from clustergraph.web.site import Site

PATH = "/sparql"
METHODS = frozenset(("GET", "HEAD", "POST", "QUERY"))
#: Keys of the WSGI environment: what is handed on.
CALL, CLIENT, REFUSAL, DIGEST, QUERY = (
    f"clustergraph.{name}" for name in ("call", "client", "refusal", "digest", "query")
)
#: Bytes of a kept request and its headers beside the query string.
OVERHEAD = 1_500
OK = "200 OK"

Headers = list[tuple[str, str]]
#: Status, headers, content.
Reply = tuple[str, Headers, bytes]


@dataclass(frozen=True)
class Shortcut:
    """The answer to a request that was made before in the same words.

    :ivar key: what its content is kept by: an entity tag and a coding.
    :ivar headers: of the response.
    :ivar digest: hash of the query, for the log.
    """

    key: tuple[str, str]
    headers: Headers
    digest: str


class Endpoint:
    """Answers queries of programs, from the cache where the same was asked before.

    :param app: the framework.
    :param shown: what is served.
    :param pool: answers what is not kept; without it all queries are refused.
    :param meters: count what is asked.
    :param cache: keeps the answers.
    """

    def __init__(
        self, app: WSGIApplication, shown: Site, pool: Answering | None, meters: Meters, cache: Cache[Any]
    ) -> None:
        self._app = app
        self._site = shown
        self.pool = pool
        self._meters = meters
        # Both in one, which is bounded as a whole.
        self._answers: Cache[Answer] = cache
        self._shortcuts: Cache[Shortcut] = cache

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or hand it on (PEP 3333)."""
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] not in METHODS:
            return self._app(environ, start_response)
        try:
            reply = self._kept(environ) or self._reply(environ)
        except Exception as error:  # the framework answers every one, in the format the client reads
            environ[REFUSAL] = error
            reply = None
        if reply is None:
            return self._app(environ, start_response)
        status, headers, content = reply
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    def request(self, environ: WSGIEnvironment, call: protocol.Call, wanted: asking.Wanted) -> QueryRequest:
        """The query of a call, checked as far as it can be without the engine.

        :raises ClustergraphError: it is refused.
        """
        settings = self._site.settings
        environ[QUERY] = call.query
        made = QueryRequest(
            call.query or "", call.default_graphs, call.named_graphs, asking.written(wanted), settings.services
        )
        environ[DIGEST] = made.digest.hex()[:16]
        return made

    def tag(self, request: QueryRequest, formats: asking.Wanted) -> str | None:
        """What names an answer before it is there: release and program, query and dataset, formats.

        None for one that may be another the next time.
        """
        if request.outline.volatile:
            return None
        names = ",".join(fmt.name if fmt else "" for fmt in formats.values())
        return sha256(f"{self._site.tag} {names} ".encode() + request.digest).hexdigest()[:32]

    def answer(self, environ: WSGIEnvironment, request: QueryRequest, tag: str | None) -> Answer:
        """The answer of a query, kept or fresh.

        :param tag: of the query and the formats that it is to be written in.
        :raises ClustergraphError: there is none.
        """
        answer = self._answers.get((tag, coding.IDENTITY)) if tag else None
        if answer:
            self._meters.add("kept")
            return answer
        if not self.pool:
            raise UnavailableError("this service was started without the processes that answer queries")
        connection = environ.get("gunicorn.socket")
        with self._meters.asking(self.pool):
            answer = self.pool.answer(request, environ[CLIENT], connection.fileno() if connection else None)
        if tag:
            self._answers.put((tag, coding.IDENTITY), answer, len(answer.content) + OVERHEAD)
            self._meters.set("cache_bytes", self._answers.bytes)
        return answer

    def _kept(self, environ: WSGIEnvironment) -> Reply | None:
        """The answer to a request that came before, to the letter."""
        shortcut = self._shortcuts.get(_words(environ))
        answer = self._answers.get(shortcut.key) if shortcut else None
        if shortcut is None or answer is None:
            return None
        environ[DIGEST] = shortcut.digest
        self._meters.add("kept")
        return OK, shortcut.headers, answer.content

    def _reply(self, environ: WSGIEnvironment) -> Reply | None:
        """The answer to a program's query; None where the framework has to answer."""
        self._admit(environ)
        environ[CALL] = call = protocol.read(environ)
        wanted = asking.wanted(call.format, environ.get("HTTP_ACCEPT")) if call.query is not None else {}
        if not wanted or HTML in wanted.values():
            return None
        request = self.request(environ, call, wanted)
        tag = self.tag(request, wanted)
        if tag and holds(environ, tag):
            return "304 Not Modified", _headers(environ, tag, coding.held(environ)), b""
        answer = self.answer(environ, request, tag)
        code = coding.chosen(environ.get("HTTP_ACCEPT_ENCODING"))
        code = code if coding.pays(answer.format.media_type, len(answer.content)) else coding.IDENTITY
        content = self._coded(answer, tag, code)
        headers = [*_headers(environ, tag, code), ("Content-Type", answer.format.content_type)]
        headers += [("Content-Length", str(len(content)))]
        words = _words(environ)
        if tag and words:
            shortcut = Shortcut((tag, code), headers, environ[DIGEST])
            self._shortcuts.put(words, shortcut, OVERHEAD + sum(map(len, filter(None, words))))
        return OK, headers, content

    def _admit(self, environ: WSGIEnvironment) -> None:
        """Let a client ask that has not used up its share."""
        environ[CLIENT] = client(environ, self._site.settings.trusted_proxies)
        if self.pool:
            self.pool.shares.admit(environ[CLIENT])

    def _coded(self, answer: Answer, tag: str | None, code: str) -> bytes:
        """The content of an answer in a coding, kept where the answer may be."""
        if code == coding.IDENTITY:
            return answer.content
        kept = self._answers.get((tag, code)) if tag else None
        if kept is None:
            kept = replace(answer, content=coding.compressed(answer.content))
            if tag:
                self._answers.put((tag, code), kept, len(kept.content) + OVERHEAD)
        return kept.content


def holds(environ: WSGIEnvironment, tag: str) -> bool:
    """Whether a client says that it holds the answer of a tag, in whatever coding."""
    held = environ.get("HTTP_IF_NONE_MATCH")
    if not held or environ["REQUEST_METHOD"] == "POST":
        return False
    tags = parse_etags(held)
    if tags.star_tag:  # any answer at all, and there may be none
        return False
    return tags.contains_weak(tag) or tags.contains_weak(coding.tag(tag, coding.GZIP))


def _words(environ: WSGIEnvironment) -> tuple[str | None, ...] | None:
    """All that decides on the answer to a request by GET; None for another one, which is not kept."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
        return None
    return environ["QUERY_STRING"], environ.get("HTTP_ACCEPT"), environ.get("HTTP_ACCEPT_ENCODING")


def _headers(environ: WSGIEnvironment, tag: str | None, code: str) -> Headers:
    """Headers of an answer but those of its content.

    Its tag is weak: rows may come in another order, which only ORDER BY fixes.
    """
    headers = [*FIXED.items(), ("Vary", "Accept, Accept-Encoding"), ("Accept-Query", protocol.TAKEN)]
    if code:
        headers.append(("Content-Encoding", code))
    if tag is None:
        return [*headers, ("Cache-Control", "no-store")]
    return [*headers, ("ETag", f'W/"{coding.tag(tag, code)}"'), ("Cache-Control", lasting(environ))]
