"""``/compare?e={slug}&e={slug}``: editions side by side; without any, a form to choose them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from clustergraph import spreadsheets
from clustergraph.entities.compare import FEWEST, MOST, Comparison, Edition, chosen, compare, edition
from clustergraph.entities.listings import Item
from clustergraph.entities.page import Filled
from clustergraph.entities.sides import Entry, Line, Sides
from clustergraph.entities.values import Value
from clustergraph.errors import MovedError
from clustergraph.formats import CSV, JSON, Format
from clustergraph.iris import kind_and_slug
from clustergraph.web import conditional, parameters
from clustergraph.web.lists import ROBOTS
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("compare", __name__)
PATH = "/compare"
ABOUT = (
    "Editions side by side: when and where, figures, sessions, roles, topics, and who was at more than one of them."
)
COLUMNS = (
    "Panel", "Group", "Line", "Line: page", "Shared by", "Edition", "Edition: permanent address",
    "Value", "Value: page", "Notes", "Sources", "Sources: permanent addresses",
)  # fmt: skip


@blueprint.get(PATH)
@blueprint.get(f"{PATH}.<ending>")
def show(ending: str = "") -> Response:
    """Editions side by side, by extension in that format, else in what the client accepts; or the form."""
    parameters.only(("e",))
    slugs = [slug.strip() for slug in request.args.getlist("e")]
    form = len(slugs) < FEWEST and not ending
    try:
        editions = [edition(site().graph, slug) for slug in (slugs if form else chosen(slugs))]
    except MovedError as moved:
        old, new = moved.old[1], moved.new[1]
        return redirect(path_of([new if slug == old else slug for slug in slugs], ending), 301)
    if form:
        return _form(slugs)
    response = conditional.document(ending, (JSON, CSV), lambda fmt: _body(compare(site().graph, editions), fmt))
    response.headers["X-Robots-Tag"] = ROBOTS
    return response


def path_of(slugs: Sequence[str], ending: str = "") -> str:
    """The address of some editions side by side, or of their data: one for each choice, in whatever order."""
    return f"{PATH}{f'.{quote(ending)}' if ending else ''}?" + "&".join(f"e={quote(slug)}" for slug in sorted(slugs))


def _form(slugs: list[str]) -> Response:
    """The form, with one edition chosen already where the address names one."""
    head = Metadata("Compare editions", ABOUT, address(PATH))
    response = conditional.page(
        lambda: render_template("compare_form.html", metadata=head, bare=not slugs, **_choices(slugs))
    )
    if slugs:
        response.headers["X-Robots-Tag"] = ROBOTS
    return response


def _choices(slugs: Sequence[str]) -> dict[str, object]:
    """What the form needs: the editions of each year, the latest first, and which of them are chosen."""
    listed = [(kind_and_slug(item.iri), item) for item in reversed(site().listings.opening("editions").all_items)]
    items = [(found[1], item) for found, item in listed if found]
    years = [(year, list(those)) for year, those in groupby(items, lambda one: one[0][:4])]
    return {"path": PATH, "years": years, "chosen": slugs, "fewest": FEWEST, "most": MOST, "where": _where}


def _where(item: Item) -> str:
    """Dates and city of an edition in the form."""
    return ", ".join(value.text for cell in item.cells[:3] for value in cell)


def _body(shown: Comparison, fmt: Format) -> str | bytes:
    if fmt is CSV:
        return spreadsheets.write(COLUMNS, _rows(shown))
    if fmt is JSON:
        return json.dumps(_json(shown), ensure_ascii=False, indent=1) + "\n"
    slugs = [one.slug for one in shown.editions]
    data = [(one.media_type, one.label, path_of(slugs, one.name)) for one in (JSON, CSV)]
    title = f"{shown.names[:180]}, compared"
    head = Metadata(title, shown.summary, address(path_of(slugs)), alternates=data)
    page = {"panels": [filled for filled, _ in shown.panels], "sources": shown.sources}
    return render_template(
        "compare.html", shown=shown, page=page, metadata=head, data=data, **_choices(slugs)
    )  # fmt: skip


def _rows(shown: Comparison) -> Iterator[list[str]]:
    """A row for each entry of each edition."""
    for filled, sides in shown.panels:
        for line in sides.lines:
            start = [filled.panel.heading, line.group, line.heading.text, line.heading.href, line.sharing]
            for one, cell in zip(shown.editions, line.cells, strict=True):
                for entry in cell:
                    yield [*start, one.name.text, one.node.value, *_texts(entry)]


def _texts(entry: Entry) -> list[str]:
    notes, sources = (note.text for note in entry.notes), (mark.label.text for mark in entry.marks)
    addresses = " ".join(mark.iri for mark in entry.marks)
    return [_plain(entry.value), entry.value.href, "; ".join(notes), "; ".join(sources), addresses]


def _plain(value: Value) -> str:
    return "/".join(filter(None, (value.moment, value.until))) or value.text


def _json(shown: Comparison) -> dict[str, object]:
    return {
        "about": shown.summary,
        "editions": [
            {"iri": one.node.value, "page": one.name.href, "name": one.label.text} for one in shown.editions
        ],
        "panels": [_panel(filled, sides, shown.editions) for filled, sides in shown.panels],
    }


def _panel(filled: Filled, sides: Sides, editions: list[Edition]) -> dict[str, object]:
    return {
        "heading": filled.panel.heading,
        "query": filled.query_path,
        "lines": [_line(line, editions) for line in sides.lines],
    }


def _line(line: Line, editions: list[Edition]) -> dict[str, object]:
    cells = {
        one.node.value: [_entry(entry) for entry in cell] for one, cell in zip(editions, line.cells, strict=True)
    }
    return {
        "name": line.heading.text,
        "page": line.heading.href,
        "group": line.group,
        "shared": line.shared,
        "editions": cells,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "value": _plain(entry.value),
        "page": entry.value.href,
        "notes": [note.text for note in entry.notes],
        "sources": [{"iri": mark.iri, "label": mark.label.text} for mark in entry.marks],
    }
