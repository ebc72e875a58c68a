"""``/search``: things by any of their names, kind by kind, with the reason why each was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template

from clustergraph.entities.values import day
from clustergraph.errors import InputError, NotFoundError
from clustergraph.formats import HTML, JSON, Format, by_name
from clustergraph.iris import page_path
from clustergraph.search import LONGEST, Found, Hit
from clustergraph.web import conditional, parameters
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("finding", __name__)
OFFERED = (HTML, JSON)
PARAMETERS = ("q", "kind", "page")
#: How many things of each kind stand on the first page, and how many of one kind on a page of it.
FEW, MANY = 5, 50
#: kind -> what several of it are called.
HEADINGS = {
    "edition": "Editions",
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "region": "Regions",
    "country": "Countries",
    "event": "Related events",
    "session": "Sessions",
    "topic": "Topics",
    "policy": "Policies and programmes",
    "document": "Documents",
    "source": "Sources",
}
#: How a name belongs to a thing -> the words before it.
REASONS = {
    "acronym": "acronym",
    "code": "code",
    "also": "also written",
    "written": "in a source written",
    "where": "held in",
    "publisher": "published by",
}
#: Those after which the name needs no quotation marks.
BARE = ("code", "where", "publisher")


@dataclass(frozen=True)
class Results:
    """What a page of results shows.

    :ivar kind: the one kind asked for, or empty.
    :ivar number: the page, from 1; ``pages``: how many there are.
    """

    text: str
    kind: str
    groups: list[Found]
    number: int
    pages: int

    @property
    def found(self) -> int:
        """How many things were found, of all kinds shown."""
        return sum(group.number for group in self.groups)

    def address(self, kind: str = "", number: int = 1) -> str:
        """The address of a page of results for the same words."""
        asked = {"q": self.text, "kind": kind, "page": str(number) if number > 1 else ""}
        return "/search?" + urlencode({name: text for name, text in asked.items() if text})


@blueprint.get("/search")
@blueprint.get("/search.<any(html, json):ending>")
def show(ending: str = "") -> Response:
    """What was found, by extension in that format, else in what the client accepts."""
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    results = _results()
    response = conditional.respond(fmt, lambda: _body(results, fmt), negotiated=fixed is None)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def reason(hit: Hit) -> str:
    """Why a thing was found, or empty where its own name says so."""
    before = REASONS.get(hit.how, "")
    shown = hit.name if hit.how in BARE else f"“{hit.name}”"
    if hit.how == "name" and hit.name == hit.thing.label:
        shown = ""
    found = " ".join(filter(None, (before, shown)))
    return ": ".join(filter(None, ("similar spelling" if hit.similar else "", found)))


def _results() -> Results:
    parameters.only(PARAMETERS)
    text, kind, number = parameters.single("q", LONGEST), parameters.single("kind", LONGEST), parameters.page_number()
    if kind and kind not in HEADINGS:
        raise InputError(f"kind={kind[:40]!r} is no kind of thing here; allowed are {', '.join(HEADINGS)}")
    most = MANY if kind else FEW
    index = site().index
    groups = index.find(text, most, kind or None, (number - 1) * most) if index else []
    pages = max(1, ceil(groups[0].number / MANY)) if kind and groups else 1
    if number > 1 and not (kind and groups):
        raise NotFoundError(f"there is no page {number} of these results")
    return Results(text, kind, groups, number, pages)


def _body(results: Results, fmt: Format) -> str:
    if fmt is JSON:
        return json.dumps(_json(results), ensure_ascii=False, indent=1) + "\n"
    head = Metadata(
        "Search", "Find editions, people, organisations, places and all else by any name.", address("/search")
    )
    return render_template(
        "search.html",
        results=results,
        headings=HEADINGS,
        reason=reason,
        detail=detail,
        page_path=page_path,
        metadata=head,
    )


def detail(hit: Hit) -> str:
    """What tells a thing from others of its name: a place, a body, a date in words."""
    return day(hit.thing.detail)


def _json(results: Results) -> dict[str, Any]:
    return {
        "q": results.text,
        "found": results.found,
        "page": results.number,
        "pages": results.pages,
        "groups": [
            {
                "kind": group.kind,
                "heading": HEADINGS[group.kind],
                "found": group.number,
                "address": results.address(group.kind),
                "things": [_thing(hit) for hit in group.hits],
            }
            for group in results.groups
        ],
    }


def _thing(hit: Hit) -> dict[str, Any]:
    thing = hit.thing
    return {
        "iri": thing.iri,
        "page": page_path(thing.iri),
        "label": thing.label,
        "detail": detail(hit),
        "took_part_in": thing.weight,
        "found_by": hit.how,
        "name": hit.name,
        "similar": hit.similar,
        "reason": reason(hit),
    }
