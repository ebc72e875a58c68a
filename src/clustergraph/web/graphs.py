"""``/graph/{name}``: a named graph by its own address (SPARQL 1.1 Graph Store HTTP Protocol, section 4.1)."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from clustergraph import iris, writing
from clustergraph.errors import NotFoundError
from clustergraph.formats import GRAPH_FORMATS, HTML, by_name
from clustergraph.web import conditional
from clustergraph.web.negotiation import beside, wanted
from clustergraph.web.site import site

blueprint = Blueprint("graphs", __name__)
EDITION = "edition/"


@blueprint.get("/graph/<path:name>")
def show(name: str) -> Response | Redirect:
    """The statements of a named graph, by extension in that format, else in what the client accepts.

    People are led to the page that shows them.
    """
    stem, _, ending = name.rpartition(".")
    fixed = by_name(ending, GRAPH_FORMATS)
    name = stem if fixed else name
    graph = iris.graph(name)
    if graph not in site().graph.graph_names():
        raise NotFoundError(f"there is no graph {name!r} in this release; /void and the endpoint list them")
    page = f"/page/{name}" if name.startswith(EDITION) else "/void"
    fmt = fixed or wanted((*GRAPH_FORMATS, HTML), lambda fmt: page if fmt is HTML else beside(fmt))
    if fmt is HTML:
        shown = redirect(page, 303)
        shown.vary.add("Accept")
        return shown

    def body() -> bytes:
        return writing.write((quad.triple for quad in site().graph.stream(graph)), fmt, site().context)

    return conditional.respond(fmt, body, negotiated=fixed is None)
