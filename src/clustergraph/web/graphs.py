"""``/graph/{name}``: a named graph by its own address (SPARQL 1.1 Graph Store HTTP Protocol, section 4.1)."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from clustergraph import iris, writing
from clustergraph.errors import NotFoundError
from clustergraph.formats import GRAPH_FORMATS, HTML
from clustergraph.web import conditional
from clustergraph.web.negotiation import negotiate
from clustergraph.web.site import site

blueprint = Blueprint("graphs", __name__)
EDITION = "edition/"


@blueprint.get("/graph/<path:name>")
def show(name: str) -> Response | Redirect:
    """The statements of a named graph; people are led to the page that shows them."""
    graph = iris.graph(name)
    if graph not in site().graph.graph_names():
        raise NotFoundError(f"there is no graph {name!r} in this release; /void and the endpoint list them")
    fmt = negotiate(request.headers.get("Accept"), (*GRAPH_FORMATS, HTML))
    if fmt is HTML:
        shown = redirect(f"/page/{name}" if name.startswith(EDITION) else "/void", 303)
        shown.vary.add("Accept")
        return shown

    def body() -> bytes:
        return writing.write((quad.triple for quad in site().graph.stream(graph)), fmt, site().context)

    return conditional.respond(fmt, body, negotiated=True)
