"""``/between/{kind}/{slug}/{kind}/{slug}``: what connects two; ``/between`` finds a pair by name."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from clustergraph import iris, spreadsheets
from clustergraph.entities.between import KINDS, End, Pair, between, end
from clustergraph.entities.page import Filled
from clustergraph.entities.tables import Row, Table
from clustergraph.errors import NotFoundError
from clustergraph.formats import CSV, JSON, Format
from clustergraph.names import fold
from clustergraph.search import LONGEST, Hit
from clustergraph.web import conditional, parameters, signposts
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("between", __name__)
PATH = "/between"
ABOUT = (
    "What connects two people, organisations, regions or countries: sessions and editions in which both took part, "
    "whom they have in common, the shortest way from one to the other, and who says so."
)
#: Most things offered for a name that fits several of a kind.
OFFERED = 10
#: There are as many pairs as things by things: search engines need not walk through them.
ROBOTS = "noindex, nofollow"


@blueprint.get(f"{PATH}/<kind>/<slug>/<other>/<name>")
def show(kind: str, slug: str, other: str, name: str) -> Response:
    """What connects a pair, by extension in that format, else in what the client accepts."""
    second, _, ending = name.partition(".")
    graph = site().graph
    a, b = end(graph, kind, slug), end(graph, other, second)
    if a.path > b.path:
        return redirect(_path(b, a) + (f".{quote(ending)}" if ending else ""), 301)
    pair = between(graph, site().overviews.ways, a, b)
    response = conditional.document(ending, (JSON, CSV), lambda fmt: _body(pair, fmt))
    response.headers["X-Robots-Tag"] = ROBOTS
    response.headers["Link"] = signposts.of_view(_path(a, b), (JSON, CSV))
    return response


@blueprint.get(PATH)
def form() -> Response:
    """A form for two names; two that are sure lead to the pair, for others it offers who may be meant."""
    parameters.only(("a", "b"))
    asked = [parameters.single(name, LONGEST) for name in ("a", "b")]
    found = [_candidates(text) for text in asked]
    if all(len(hits) == 1 for hits in found):
        response = redirect(f"{PATH}/{found[0][0][0]}/{found[1][0][0]}", 303)
        response.headers["X-Robots-Tag"] = ROBOTS
        return response
    head = Metadata("Between two", ABOUT, address(PATH))
    fields = list(zip(("a", "b"), ("One", "The other"), asked, found, strict=True))
    return conditional.page(lambda: render_template("between_form.html", fields=fields, metadata=head, path=PATH))


def _path(a: End, b: End) -> str:
    return f"{PATH}/{a.path}/{b.path}"


def _candidates(text: str) -> list[tuple[str, str, str]]:
    """Who may be meant by a name, or by ``{kind}/{slug}``: the end of the address, name and detail of each."""
    kind, slash, slug = text.partition("/")
    if slash and kind in KINDS:
        try:
            one = end(site().graph, kind, slug)
        except NotFoundError:
            return []
        return [(one.path, one.name.text, "")]
    index = site().index
    groups = [group for kind in KINDS for group in (index.find(text, OFFERED, kind) if index else [])]
    hits = [hit for group in groups for hit in group.hits]
    exact = [hit for hit in hits if fold(hit.thing.label) == fold(text)]
    return [_candidate(hit) for hit in (exact if len(exact) == 1 else hits)]


def _candidate(hit: Hit) -> tuple[str, str, str]:
    kind, slug = iris.kind_and_slug(hit.thing.iri) or ("", "")
    return f"{kind}/{quote(slug)}", hit.thing.label, hit.thing.detail


def _body(pair: Pair, fmt: Format) -> str | bytes:
    tables = [(filled, filled.content) for filled in pair.panels if isinstance(filled.content, Table)]
    if fmt is CSV:
        return _csv(tables)
    if fmt is JSON:
        document = {
            "about": pair.summary,
            "a": {"iri": pair.a.node.value, "page": pair.a.name.href, "name": pair.a.name.text},
            "b": {"iri": pair.b.node.value, "page": pair.b.name.href, "name": pair.b.name.text},
            "way": [name.text for name in pair.way],
            "panels": [_json(filled, table) for filled, table in tables],
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    path = _path(pair.a, pair.b)
    data = [(one.media_type, one.label, f"{path}.{one.name}") for one in (JSON, CSV)]
    title = f"{pair.a.name.text[:90]} and {pair.b.name.text[:90]}"
    head = Metadata(title, pair.summary[:400], address(path), alternates=data)
    again = urlencode({"a": pair.a.path})
    return render_template("between.html", page=pair, metadata=head, path=path, again=f"{PATH}?{again}")


def _csv(tables: list[tuple[Filled, Table]]) -> bytes:
    headings = list(dict.fromkeys(column.heading for _, table in tables for column in table.columns))
    rows = []
    for filled, table in tables:
        for group in table.groups:
            for row in group.rows:
                cells = _cells(table, row)
                shown = ["; ".join(cells.get(heading, [])) for heading in headings]
                under = group.heading.text if group.heading else ""
                rows.append([filled.panel.heading, under, *shown, "; ".join(_sources(row))])
    return spreadsheets.write(["Panel", "Edition of the session", *headings, "Sources"], rows)


def _json(filled: Filled, table: Table) -> dict[str, object]:
    rows = [
        {"under": group.heading.text if group.heading else "", **_cells(table, row), "sources": _sources(row)}
        for group in table.groups
        for row in group.rows
    ]
    return {"heading": filled.panel.heading, "query": filled.query_path, "rows": rows}


def _cells(table: Table, row: Row) -> dict[str, list[str]]:
    return {column.heading: [value.moment or value.text for value in cell] for column, cell in table.headed(row)}


def _sources(row: Row) -> list[str]:
    """The permanent addresses of the sources of a row."""
    return [mark.iri for mark in row.marks]
