"""The front page, and what this is."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from clustergraph import iris
from clustergraph.changes import Difference
from clustergraph.descriptions import DATASET, LICENCE
from clustergraph.entities.changed import Words
from clustergraph.formats import ATOM, DUMP_FORMATS, ICALENDAR, JSON_FEED
from clustergraph.web import conditional, metadata, signposts
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("home", __name__)
TITLE = "Clusters meet Regions, edition by edition"
LEAD = "Who took part, in which role, for which organisation, in which region, in what numbers, and who says so."
#: What the front page counts: list and heading.
COUNTED = (
    ("editions", "editions"),
    ("countries", "host countries"),
    ("sessions", "sessions"),
    ("people", "people"),
    ("organisations", "organisations"),
    ("sources", "sources"),
)


@blueprint.get("/")
def home() -> Response:
    """What this is in one sentence, how much it knows, every edition, and the doors to the rest."""
    news = site().news()
    response = conditional.page(lambda: _home(news), also=news.older.id if news else "nothing earlier")
    response.headers["Link"] = signposts.of_home()
    return response


@blueprint.get("/dataset")
def dataset() -> Response:
    """The address of the dataset itself, which every data document names: 303 to the page about it."""
    return redirect("/", 303)


def _home(news: Difference | None) -> str:
    overviews = site().overviews
    editions = site().listings.opening("editions")
    recorded = (one for one in reversed(editions.all_items) if any(it.text == "recorded" for it in one.cells[-1]))
    return render_template(
        "home.html",
        panels=overviews.home,
        counts=[(kind, heading, overviews.counts.get(kind, 0)) for kind, heading in COUNTED],
        editions=editions,
        latest=next(recorded, None),
        news=news,
        arrived=Words(news, site().release.id).arrived() if news else [],
        series=iris.page_path(iris.SERIES),
        metadata=_metadata(),
        iri=iris.ROOT,
        citation=metadata.citation(TITLE, iris.ROOT),
    )


def _metadata() -> Metadata:
    """The front page is the page of the dataset."""
    about = site().release.about
    downloads = [
        {
            "@type": "DataDownload",
            "contentUrl": address(f"/dumps/latest/clustergraph.{fmt.name}"),
            "encodingFormat": fmt.media_type,
        }
        for fmt in DUMP_FORMATS
    ]
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET.value,
        "name": TITLE,
        "description": LEAD,
        "url": address("/"),
        "license": LICENCE.value,
        "isAccessibleForFree": True,
        "version": about.id,
        "distribution": downloads,
    }
    files = [(fmt.media_type, fmt.label, f"/dumps/latest/clustergraph.{fmt.name}") for fmt in DUMP_FORMATS]
    feeds = [
        (ICALENDAR.media_type, "Calendar of the editions", f"/feeds/editions.{ICALENDAR.name}"),
        (ATOM.media_type, "Releases", f"/feeds/releases.{ATOM.name}"),
        (JSON_FEED.media_type, "Releases (JSON Feed)", f"/feeds/releases.{JSON_FEED.name}"),
    ]
    return Metadata(TITLE, LEAD, address("/"), alternates=files, statements=[described], feeds=feeds)
