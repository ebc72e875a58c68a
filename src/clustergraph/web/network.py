"""``/network``: who shared sessions and editions with whom, as a page, CSV and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, render_template

from clustergraph import spreadsheets
from clustergraph.entities.network import (
    FACETS,
    LINKED_BY,
    MOST_ACTORS,
    MOST_LINKS,
    QUERY,
    Link,
    Seen,
    View,
    Wish,
)
from clustergraph.formats import CSV, HTML, JSON, Format, by_name
from clustergraph.search import LONGEST
from clustergraph.web import conditional, parameters
from clustergraph.web.lists import ROBOTS
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("network", __name__)
PATH = "/network"
OFFERED = (HTML, JSON, CSV)
TITLE = "Network"
ABOUT = "Who took part in the same sessions and editions as whom."
PARAMETERS = (*FACETS, "around", "by")
COLUMNS = ("Name", "Permanent address", "With", "With: permanent address", "Sessions shared", "Editions shared")
#: The drawing, where it was bundled; without it the page has its tables alone.
DRAWING = "vendor/network.js"


@blueprint.get(PATH)
@blueprint.get(f"{PATH}.<any(html, json, csv):ending>")
def show(ending: str = "") -> Response:
    """The network, by extension in that format, else in what the client accepts."""
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    view = site().overviews.network.view(_wish())
    response = conditional.respond(fmt, lambda: _body(view, fmt), negotiated=fixed is None)
    if fixed is None:
        response.headers["Content-Location"] = f"{PATH}.{fmt.name}{query_of(view.wish)}"
    if fmt is CSV:
        response.headers["Content-Disposition"] = 'attachment; filename="network.csv"'
    if view.wish != Wish():
        response.headers["X-Robots-Tag"] = ROBOTS
    return response


def query_of(wish: Wish) -> str:
    """What is asked as the query of an address, with its ``?``; empty where nothing is."""
    asked = {name: getattr(wish, name) for name in PARAMETERS if getattr(wish, name) != getattr(Wish(), name)}
    return f"?{urlencode(asked, safe=':')}" if asked else ""


def _wish() -> Wish:
    parameters.only(PARAMETERS)
    asked = {name: parameters.single(name, LONGEST) for name in PARAMETERS}
    return Wish(**{name: text for name, text in asked.items() if text})


def _body(view: View, fmt: Format) -> str | bytes:
    if fmt is CSV:
        return spreadsheets.write(COLUMNS, map(_row, view.links))
    if fmt is JSON:
        return json.dumps(_json(view), ensure_ascii=False, indent=1) + "\n"
    network, query = site().overviews.network, query_of(view.wish)
    data = [(one.media_type, one.label, f"{PATH}.{one.name}{query}") for one in (JSON, CSV)]
    return render_template(
        "network.html",
        view=view,
        choices=[(name, heading, network.choices[name]) for name, heading in FACETS.items()],
        middle=network.actor(view.wish.around) if view.wish.around else None,
        linked_by=LINKED_BY,
        most=(MOST_ACTORS, MOST_LINKS),
        path=PATH,
        query=query,
        panel_query=QUERY,
        drawing=(Path(current_app.static_folder or "") / DRAWING).is_file() and DRAWING,
        metadata=Metadata(TITLE, ABOUT, address(PATH), alternates=data),
    )


def _row(link: Link) -> list[str]:
    ends = (link.one.name.text, link.one.iri, link.other.name.text, link.other.iri)
    return [*ends, str(link.sessions), str(link.editions)]


def _json(view: View) -> dict[str, Any]:
    return {
        "about": ABOUT,
        "evidence": "took-part",
        "chosen": {name: getattr(view.wish, name) for name in PARAMETERS if getattr(view.wish, name)},
        "found": view.found,
        "together": view.together,
        "linked": view.linked,
        "actors": [_actor(seen) for seen in view.actors],
        "links": [
            {"one": link.one.iri, "other": link.other.iri, "sessions": link.sessions, "editions": link.editions}
            for link in view.links
        ],
    }


def _actor(seen: Seen) -> dict[str, Any]:
    actor = seen.actor
    return {
        "iri": actor.iri,
        "page": actor.name.href,
        "name": actor.name.text,
        "kind": actor.kind,
        "group": actor.group,
        "editions": seen.editions,
        "sessions": seen.sessions,
        "links": seen.links,
    }
