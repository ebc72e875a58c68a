"""What is written for crawlers: ``/robots.txt`` (RFC 9309), and the site maps (sitemaps.org) of every page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from clustergraph import queries
from clustergraph.entities.lists import LISTS
from clustergraph.errors import NotFoundError
from clustergraph.formats import Format
from clustergraph.iris import RECORD, page_path
from clustergraph.web import conditional
from clustergraph.web.guides import GUIDES
from clustergraph.web.site import address, site

blueprint = Blueprint("crawlers", __name__)
TEXT = Format("txt", "Plain text", "text/plain", (), True)
SITEMAP = Format("xml", "Site map", "application/xml")
#: Most addresses in one site map, by its protocol.
MOST = 50_000
#: Pages that stand for no single thing.
GENERAL = (
    "/",
    *(f"/{name}" for name in GUIDES),
    "/developers",
    *(f"/{name}" for name in LISTS),
    "/between",
    "/compare",
    "/countries/matrix",
    "/network",
    "/ontology",
    "/vocabulary/",
    "/shapes",
    "/validation",
    "/dumps/",
    "/releases",
    "/feeds",
    "/catalogue",
    "/void",
)
#: Each address with a query is a view of what other addresses hold; style sheets carry their version in one.
ROBOTS = """User-agent: *
Disallow: /*?
Disallow: /queries/
Disallow: /search
Disallow: /sparql
Allow: /static/
Allow: /sparql/examples

Sitemap: {}
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers are asked to leave alone: queries, and lists as somebody filtered them."""
    return conditional.respond(TEXT, lambda: ROBOTS.format(address("/sitemap.xml")))


@blueprint.get("/sitemap.xml")
def sitemaps() -> Response:
    """The site maps there are."""

    def body() -> str:
        maps = range(1, 1 + -(-len(_paths()) // MOST))
        return render_template("sitemaps.xml", addresses=[address(f"/sitemap-{number}.xml") for number in maps])

    return conditional.respond(SITEMAP, body)


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap(number: int) -> Response:
    """One site map: at most :data:`MOST` pages."""
    shown = _paths()[(number - 1) * MOST : number * MOST] if number else []
    if not shown:
        raise NotFoundError(f"there is no site map {number}; /sitemap.xml lists them")
    return conditional.respond(SITEMAP, lambda: render_template("sitemap.xml", addresses=list(map(address, shown))))


def _paths() -> list[str]:
    """The path of every page."""
    things = site().graph.select(queries.load("site/pages").text)
    editions = site().graph.select(queries.load("site/records").text)
    return [
        *GENERAL,
        *(path for row in things if (path := page_path(row["thing"].value))),
        *(f"{path}{RECORD}" for row in editions if (path := page_path(row["edition"].value))),
    ]
