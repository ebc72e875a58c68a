"""What a page says of itself in its head: its address, its data, a description, and its facts for search engines."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from clustergraph.entities import schemaorg, values
from clustergraph.entities.page import Page
from clustergraph.web import signposts
from clustergraph.web.site import address, site

#: Most characters of a title or a description: search engines cut longer ones.
LONGEST = 200
SERIES = "clustergraph, a knowledge graph of the event series Clusters meet Regions"


@dataclass(frozen=True)
class Metadata:
    """The head of a page.

    :ivar title: what the page is called, without the name of the site.
    :ivar description: a sentence on what it shows.
    :ivar canonical: its public address.
    :ivar og_type: its class in the Open Graph protocol.
    :ivar alternates: its data: media type, name of the format, path.
    :ivar feeds: how to follow it: media type, name of the feed, path.
    :ivar statements: its facts in the words of schema.org, as JSON-LD.
    """

    title: str
    description: str
    canonical: str
    og_type: str = "website"
    alternates: list[tuple[str, str, str]] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)
    feeds: list[tuple[str, str, str]] = field(default_factory=list)


def of_page(page: Page, kind_name: str, list_path: str, list_name: str) -> Metadata:
    """The head of the page of a thing.

    :param kind_name: its kind in words.
    :param list_path: the list it stands in, and ``list_name`` what that is called.
    """
    steps = [(list_name, list_path), (page.heading.label.text, page.thing_path)]
    record = [("Record", page.path)] if page.record else []
    return Metadata(
        title=shorten(page.title, LONGEST, placeholder=" …"),
        description=_description(page, kind_name),
        canonical=address(page.path),
        og_type="profile" if page.kind == "person" else "website",
        alternates=signposts.alternates(page.kind, page.slug),
        statements=[
            *([] if page.record else [schemaorg.of(page, address)]),
            schemaorg.breadcrumbs([*steps, *record], address),
        ],
        feeds=signposts.feeds(page.kind, page.slug),
    )


def citation(title: str, iri: str) -> str:
    """How to cite a page: what it is called, where it stands, in which release, and its permanent address."""
    about = site().release.about
    return f"“{title}”, in: {SERIES}, release {about.id}, {values.day(about.created[:10])}. CC BY 4.0. {iri}"


def _description(page: Page, kind_name: str) -> str:
    dates = [page.heading.dates.text] if page.heading.dates else []
    first = ", ".join([kind_name, *dates, *(place.text for place in page.heading.places)])
    shown = "; ".join(filled.panel.heading for filled in page.panels)
    return shorten(f"{first}. With the source of every fact: {shown}", LONGEST, placeholder=" …")
