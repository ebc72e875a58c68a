"""``/page/{kind}/{slug}``: what is known of a thing, for people, and what an edition's page was made from."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from pyoxigraph import NamedNode

from clustergraph.entities.page import Page, assemble, find, has_record
from clustergraph.errors import NotFoundError
from clustergraph.iris import RECORD, page_path
from clustergraph.web import conditional, findings, metadata, signposts
from clustergraph.web.site import site

blueprint = Blueprint("pages", __name__)

#: kind -> its name in words, and the list it stands in: path and heading.
NAMES: dict[str, tuple[str, str, str]] = {
    "series": ("Event series", "/", "Home"),
    "edition": ("Edition", "/editions", "Editions"),
    "session": ("Session", "/sessions", "Sessions"),
    "event": ("Related event", "/events", "Related events"),
    "person": ("Person", "/people", "People"),
    "organisation": ("Organisation", "/organisations", "Organisations"),
    "place": ("Place", "/places", "Places"),
    "region": ("Region", "/regions", "Regions"),
    "country": ("Country", "/countries", "Countries"),
    "topic": ("Topic", "/topics", "Topics"),
    "policy": ("Policy or programme", "/topics", "Topics"),
    "source": ("Source", "/sources", "Sources"),
    "document": ("Document", "/documents", "Documents"),
}


@blueprint.get("/page/<kind>/<path:slug>")
def show(kind: str, slug: str) -> Response:
    """The page of a thing."""
    return _answer(find(site().graph, kind, slug), kind, slug)


@blueprint.get(f"/page/edition/<slug>{RECORD}")
def show_record(slug: str) -> Response:
    """The page of what the page of an edition was made from."""
    kind = "edition"
    entity = find(site().graph, kind, slug)
    if not has_record(site().graph, entity, kind):
        raise NotFoundError(f"no source was read for {slug!r}; what is known is at {page_path(entity.value)}")
    return _answer(entity, kind, slug, record=True)


def _answer(entity: NamedNode, kind: str, slug: str, record: bool = False) -> Response:
    response = conditional.page(lambda: _render(assemble(site().graph, entity, kind, slug, record)))
    response.headers["Link"] = signposts.of_page(entity.value, kind, slug)
    return response


def _render(shown: Page) -> str:
    name, list_path, list_name = NAMES[shown.kind]
    return render_template(
        "page.html",
        page=shown,
        findings=[(one, findings.href(one)) for one in findings.of_page(site().report, shown.path)],
        kind_name=name,
        list_path=list_path,
        list_name=list_name,
        metadata=metadata.of_page(shown, name, list_path, list_name),
        citation=metadata.citation(shown.title, shown.iri),
    )
