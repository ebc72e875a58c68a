"""One handler for everything that goes wrong: a page for people, problem details for programs, never a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from clustergraph.errors import (
    ClustergraphError,
    GoneError,
    MovedError,
    NotAcceptableError,
    TooManyError,
    UnavailableError,
    UnknownThingError,
    status_of,
)
from clustergraph.formats import HTML, Format
from clustergraph.web import absent, signposts
from clustergraph.web.negotiation import negotiate

PROBLEM = Format("json", "Problem details", "application/problem+json", ("application/json", "application/ld+json"))
TEXT = Format("txt", "Plain text", "text/plain", (), True)
#: In this order: a browser names HTML itself, and everything else reads plain text.
OFFERED = (TEXT, HTML, PROBLEM)
#: Characters of the longest Link header: servers in between refuse longer ones.
LONGEST_LINK = 4_000


def register(app: Flask) -> None:
    """Answer every error of an application."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer to an error, in the format the client reads best (RFC 9457 for programs)."""
    if isinstance(error, UnknownThingError):
        error = absent.earlier(error)
    status, detail = _status_and_detail(error)
    fmt = _format()
    link = error.path if isinstance(error, GoneError) else ""
    variants = error.variants if isinstance(error, NotAcceptableError) else ()
    body = _body(fmt, status, detail, link, variants)
    response = Response(body, status=status, content_type=fmt.content_type)
    if variants and len(alternates := signposts.variants(variants)) <= LONGEST_LINK:
        response.headers["Link"] = alternates
    if isinstance(error, MovedError):
        response.headers["Location"] = absent.location(error)
    if isinstance(error, UnavailableError | TooManyError):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, HTTPException):
        kept = ("Allow", "Location", "Retry-After", "Content-Range")
        response.headers.extend([(name, value) for name, value in error.get_headers() if name in kept])
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response


def _status_and_detail(error: Exception) -> tuple[int, str]:
    if isinstance(error, ClustergraphError):
        return status_of(error), error.message
    if isinstance(error, NotFound):
        return 404, "nothing has this address here"
    if isinstance(error, HTTPException) and error.code:
        return error.code, error.description or ""
    current_app.logger.exception("unexpected error while answering %s", request.path, exc_info=error)
    return 500, "something went wrong here; the cause stands in the log of the service"


def _format() -> Format:
    try:
        return negotiate(request.headers.get("Accept"), OFFERED)
    except NotAcceptableError:
        return TEXT


def _body(fmt: Format, status: int, detail: str, link: str, variants: tuple[tuple[str, str, str], ...]) -> str:
    title = HTTPStatus(status).phrase
    if fmt is HTML:
        return render_template("error.html", status=status, title=title, detail=detail, link=link, variants=variants)
    if fmt is PROBLEM:
        offered = [{"address": path, "type": media_type} for path, _, media_type in variants]
        problem = {"title": title, "status": status, "detail": detail, "instance": request.path}
        return json.dumps({**problem, **({"variants": offered} if offered else {})}) + "\n"
    return "\n".join([f"{status} {title}", detail, *(f"{kind}: {path}" for path, _, kind in variants), ""])
