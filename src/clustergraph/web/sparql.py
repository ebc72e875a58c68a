"""``/sparql``: the SPARQL 1.1 Protocol for programs, a form with its results for people, a description of itself."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Flask, Response, current_app, g, request

from clustergraph import writing
from clustergraph.errors import (
    ClientGoneError,
    ClustergraphError,
    NotAcceptableError,
    TooManyError,
    UnavailableError,
)
from clustergraph.formats import GRAPH_FORMATS, HTML, RESULTS_JSON, ROW_FORMATS, TURTLE, Format, by_name
from clustergraph.pool import Answer, QueryRequest
from clustergraph.pool.answering import Answering
from clustergraph.pool.messages import Kind
from clustergraph.web import conditional, errors, protocol, querypage, servicedescription
from clustergraph.web.clients import client
from clustergraph.web.negotiation import negotiate, offer
from clustergraph.web.site import site

blueprint = Blueprint("sparql", __name__)

#: The last is for browsers, which name it; everything else gets what the engine writes.
OFFERED: dict[Kind, tuple[Format, ...]] = {
    "rows": (*ROW_FORMATS, HTML),
    "boolean": (*ROW_FORMATS, HTML),
    "graph": (*GRAPH_FORMATS, HTML),
}
#: What a page is made from.
BEHIND_PAGE: dict[Kind, Format] = {"rows": RESULTS_JSON, "boolean": RESULTS_JSON, "graph": TURTLE}
_KEY = "clustergraph.pool"

Wanted = dict[Kind, Format | None]


def install(app: Flask, pool: Answering) -> None:
    """Keep what answers queries with the application."""
    app.extensions[_KEY] = pool


def pool() -> Answering:
    """What answers queries, of the application that answers the current request."""
    found: Answering | None = current_app.extensions.get(_KEY)
    if found is None:
        raise UnavailableError("this service was started without the processes that answer queries")
    return found


@blueprint.before_request
def admit() -> None:
    """Let a client ask that has not used up its share."""
    g.client = client(request.environ, site().settings.trusted_proxies)
    if _KEY in current_app.extensions:
        pool().shares.admit(g.client)


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def endpoint() -> Response:
    """The answer of a query; without one, the description of the service, or the form for people."""
    call = protocol.read(request)
    g.query = call.query
    response = _describe(call) if call.query is None else _answer(call, call.query)
    response.vary.add("Accept")
    return response


def _wanted(name: str | None, offered: tuple[Format, ...]) -> Format | None:
    """The format for one kind of answer: by short name or media type where ``format`` is given, else by Accept."""
    if name and "/" not in name:
        return by_name(name, offered)
    try:
        return negotiate(name or request.headers.get("Accept"), offered)
    except NotAcceptableError:
        return None


def _describe(call: protocol.Call) -> Response:
    fmt = _wanted(call.format, OFFERED["graph"])
    if fmt is None:
        raise NotAcceptableError(f"the service description is on offer as {offer(OFFERED['graph'])}")
    if fmt is HTML:
        return conditional.respond(HTML, lambda: querypage.form(None), negotiated=True)
    address = (site().settings.base_url or request.host_url.rstrip("/")) + "/sparql"
    described = servicedescription.describe(site().graph, address)
    return Response(writing.write(described, fmt, site().context), content_type=fmt.content_type)


def _answer(call: protocol.Call, query: str) -> Response:
    if not query.strip() and _wanted(call.format, OFFERED["rows"]) is HTML:
        return Response(querypage.form(None), content_type=HTML.content_type)
    wanted: Wanted = {kind: _wanted(call.format, offered) for kind, offered in OFFERED.items()}
    if not any(wanted.values()):
        raise NotAcceptableError(f"answers are on offer as {offer((*ROW_FORMATS, *GRAPH_FORMATS, HTML))}")
    written: Wanted = {kind: BEHIND_PAGE[kind] if fmt is HTML else fmt for kind, fmt in wanted.items()}
    asked = QueryRequest(query, call.default_graphs, call.named_graphs, written, site().settings.services)
    tag = None if asked.outline.volatile else _tag(asked, wanted)
    if tag and request.method != "POST" and _is_held(tag):
        response = Response(status=304)
    else:
        answer = pool().answer(asked, g.client, _connection())
        response = _written(asked, answer, wanted[answer.kind])
    return _cached(response, tag)


def _is_held(tag: str) -> bool:
    """Whether the client names this very answer. ``If-None-Match: *`` means any, and there may be none."""
    held = request.if_none_match
    return not held.star_tag and held.contains_weak(tag)


def _connection() -> int | None:
    """The descriptor of the connection to the client, where the server gives it."""
    connection = request.environ.get("gunicorn.socket")
    return connection.fileno() if connection else None


def _written(asked: QueryRequest, answer: Answer, fmt: Format | None) -> Response:
    if fmt is HTML:
        return Response(querypage.results(asked, answer), content_type=HTML.content_type)
    return Response(answer.content, content_type=answer.format.content_type)


def _tag(asked: QueryRequest, wanted: Wanted) -> str:
    """What names an answer before it is there: release and program, the query, its dataset, the formats."""
    names = [fmt.name if fmt else "" for fmt in wanted.values()]
    parts = (site().tag, asked.text, *asked.default_graphs, "", *asked.named_graphs, "", *names)
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _cached(response: Response, tag: str | None) -> Response:
    """Let clients keep an answer and ask whether it still holds, unless it may differ the next time.

    The tag is weak: rows may come in another order, which only ORDER BY fixes.
    """
    if tag is None:
        response.cache_control.no_store = True
        return response
    response.set_etag(tag, weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = conditional.MAX_AGE
    return response


@blueprint.errorhandler(ClustergraphError)
def refuse(error: ClustergraphError) -> Response:
    """A refusal: for people with the form and their query in it, else as everywhere."""
    if isinstance(error, ClientGoneError):
        return Response(status="499 Client Closed Request")
    response = errors.answer(error)
    if response.mimetype == HTML.media_type:
        response.set_data(querypage.form(g.get("query"), error))
    if isinstance(error, UnavailableError | TooManyError):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@blueprint.after_request
def announce(response: Response) -> Response:
    """Say that a query may be the body of a QUERY request (RFC 10008, section 3)."""
    response.headers["Accept-Query"] = ", ".join((protocol.QUERY, protocol.FORM))
    return response


@blueprint.after_request
def book(response: Response) -> Response:
    """Book on a client what it was refused for a reason of its own."""
    own_fault = 400 <= response.status_code < 500 and response.status_code not in (429, 499)
    if own_fault and _KEY in current_app.extensions:
        pool().shares.spend(g.client, errors=1)
    return response
