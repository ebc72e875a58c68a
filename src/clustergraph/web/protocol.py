"""What a request to the endpoint says (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from werkzeug.exceptions import LengthRequired
from werkzeug.wrappers import Request

from clustergraph.errors import ForbiddenError, InputError, TooLargeError, UnsupportedMediaError
from clustergraph.pool.tokens import MAX_LENGTH

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
#: What a body may be (RFC 10008, section 3).
TAKEN = f"{QUERY}, {FORM}"
#: Longest body in bytes: a query of the longest length, most of its letters percent-encoded.
MAX_BODY = 4 * MAX_LENGTH
MAX_PARAMETERS = 200
#: A percent sign that begins no escape; it stands for itself.
MALFORMED = re.compile(rb"%(?![0-9A-Fa-f]{2})")

Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Call:
    """A request to the endpoint.

    :ivar query: the query, or None where the request has none.
    :ivar default_graphs: IRIs of the graphs to merge into the default graph.
    :ivar named_graphs: IRIs of the named graphs.
    :ivar format: the short name of the format asked for, or None where the Accept header decides.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None


def read(environ: WSGIEnvironment) -> Call:
    """What a request asks, by GET or HEAD, by POST of a form, or by POST or QUERY of the query itself.

    :param environ: of the request (PEP 3333).
    :raises InputError: a parameter is missing or stands twice, or the text is not UTF-8.
    :raises ForbiddenError: it is an update.
    :raises TooLargeError: its body is too long.
    :raises UnsupportedMediaError: its body is of another media type or character set.
    :raises LengthRequired: it does not say how long its body is.
    """
    found = _parameters(environ["QUERY_STRING"].encode("latin-1"))
    has_body = environ["REQUEST_METHOD"] not in ("GET", "HEAD")
    if has_body:
        request = Request(environ)
        _refuse_media(request)
        body = _body(request)
        found += [("query", _text(body))] if request.mimetype == QUERY else _without_release(_parameters(body))
    if any(name == "update" for name, _ in found):
        raise _read_only()
    _single(found, "version")  # SPARQL 1.2 Protocol; the engine reads whatever version it can
    call = Call(_single(found, "query"), _all(found, "default-graph-uri"), _all(found, "named-graph-uri"),
                _single(found, "format"))  # fmt: skip
    if call.query is None and (call.default_graphs or call.named_graphs or has_body):
        raise InputError("the request has no query; send one as the parameter 'query'")
    return call


def _refuse_media(request: Request) -> None:
    if request.mimetype == UPDATE:
        raise _read_only()
    if request.mimetype not in (FORM, QUERY):
        sent = repr(request.mimetype) if request.mimetype else "no Content-Type"
        raise UnsupportedMediaError(f"{sent} is not taken here; send {QUERY}, or {FORM} with the parameter 'query'")
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaError(f"the character set {charset!r} is not taken here; send UTF-8")


def _read_only() -> ForbiddenError:
    return ForbiddenError("this endpoint is read-only: updates are refused; send a query")


def _body(request: Request) -> bytes:
    """The whole body. A shorter one than announced would be half a query: servers pass it on as if it were whole."""
    length = request.content_length
    if length is None or request.headers.get("Transfer-Encoding"):
        raise LengthRequired("send the length of the body in Content-Length; chunked bodies are not taken")
    if length > MAX_BODY:
        raise TooLargeError(f"the body has {length:,} bytes, at most {MAX_BODY:,} are taken; shorten the query")
    body: bytes = request.stream.read(length)
    if len(body) != length:
        raise InputError(f"the body ended after {len(body):,} of {length:,} bytes; send it again")
    return body


def _without_release(found: Parameters) -> Parameters:
    """What a form says. A release named there would be overlooked: it is read before a body is."""
    if _all(found, "release"):
        raise InputError("name the release in the address, as ?release=…, not in the body")
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"the request is not UTF-8 ({error.reason}); send the query in UTF-8") from error


def _parameters(raw: bytes) -> Parameters:
    fields = [field for field in raw.split(b"&") if field]
    if len(fields) > MAX_PARAMETERS:
        raise InputError(f"more than {MAX_PARAMETERS} parameters; send fewer")
    pairs = (field.partition(b"=") for field in fields)
    return [(_text(decoded(name)), _text(decoded(value))) for name, _, value in pairs]


def decoded(field: bytes) -> bytes:
    """A name or value of a form without its percent-encoding (URL Standard, section 5.1).

    Quoted-printable is the same code with another sign, and Python has it in C, several times as fast.
    """
    field = field.replace(b"+", b" ")
    if MALFORMED.search(field):
        return unquote_to_bytes(field)
    return a2b_qp(field.replace(b"=", b"=3D").replace(b"%", b"="))


def _all(found: Parameters, wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in found if name == wanted)


def _single(found: Parameters, wanted: str) -> str | None:
    values = _all(found, wanted)
    if len(values) > 1:
        raise InputError(f"the parameter {wanted!r} stands {len(values)} times; send it once")
    return values[0] if values else None
