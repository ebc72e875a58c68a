"""``/catalogue`` and ``/void``: what is published here, for harvesters (DCAT-AP 3.0.1, VoID) and for people."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as Redirect

from clustergraph import releases
from clustergraph.dcat import catalogue, distributions, void
from clustergraph.dcat.publication import CATALOGUE, DESCRIPTION, TITLE, Publication
from clustergraph.formats import GRAPH_FORMATS
from clustergraph.iris import page_path, shorten
from clustergraph.web import documents
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/catalogue")
@blueprint.get("/catalogue.<ending>", endpoint="file")
def show(ending: str = "") -> Response:
    """The catalogue: datasets, their files, the service."""
    kept = " ".join(release.id for release in site().kept())
    return documents.answer(
        ending, lambda: _page(publication()), lambda: catalogue.describe(publication()), also=kept
    )


@blueprint.get("/void")
@blueprint.get("/void.<ending>", endpoint="void_file")
def describe(ending: str = "") -> Response:
    """The graph described by its sizes, classes, properties and links."""
    return documents.answer(ending, lambda: _void(publication()), lambda: void.describe(publication()))


@blueprint.get("/.well-known/void")
def well_known() -> Redirect:
    """Where VoID's section 7.2 has programs look for the description."""
    return redirect("/void", 302)


def publication() -> Publication:
    """What is published here: the release that is served and all that are kept beside it."""
    settings = site().settings
    return Publication(
        base=address(""),
        release=site().release,
        graph=site().graph,
        kept=releases.all_in(settings.releases),
        contact=settings.contact or address("/about#corrections"),
    )


def _page(shown: Publication) -> str:
    return render_template(
        "catalogue.html",
        title=TITLE,
        about=DESCRIPTION,
        iri=CATALOGUE,
        release=shown.release,
        kept=shown.kept,
        files=distributions.files(shown.release),
        formats=GRAPH_FORMATS,
        metadata=_head("Catalogue", "What is published here: files, endpoint, releases, licence.", "/catalogue"),
    )


def _void(shown: Publication) -> str:
    return render_template(
        "void.html",
        iri=void.VOID,
        release=shown.release,
        classes=[(_term(row["class"].value), row["entities"].value) for row in void.rows(shown, "classes")],
        properties=[
            (_term(row["property"].value), row["triples"].value, row["subjects"].value, row["objects"].value)
            for row in void.rows(shown, "properties")
        ],
        links=[
            (_term(row["property"].value), void.register(row["register"].value), row["triples"].value)
            for row in void.rows(shown, "links")
        ],
        formats=GRAPH_FORMATS,
        metadata=_head("Sizes and links", "How much the graph holds, by class, by property, by link.", "/void"),
    )


def _term(iri: str) -> tuple[str, str | None]:
    """A class or property as people read it, and the address of its documentation here, or None."""
    return shorten(iri), page_path(iri)


def _head(title: str, description: str, path: str) -> Metadata:
    return Metadata(
        title=title,
        description=description,
        canonical=address(path),
        alternates=[(fmt.media_type, fmt.label, f"{path}.{fmt.name}") for fmt in GRAPH_FORMATS],
    )
