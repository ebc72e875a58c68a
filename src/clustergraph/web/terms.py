"""The ontology and the vocabularies: every term dereferences, to a page or to data by what the client accepts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from flask import Blueprint, redirect, render_template, request
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response

from clustergraph import iris, queries, writing
from clustergraph.entities.page import Page, assemble
from clustergraph.errors import NotFoundError
from clustergraph.formats import GRAPH_FORMATS, HTML, JSON_LD, Format, by_name
from clustergraph.web import conditional
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import negotiate
from clustergraph.web.site import address, site

blueprint = Blueprint("terms", __name__)
#: How long clients may keep the context, in seconds: its address stays while terms are only ever added.
CONTEXT_AGE = 86_400


@blueprint.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context (JSON-LD 1.1, section 6.1)."""
    body = json.dumps({"@context": site().context.definitions}, ensure_ascii=False, indent=2) + "\n"
    response = conditional.respond(JSON_LD, lambda: body)
    response.cache_control.max_age = CONTEXT_AGE
    return response


@blueprint.get("/ontology")
@blueprint.get("/ontology.<ending>", endpoint="ontology_file")
def ontology(ending: str = "") -> Response:
    """The ontology: classes and properties with definition and origin."""
    entity = NamedNode(iris.ONTOLOGY)
    quads = site().graph.stream(iris.graph("ontology"))
    return _answer(ending, lambda: assemble(site().graph, entity, "ontology", ""), lambda: [q.triple for q in quads])


@blueprint.get("/vocabulary")
@blueprint.get("/vocabulary/")
def vocabularies() -> Response:
    """The vocabularies there are."""
    rows = site().graph.select(queries.load("scheme/all").text)
    return conditional.page(lambda: render_template("vocabularies.html", rows=rows, page_path=iris.page_path))


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
    fmt = by_name(ending, GRAPH_FORMATS) or negotiate(request.headers.get("Accept"), (HTML, *GRAPH_FORMATS))
    response = redirect(f"/page/{kind}/{slug}" if fmt is HTML else f"/data/{kind}/{slug}.{fmt.name}", 303)
    response.vary.add("Accept")
    return response


def _term(entity: NamedNode, kind: str, slug: str, ending: str) -> Response:
    _check(entity)
    return _answer(ending, lambda: assemble(site().graph, entity, kind, slug), lambda: _triples(entity))


def _triples(entity: NamedNode) -> Iterable[Triple]:
    return site().graph.construct(queries.load("description/term").text, {"entity": entity})


def _answer(ending: str, page: Callable[[], Page], triples: Callable[[], Iterable[Triple]]) -> Response:
    fixed = by_name(ending, GRAPH_FORMATS)
    if ending and fixed is None:
        raise NotFoundError(f"there is no format {ending!r} here; take one of ttl, jsonld, nt, rdf")
    fmt: Format = fixed or negotiate(request.headers.get("Accept"), (HTML, *GRAPH_FORMATS))

    def body() -> str | bytes:
        if fmt is HTML:
            return _render(page())
        return writing.write(triples(), fmt, site().context)

    return conditional.respond(fmt, body, negotiated=fixed is None)


def _render(shown: Page) -> str:
    path = request.path.rstrip("/")
    head = Metadata(
        title=shown.heading.label.text,
        description=f"{shown.heading.label.text}, in the ontology and the vocabularies of clustergraph.",
        canonical=address(path),
        alternates=[(fmt.media_type, fmt.label, f"{path}.{fmt.name}") for fmt in GRAPH_FORMATS],
    )
    return render_template("term.html", page=shown, path=path, formats=GRAPH_FORMATS, metadata=head)


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
