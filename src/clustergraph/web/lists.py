"""The lists of all things of a kind: chosen by facets, sorted, in pages; and the same as CSV and JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request

from clustergraph import spreadsheets
from clustergraph.entities.listings import Item, Part
from clustergraph.entities.lists import LISTS
from clustergraph.entities.states import State
from clustergraph.entities.values import Value
from clustergraph.formats import CSV, HTML, JSON, Format, by_name
from clustergraph.search import LONGEST
from clustergraph.web import conditional, parameters
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("lists", __name__)
NAMES = ", ".join(LISTS)
OFFERED = (HTML, JSON, CSV)
#: What every list understands besides its facets.
COMMON = ("q", "sort", "page")
#: Search engines need not walk through every choice there is.
ROBOTS = "noindex, nofollow"


@blueprint.get(f"/<any({NAMES}):name>")
@blueprint.get(f"/<any({NAMES}):name>.<any(html, json, csv):ending>")
def show(name: str, ending: str = "") -> Response:
    """A list, by extension in that format, else in what the client accepts.

    Pages are for people: CSV and JSON hold all that is chosen, or the page that the address names.
    """
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    part = site().listings.part(name, _state(name))
    response = conditional.respond(fmt, lambda: _body(part, fmt), negotiated=fixed is None)
    if fixed is None:
        response.headers["Content-Location"] = f"/{name}.{fmt.name}{part.state.address}"
    if fmt is CSV:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    if not part.state.plain:
        response.headers["X-Robots-Tag"] = ROBOTS
    return response


def _state(name: str) -> State:
    facets = [facet.name for facet in LISTS[name].facets]
    parameters.only([*COMMON, *facets])
    chosen = {(facet, key) for facet in facets for key in request.args.getlist(facet)}
    return State(
        wanted=parameters.single("q", LONGEST),
        chosen=tuple(sorted(chosen)),
        sort=parameters.single("sort", LONGEST),
        number=parameters.page_number(),
    )


def _body(part: Part, fmt: Format) -> str | bytes:
    if fmt is HTML:
        return render_template("list.html", part=part, path=f"/{part.listed.name}", metadata=_metadata(part))
    items = part.items if "page" in request.args else part.all_items
    return _csv(part, items) if fmt is CSV else json.dumps(_json(part, items), ensure_ascii=False, indent=1) + "\n"


def _metadata(part: Part) -> Metadata:
    path = f"/{part.listed.name}"
    data = [(fmt.media_type, fmt.label, f"{path}.{fmt.name}{part.state.address}") for fmt in (JSON, CSV)]
    canonical = address(path + State(number=part.state.number).address)
    return Metadata(part.listed.heading, part.listed.about, canonical, alternates=data)


def _csv(part: Part, items: list[Item]) -> bytes:
    headings = ["Name", "Permanent address", *(column.heading for column in part.listed.columns)]
    rows = (
        [item.name.text, item.iri, *("; ".join(_plain(v) for v in cell) for cell in item.cells)] for item in items
    )
    return spreadsheets.write(headings, rows)


def _plain(value: Value) -> str:
    """A value for programs: dates as ISO 8601, a span of them with a slash."""
    return "/".join(filter(None, (value.moment, value.until))) or value.text


def _json(part: Part, items: list[Item]) -> dict[str, Any]:
    return {
        "list": part.listed.name,
        "about": part.listed.about,
        "q": part.state.wanted,
        "chosen": [{"facet": facet, "key": key} for facet, key in part.state.chosen],
        "evidence": part.evidence,
        "sort": part.sort.name,
        "total": part.total,
        "found": part.found,
        "items": [_item(part, item) for item in items],
        "facets": [
            {
                "name": shown.facet.name,
                "heading": shown.facet.heading,
                "values": [
                    {"key": choice.key, "label": choice.label, "count": choice.count, "chosen": choice.chosen}
                    for choice in shown.choices
                ],
            }
            for shown in part.facets
        ],
    }


def _item(part: Part, item: Item) -> dict[str, Any]:
    cells = {
        column.variable: [_plain(v) for v in cell]
        for column, cell in zip(part.listed.columns, item.cells, strict=True)
    }
    return {"iri": item.iri, "page": item.name.href, "name": item.name.text, **cells}
