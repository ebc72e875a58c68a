"""``/data/{kind}/{slug}``: the same facts as data, the same graph in every format."""

from __future__ import annotations

from flask import Blueprint, Response, request

from clustergraph import writing
from clustergraph.descriptions import LICENCE, describe
from clustergraph.entities.page import find
from clustergraph.formats import GRAPH_FORMATS, Format, by_name
from clustergraph.web import conditional
from clustergraph.web.negotiation import negotiate
from clustergraph.web.site import site

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/<kind>/<path:name>")
def show(kind: str, name: str) -> Response:
    """The data document of a thing: by extension in that format, without one by what the client accepts."""
    slug, _, ending = name.rpartition(".")
    if fmt := by_name(ending, GRAPH_FORMATS):
        return _answer(kind, slug, fmt, negotiated=False)
    find(site().graph, kind, name)
    return _answer(kind, name, negotiate(request.headers.get("Accept"), GRAPH_FORMATS), negotiated=True)


def _answer(kind: str, slug: str, fmt: Format, negotiated: bool) -> Response:
    entity = find(site().graph, kind, slug)
    response = conditional.respond(
        fmt, lambda: writing.write(describe(site().graph, entity, kind, slug), fmt, site().context), negotiated
    )
    response.headers["Link"] = (
        f'</page/{kind}/{slug}>; rel="describes"; type="text/html", <{LICENCE.value}>; rel="license"'
    )
    if negotiated:
        response.headers["Content-Location"] = f"/data/{kind}/{slug}.{fmt.name}"
    return response
