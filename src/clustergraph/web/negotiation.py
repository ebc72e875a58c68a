"""Content negotiation: which of the formats on offer a client wants (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from clustergraph.errors import NotAcceptableError
from clustergraph.formats import Format

#: What stays as it is in the query of an address that was asked for: the rest cannot stand in a header.
AS_ASKED = "%&=+:/?;,-._~!$()*@"


def _ranges(accept: str | None) -> MIMEAccept:
    """The media ranges of an Accept header without their parameters; anything where it names no usable one.

    Parameters such as ``charset``, ``version`` and the ``profile`` of JSON-LD ask for a flavour of a type; the
    type itself is the better answer than a refusal.
    """
    parsed = parse_accept_header(accept, MIMEAccept)
    bare = [(item.split(";")[0].strip().lower(), quality) for item, quality in parsed]
    return MIMEAccept([(item, quality) for item, quality in bare if "/" in item.strip("/")] or [("*/*", 1.0)])


def _quality(ranges: MIMEAccept, fmt: Format) -> float:
    """How much a client wants a format, 0 (not at all) to 1.

    The media type itself counts before its aliases, and both before a wildcard. Wildcards speak of the registered
    type alone: ``text/*`` must not choose an XML format because somebody calls it ``text/xml``.
    """
    for names in ((fmt.media_type,), fmt.aliases):
        named = [quality for item, quality in ranges if item in names]
        if named:
            return max(named)
    return ranges.quality(fmt.media_type)


def offer(offered: tuple[Format, ...]) -> str:
    """The formats on offer in words: ``Turtle (text/turtle), JSON-LD (application/ld+json)``."""
    return ", ".join(f"{fmt.label} ({fmt.media_type})" for fmt in offered)


def beside(fmt: Format) -> str:
    """The address at which what the current request asks for is had in one format, whatever the client accepts."""
    path = f"{request.path}index" if request.path.endswith("/") else request.path
    asked = request.query_string.decode("latin-1")
    return f"{quote(path)}.{fmt.name}" + (f"?{quote(asked, safe=AS_ASKED)}" if asked else "")


def wanted(offered: tuple[Format, ...], at: Callable[[Format], str] = beside) -> Format:
    """The format on offer that the client of the current request wants most.

    :param at: the address at which each is had alone, for a client that accepts none.
    :raises NotAcceptableError: it accepts none of them.
    """
    try:
        return negotiate(request.headers.get("Accept"), offered)
    except NotAcceptableError as error:
        variants = tuple((at(fmt), fmt.label, fmt.media_type) for fmt in offered)
        raise NotAcceptableError(error.message, variants) from error


def negotiate(accept: str | None, offered: tuple[Format, ...]) -> Format:
    """The format on offer that a client wants most.

    :param accept: the value of the Accept header; None, an empty or an unreadable one accepts anything.
    :param offered: what can be sent, in the server's order of preference, which decides between equals.
    :raises NotAcceptableError: the client accepts none of them.
    """
    ranges = _ranges(accept)
    best = max(offered, key=lambda fmt: _quality(ranges, fmt))
    if _quality(ranges, best) <= 0:
        raise NotAcceptableError(f"nothing on offer is acceptable to you; ask for one of {offer(offered)}")
    return best
