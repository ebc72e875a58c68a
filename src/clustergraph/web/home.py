"""The front page, and what this is."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from clustergraph import iris, queries
from clustergraph.web import conditional
from clustergraph.web.site import site

blueprint = Blueprint("home", __name__)
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
    return conditional.page(_home)


def _home() -> str:
    counted = site().graph.select(queries.load("home/counts").text)
    counts = {row["kind"].value: int(row["count"].value) for row in counted}
    editions = site().listings.part("editions", 1)
    recorded = [item for item in editions.items if any(value.text == "recorded" for value in item.cells[-1])]
    return render_template(
        "home.html",
        counts=[(kind, heading, counts.get(kind, 0)) for kind, heading in COUNTED],
        editions=editions,
        latest=recorded[-1] if recorded else None,
        series=iris.page_path(iris.SERIES),
    )


@blueprint.get("/about")
def about() -> Response:
    """What this is, who may use it how, and what it holds of persons."""
    return conditional.page(lambda: render_template("about.html"))
