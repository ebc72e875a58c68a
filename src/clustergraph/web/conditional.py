"""Answers with an entity tag: 304 where the client holds the same representation (RFC 9110, section 13)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from wsgiref.types import WSGIEnvironment

from flask import Response, request

from clustergraph.errors import NotFoundError
from clustergraph.formats import HTML, Format, by_name
from clustergraph.web import dated
from clustergraph.web.negotiation import beside, wanted
from clustergraph.web.site import site

#: A release never changes, but which one is served may: clients keep answers and ask again after this many seconds.
MAX_AGE = 300
#: Key of the WSGI environment: set where an answer follows from its request and the release that is served alone.
LASTING = "clustergraph.lasting"
SOON = f"public, max-age={MAX_AGE}"
#: An answer of a release that its address names never changes (RFC 8246).
ALWAYS = f"public, max-age={dated.FOREVER}, immutable"


def lasting(environ: WSGIEnvironment) -> str:
    """How long an answer that depends on the release alone may be kept, as Cache-Control says it."""
    return ALWAYS if dated.NAMED in environ else SOON


def respond(
    fmt: Format,
    make: Callable[[], str | bytes],
    negotiated: bool = False,
    also: str = "",
    fixed: bool = False,
) -> Response:
    """The answer in a format; its body is made only where the client does not hold it already.

    :param make: makes the body.
    :param negotiated: whether the same address has other formats, by the Accept header; each of them has an address
        of its own beside it, too (see :func:`clustergraph.web.negotiation.beside`).
    :param also: what the answer depends on besides the release being served, such as the releases kept beside it.
    :param fixed: whether the address alone names all that the answer says, so that it never changes.
    """
    more = f"-{sha256(also.encode()).hexdigest()[:12]}" if also else ""
    etag = f"{site().tag[:24]}{more}-{fmt.name}"
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(make(), content_type=fmt.content_type)
    if not also:
        request.environ[LASTING] = True
    response.set_etag(etag)
    response.headers["Cache-Control"] = ALWAYS if fixed else SOON if also else lasting(request.environ)
    if negotiated:
        response.vary.add("Accept")
        response.headers["Content-Location"] = beside(fmt)
    return response


def page(make: Callable[[], str], also: str = "") -> Response:
    """The answer of an HTML page."""
    return respond(HTML, make, also=also)


def document(
    ending: str, offered: tuple[Format, ...], make: Callable[[Format], str | bytes], also: str = ""
) -> Response:
    """The answer of an address that is a page and the same as data: by extension, else by what the client accepts.

    :param ending: the extension in the address, or empty.
    :param offered: the formats of the data, in the server's order of preference, after the page.
    :param make: makes the body in a format.
    :raises NotFoundError: there is no such extension.
    :raises NotAcceptableError: the client accepts nothing on offer.
    """
    offered = (HTML, *offered)
    fixed = by_name(ending, offered)
    if ending and fixed is None:
        raise NotFoundError(
            f"there is no format {ending!r} here; take one of {', '.join(fmt.name for fmt in offered)}"
        )
    fmt = fixed or wanted(offered)
    return respond(fmt, lambda: make(fmt), negotiated=fixed is None, also=also)
