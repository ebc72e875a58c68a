"""``/countries/matrix``: which countries hosted people and bodies from which, as a page, CSV and JSON."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template

from clustergraph import spreadsheets
from clustergraph.entities.matrix import QUERY, Matrix, Pair
from clustergraph.formats import CSV, HTML, JSON, Format, by_name
from clustergraph.web import conditional
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("matrix", __name__)
PATH = "/countries/matrix"
OFFERED = (HTML, JSON, CSV)
TITLE = "Hosts and guests"
ABOUT = "In which countries editions were held, and from which countries those were who took part in them."
COLUMNS = ("Host", "Host: permanent address", "Guest", "Guest: permanent address", "People", "Bodies", "Editions")


@blueprint.get(PATH)
@blueprint.get(f"{PATH}.<any(html, json, csv):ending>")
def show(ending: str = "") -> Response:
    """The matrix, by extension in that format, else in what the client accepts."""
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    response = conditional.respond(fmt, lambda: _body(site().overviews.matrix, fmt), negotiated=fixed is None)
    if fmt is CSV:
        response.headers["Content-Disposition"] = 'attachment; filename="hosts-and-guests.csv"'
    return response


def _body(matrix: Matrix, fmt: Format) -> str | bytes:
    if fmt is CSV:
        return spreadsheets.write(COLUMNS, (_row(pair) for pair in matrix.pairs))
    if fmt is JSON:
        document = {"about": ABOUT, "evidence": "took-part", "pairs": [_json(pair) for pair in matrix.pairs]}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    data = [(one.media_type, one.label, f"{PATH}.{one.name}") for one in (JSON, CSV)]
    head = Metadata(TITLE, ABOUT, address(PATH), alternates=data)
    return render_template("matrix.html", matrix=matrix, metadata=head, query=QUERY, path=PATH)


def _row(pair: Pair) -> list[str]:
    counts = (pair.people, pair.organisations, pair.editions)
    return [pair.host.text, pair.host_iri, pair.guest.text, pair.guest_iri, *map(str, counts)]


def _json(pair: Pair) -> dict[str, object]:
    return {
        "host": {"iri": pair.host_iri, "page": pair.host.href, "name": pair.host.text},
        "guest": {"iri": pair.guest_iri, "page": pair.guest.href, "name": pair.guest.text},
        "people": pair.people,
        "organisations": pair.organisations,
        "editions": pair.editions,
    }
