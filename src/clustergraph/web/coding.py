"""Content codings: answers that gzip makes shorter, for clients that take it (RFC 9110, section 8.4 and 12.5.3)."""

from __future__ import annotations

import gzip
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from flask import Flask, Response, g, request
from werkzeug.http import parse_accept_header

from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS

IDENTITY, GZIP = "", "gzip"
HELD = "HTTP_IF_NONE_MATCH"
#: Bytes below which a shorter answer is no quicker: it goes in one packet either way.
LEAST = 1_000
#: The first of nine: RDF and results shrink to a tenth with it, five times as fast as with the last.
LEVEL = 1
#: Media types that are worth it, and those that begin with ``text/``.
TYPES = frozenset(
    (
        *(fmt.media_type for fmt in (*GRAPH_FORMATS, *ROW_FORMATS)),
        "application/json",
        "application/problem+json",
        "application/javascript",
        "image/svg+xml",
    )
)


@lru_cache(maxsize=256)
def chosen(accept: str | None) -> str:
    """The coding a client wants by its Accept-Encoding header: gzip, or none, which it always gets where it asks for
    neither."""
    wanted = {name.strip().lower(): quality for name, quality in parse_accept_header(accept)}
    other = wanted.get("*", 0)
    return GZIP if wanted.get("gzip", wanted.get("x-gzip", other)) > wanted.get("identity", 0) else IDENTITY


def pays(media_type: str, size: int) -> bool:
    """Whether an answer is worth a coding."""
    return size >= LEAST and (media_type.startswith("text/") or media_type in TYPES)


def compressed(content: bytes) -> bytes:
    """Content in gzip; the same for the same content."""
    return gzip.compress(content, LEVEL, mtime=0)


def tag(of_content: str, coding: str) -> str:
    """The entity tag of a representation in a coding, without quotes: it differs from that of the others."""
    return f"{of_content}-{coding}" if coding else of_content


def held(environ: WSGIEnvironment) -> str:
    """The coding of what a client says that it holds."""
    return GZIP if f'-{GZIP}"' in environ.get(HELD, "") else IDENTITY


def register(app: Flask) -> None:
    """Code the answers of an application, but those whose Cache-Control says ``no-transform``."""

    @app.before_request
    def uncode() -> None:
        """Let views compare entity tags without their coding: a client holds what it was last sent, in either."""
        g.held = held(request.environ)
        if g.held:
            request.environ[HELD] = request.environ[HELD].replace(f'-{GZIP}"', '"')

    @app.after_request
    def code(response: Response) -> Response:
        """Code an answer, and say that it depends on what the client takes."""
        if response.status_code == 304:
            response.vary.add("Accept-Encoding")
            _tag(response, g.held)
        elif _may_be_coded(response):
            response.vary.add("Accept-Encoding")
            if chosen(request.headers.get("Accept-Encoding")) == GZIP:
                _code(response)
        return response


def _may_be_coded(response: Response) -> bool:
    size = response.content_length or response.calculate_content_length() or 0
    is_part = response.status_code == 206 or "Content-Encoding" in response.headers
    return pays(response.mimetype or "", size) and not is_part and not response.cache_control.no_transform


def _tag(response: Response, coding: str) -> None:
    name, weak = response.get_etag()
    if name:
        response.set_etag(tag(name, coding), weak=bool(weak))


def _code(response: Response) -> None:
    response.direct_passthrough = False
    content = compressed(response.get_data())
    response.close()  # a file, where it is one
    response.set_data(content)
    response.headers["Content-Encoding"] = GZIP
    _tag(response, GZIP)
