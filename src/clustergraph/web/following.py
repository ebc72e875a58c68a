"""``/feeds``: what can be followed, and how, for people."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from clustergraph import iris, queries
from clustergraph.entities.values import Value
from clustergraph.formats import ATOM, ICALENDAR, JSON_FEED
from clustergraph.web import conditional
from clustergraph.web.guides import newest_edition
from clustergraph.web.ldes import ABOUT, OFFERED
from clustergraph.web.metadata import Metadata
from clustergraph.web.pages import NAMES
from clustergraph.web.signposts import CALENDARS
from clustergraph.web.site import address, site

blueprint = Blueprint("following", __name__)


@blueprint.get("/feeds")
def show() -> Response:
    """The page on calendars, feeds and the stream of versions."""
    return conditional.page(_page)


def _page() -> str:
    head = Metadata(
        title="Feeds",
        description="Calendars of the editions, feeds of releases and of changes, and a stream of all versions.",
        canonical=address("/feeds"),
        feeds=[
            (ICALENDAR.media_type, "Calendar of the editions", f"/feeds/editions.{ICALENDAR.name}"),
            (ATOM.media_type, "Releases", f"/feeds/releases.{ATOM.name}"),
            (JSON_FEED.media_type, "Releases (JSON Feed)", f"/feeds/releases.{JSON_FEED.name}"),
        ],
    )
    return render_template(
        "feeds.html",
        countries=_countries(),
        kinds=[(kind, *NAMES[kind]) for kind in CALENDARS if kind != "country"],
        edition=newest_edition(),
        stream=ABOUT,
        formats=OFFERED,
        metadata=head,
    )


def _countries() -> list[tuple[Value, str]]:
    """The countries that have editions, each with the address of its calendar, and how many editions these are."""
    rows = site().graph.select(queries.load("feeds/countries").text)
    return [
        (
            Value(row["countryLabel"].value, f"/feeds/country/{row['country'].value.removeprefix(iris.COUNTRY)}.ics"),
            row["editions"].value,
        )
        for row in rows
    ]
