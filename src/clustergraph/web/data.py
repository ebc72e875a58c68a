"""``/data/{kind}/{slug}``: the same facts as data, the same graph in every format."""

from __future__ import annotations

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from clustergraph import spreadsheets, writing
from clustergraph.descriptions import describe
from clustergraph.entities.page import find
from clustergraph.formats import CSV, DOCUMENT_FORMATS, Format, by_name
from clustergraph.web import conditional, signposts
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import site

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/<kind>/<path:name>")
def show(kind: str, name: str) -> Response:
    """The data document of a thing: by extension in that format, without one by what the client accepts."""
    slug, _, ending = name.rpartition(".")
    if fmt := by_name(ending, DOCUMENT_FORMATS):
        return _answer(kind, slug, fmt, negotiated=False)
    find(site().graph, kind, name)
    return _answer(kind, name, wanted(DOCUMENT_FORMATS), negotiated=True)


def _answer(kind: str, slug: str, fmt: Format, negotiated: bool) -> Response:
    entity = find(site().graph, kind, slug)
    response = conditional.respond(fmt, lambda: _body(entity, kind, slug, fmt), negotiated)
    response.headers["Link"] = signposts.of_data(kind, slug)
    return response


def _body(entity: NamedNode, kind: str, slug: str, fmt: Format) -> bytes:
    triples = describe(site().graph, entity, kind, slug)
    if fmt is CSV:
        return spreadsheets.statements(sorted(triples, key=lambda triple: (triple.subject != entity, str(triple))))
    return writing.write(triples, fmt, site().context)
