"""``/id/{kind}/{slug}``: a thing is not a document; 303 leads to the page or the data about it (Cool URIs)."""

from __future__ import annotations

from flask import Blueprint, redirect
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from clustergraph import iris, queries
from clustergraph.entities import removals
from clustergraph.entities.page import find
from clustergraph.formats import DOCUMENT_FORMATS, HTML, Format
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import site

blueprint = Blueprint("things", __name__)


@blueprint.get("/id/<kind>/<path:slug>")
def thing(kind: str, slug: str) -> Response:
    """303 to the page of a thing, or to its data, by what the client accepts."""
    kind, slug, page = _shown_at(kind, slug)

    def target(fmt: Format) -> str:
        return page if fmt is HTML else f"/data/{kind}/{slug}.{fmt.name}"

    response = redirect(target(wanted((HTML, *DOCUMENT_FORMATS), target)), 303)
    response.vary.add("Accept")
    return response


def _shown_at(kind: str, slug: str) -> tuple[str, str, str]:
    """Kind and slug of the thing whose data hold a thing, and the address at which that is shown."""
    graph, iri = site().graph, iris.thing(kind, slug)
    if kind in iris.KINDS:
        find(graph, kind, slug)
        return kind, slug, f"/page/{kind}/{slug}"
    named = iris.SLUG.fullmatch(kind) and iris.SLUG.fullmatch(slug)
    if named and graph.ask(queries.load("thing/known").text, {"entity": NamedNode(iri)}):
        if kind in iris.PART_KINDS:
            return "edition", slug.partition("--")[0], iris.page_path(iri) or ""
        if about := graph.select(queries.load("decision/about").text, {"entity": NamedNode(iri)}):
            kind, slug = iris.kind_and_slug(about[0]["thing"].value) or (kind, slug)
            return kind, slug, f"/page/{kind}/{slug}#editors-decisions"
    raise removals.missing(graph, kind, slug)
