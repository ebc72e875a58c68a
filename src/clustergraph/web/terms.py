"""The vocabularies: every term dereferences, to a page or to data by what the client accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import Blueprint, redirect, render_template
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response

from clustergraph import iris, queries
from clustergraph.entities.page import Page, assemble
from clustergraph.errors import NotFoundError
from clustergraph.formats import GRAPH_FORMATS, HTML, Format, by_name
from clustergraph.web import conditional, documents
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("terms", __name__)


@blueprint.get("/vocabulary")
@blueprint.get("/vocabulary/")
def vocabularies() -> Response:
    """The vocabularies there are."""
    rows = site().graph.select(queries.load("scheme/all").text)
    head = Metadata(
        "Vocabularies", "The lists of terms that facts choose from: roles, kinds, scopes, topics and others.",
        address("/vocabulary/"),
    )  # fmt: skip
    return conditional.page(
        lambda: render_template("vocabularies.html", rows=rows, page_path=iris.page_path, metadata=head)
    )


@blueprint.get("/vocabulary/<name>")
def scheme(name: str) -> Response:
    """A vocabulary with its terms."""
    slug, ending = _without_ending(name)
    return _term(NamedNode(iris.VOCABULARY + _slug(slug)), "scheme", slug, ending)


@blueprint.get("/vocabulary/<scheme>/<name>")
def concept(scheme: str, name: str) -> Response:
    """A term: its definition and where it is used. Topics, ecosystems and policies have a page like other things."""
    slug, ending = _without_ending(name)
    entity = NamedNode(iris.concept(_slug(scheme), _slug(slug)))
    if scheme in iris.PAGED_SCHEMES:
        return _elsewhere(entity, iris.PAGED_SCHEMES[scheme], slug, ending)
    return _term(entity, "concept", slug, ending)


def _elsewhere(entity: NamedNode, kind: str, slug: str, ending: str) -> Response:
    _check(entity)

    def target(fmt: Format) -> str:
        return f"/page/{kind}/{slug}" if fmt is HTML else f"/data/{kind}/{slug}.{fmt.name}"

    offered = (HTML, *GRAPH_FORMATS)
    response = redirect(target(by_name(ending, offered) or wanted(offered, target)), 303)
    response.vary.add("Accept")
    return response


def _term(entity: NamedNode, kind: str, slug: str, ending: str) -> Response:
    _check(entity)
    path = iris.page_path(entity.value) or ""
    return answer(ending, path, lambda: assemble(site().graph, entity, kind, slug), lambda: _triples(entity))


def _triples(entity: NamedNode) -> Iterable[Triple]:
    return site().graph.construct(queries.load("description/term").text, {"entity": entity})


def answer(
    ending: str,
    path: str,
    page: Callable[[], Page],
    triples: Callable[[], Iterable[Triple]],
    more: Callable[[], dict[str, object]] = dict,
) -> Response:
    """A term, for people and for programs.

    :param ending: the extension in the address, or empty.
    :param path: the address without it.
    :param page: makes the page, ``triples`` the data.
    :param more: makes what the template shows beside the page.
    """
    return documents.answer(ending, lambda: render(page(), path, more()), triples)


def render(shown: Page, path: str, more: Mapping[str, object]) -> str:
    """The page of a term at a path, with what its template shows beside its panels."""
    head = Metadata(
        title=shown.heading.label.text,
        description=f"{shown.heading.label.text}, in the ontology and the vocabularies of clustergraph.",
        canonical=address(path),
        alternates=[(fmt.media_type, fmt.label, f"{path}.{fmt.name}") for fmt in GRAPH_FORMATS],
    )
    return render_template("term.html", page=shown, path=path, formats=GRAPH_FORMATS, metadata=head, **more)


def _without_ending(name: str) -> tuple[str, str]:
    slug, _, ending = name.partition(".")
    return slug, ending


def _slug(text: str) -> str:
    if not iris.SLUG.fullmatch(text):
        raise NotFoundError(f"there is no term or vocabulary {text!r} in this release")
    return text


def _check(entity: NamedNode) -> None:
    if not site().graph.ask(queries.load("thing/known").text, {"entity": entity}):
        raise NotFoundError(f"there is no term or vocabulary {entity.value} in this release")
