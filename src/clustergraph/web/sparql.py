"""``/sparql`` for people, and what else the framework has to answer there: its description, and refusals."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, request

from clustergraph import writing
from clustergraph.errors import (
    ClientGoneError,
    ClustergraphError,
    NotAcceptableError,
    QueryError,
)
from clustergraph.formats import HTML
from clustergraph.pool.messages import Kind
from clustergraph.sparqltext import form
from clustergraph.web import conditional, dated, errors, querypage, servicedescription
from clustergraph.web.asking import OFFERED, wanted
from clustergraph.web.endpoint import CALL, CLIENT, QUERY, REFUSAL, Endpoint, holds
from clustergraph.web.negotiation import offer
from clustergraph.web.protocol import TAKEN, Call
from clustergraph.web.site import address, site

blueprint = Blueprint("sparql", __name__)

_KEY = "clustergraph.endpoint"


def install(app: Flask, answers: Endpoint) -> None:
    """Keep what answers queries with the application, and have it answer those of programs before all else."""
    app.extensions[_KEY] = answers
    app.wsgi_app = answers  # type: ignore[method-assign]


def installed() -> Endpoint:
    """What answers queries in the application that answers the current request."""
    return cast(Endpoint, current_app.extensions[_KEY])


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def endpoint() -> Response:
    """What a program is not answered at once: a page for people, the description of the service, a refusal."""
    if REFUSAL in request.environ:
        raise request.environ[REFUSAL]
    call: Call = request.environ[CALL]
    response = _describe(call) if call.query is None else _page(call, call.query)
    response.vary.add("Accept")
    return response


def _describe(call: Call) -> Response:
    fmt = wanted(call.format, request.headers.get("Accept"))["graph"]
    if fmt is None:
        raise NotAcceptableError(f"the service description is on offer as {offer(OFFERED['graph'])}")
    if fmt is HTML:
        return conditional.respond(HTML, lambda: querypage.form(None))
    described = servicedescription.describe(site().graph, dated.here(address("/sparql")))
    return Response(writing.write(described, fmt, site().context), content_type=fmt.content_type)


def _page(call: Call, query: str) -> Response:
    formats = wanted(call.format, request.headers.get("Accept"))
    if not query.strip():
        return Response(querypage.form(None), content_type=HTML.content_type)
    asked = installed().request(request.environ, call, formats)
    tag = installed().tag(asked, formats)
    if tag and holds(request.environ, tag):
        return _cached(Response(status=304), tag)
    answer = installed().answer(request.environ, asked, installed().tag(asked, asked.formats))
    if formats[answer.kind] is HTML:
        return _cached(Response(querypage.results(asked, answer), content_type=HTML.content_type), tag)
    return _cached(Response(answer.content, content_type=answer.format.content_type), tag)


def _variants() -> tuple[tuple[str, str, str], ...]:
    """The formats of what was asked by GET: ``format`` in the address goes before what the client accepts."""
    call: Call | None = request.environ.get(CALL)
    if call is None or request.method not in ("GET", "HEAD"):
        return ()
    try:
        kind: Kind = "graph" if call.query is None or form(call.query) in ("CONSTRUCT", "DESCRIBE") else "rows"
    except QueryError:
        return ()
    asked = [(name, text) for name, text in request.args.items(multi=True) if name != "format"]
    return tuple(
        (f"/sparql?{urlencode([*asked, ('format', fmt.name)])}", fmt.label, fmt.media_type) for fmt in OFFERED[kind]
    )


def _cached(response: Response, tag: str | None) -> Response:
    """Let clients keep an answer and ask whether it still holds, unless it may be another the next time."""
    if tag is None:
        response.cache_control.no_store = True
        return response
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = conditional.lasting(request.environ)
    return response


@blueprint.errorhandler(ClustergraphError)
def refuse(error: ClustergraphError) -> Response:
    """A refusal: for people with the form and their query in it, else as everywhere."""
    if isinstance(error, ClientGoneError):
        return Response(status="499 Client Closed Request")
    if isinstance(error, NotAcceptableError):
        error.variants = _variants()
    response = errors.answer(error)
    if response.mimetype == HTML.media_type:
        response.set_data(querypage.form(request.environ.get(QUERY), error))
    return response


@blueprint.after_request
def announce(response: Response) -> Response:
    """Say that a query may be the body of a QUERY request (RFC 10008, section 3)."""
    response.headers["Accept-Query"] = TAKEN
    return response


@blueprint.after_request
def book(response: Response) -> Response:
    """Book on a client what it was refused for a reason of its own."""
    own_fault = 400 <= response.status_code < 500 and response.status_code not in (429, 499)
    pool, client = installed().pool, request.environ.get(CLIENT)
    if own_fault and pool and client:
        pool.shares.spend(client, errors=1)
    return response
