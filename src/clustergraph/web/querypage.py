"""The page of the endpoint: a form, and the answer as a table or as Turtle, or what is wrong with the query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template

from clustergraph import queries
from clustergraph.errors import ClustergraphError, QueryError
from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS
from clustergraph.iris import is_web_address, page_path, shorten
from clustergraph.pool import Answer, QueryRequest
from clustergraph.web import gallery, programs

#: The script of the editor, below the static files: made at set-up; without it the form does the same work.
EDITOR = "vendor/editor.js"
#: Rows and characters of Turtle shown on the page; it says how many there are, and every format holds all.
SHOWN_ROWS = 1_000
SHOWN_CHARACTERS = 200_000
#: Longest address given as a link to a query: servers and programs cut longer ones.
LINK_LENGTH = 4_000


@dataclass(frozen=True)
class Cell:
    """A value in the table.

    :ivar text: as people read it.
    :ivar href: where it leads, or None.
    :ivar note: language or datatype, or empty.
    """

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Result:
    """An answer as the page shows it.

    :ivar columns: names of the variables; empty for a graph or a yes or no.
    :ivar rows: the first rows, one cell for each column; None where nothing is bound.
    :ivar total: how many rows there are.
    :ivar text: Turtle, or ``true`` or ``false``, or empty.
    :ivar cut: whether the page shows only the beginning.
    """

    columns: list[str]
    rows: list[list[Cell | None]]
    total: int
    text: str
    cut: bool


@dataclass(frozen=True)
class Mark:
    """Where in a query the engine stopped reading: the line, its number, and the column, both from 1."""

    text: str
    line: int
    column: int


def form(query: str | None, error: ClustergraphError | None = None) -> str:
    """The page without an answer.

    :param query: what stands in the form; None shows an example.
    :param error: why there is no answer.
    """
    asked = query is not None
    return _render(query if query is not None else queries.load("endpoint/first").text, error=error, asked=asked)


def results(asked: QueryRequest, answer: Answer) -> str:
    """The page with an answer in JSON results or Turtle."""
    shown = _turtle(answer) if answer.kind == "graph" else _table(json.loads(answer.content))
    named = [("default-graph-uri", iri) for iri in asked.default_graphs]
    named += [("named-graph-uri", iri) for iri in asked.named_graphs]
    link = "/sparql?" + urlencode([("query", asked.text), *named])
    return _render(
        asked.text,
        asked=True,
        result=shown,
        kind=answer.kind,
        downloads=GRAPH_FORMATS if answer.kind == "graph" else ROW_FORMATS,
        link=link if len(link) <= LINK_LENGTH else None,
        dataset=named,
    )


def _render(query: str, error: ClustergraphError | None = None, **more: Any) -> str:
    return render_template(
        "sparql.html",
        query=query,
        error=error,
        mark=_mark(query, error),
        row_formats=ROW_FORMATS,
        graph_formats=GRAPH_FORMATS,
        **more,
        **(_help(query, error, more.get("dataset", [])) if gallery.blueprint.name in current_app.blueprints else {}),
    )


def _help(query: str, error: ClustergraphError | None, dataset: list[tuple[str, str]]) -> dict[str, Any]:
    """What the page has beside the form where it stands over a release: the editor, examples, programs to copy."""
    return {
        "editor": (Path(current_app.static_folder or "") / EDITOR).is_file() and EDITOR,
        "groups": gallery.groups(),
        "programs": [] if error else programs.of(query, dataset),
    }


def _mark(query: str, error: ClustergraphError | None) -> Mark | None:
    lines = query.split("\n")
    if not isinstance(error, QueryError) or not error.line or not error.column or error.line > len(lines):
        return None
    return Mark(lines[error.line - 1].rstrip("\r"), error.line, error.column)


def _turtle(answer: Answer) -> Result:
    text = answer.content.decode()
    return Result([], [], 0, text[:SHOWN_CHARACTERS], len(text) > SHOWN_CHARACTERS)


def _table(document: dict[str, Any]) -> Result:
    if "boolean" in document:
        return Result([], [], 0, "true" if document["boolean"] else "false", False)
    columns, found = document["head"]["vars"], document["results"]["bindings"]
    rows = [[_cell(row[name]) if name in row else None for name in columns] for row in found[:SHOWN_ROWS]]
    return Result(columns, rows, len(found), "", len(found) > SHOWN_ROWS)


def _cell(term: dict[str, Any]) -> Cell:
    value = term["value"]
    if term["type"] == "uri":
        return Cell(shorten(value), page_path(value) or (value if is_web_address(value) else None))
    if term["type"] == "triple":
        return Cell(" ".join(_cell(value[part]).text for part in ("subject", "predicate", "object")))
    note = term.get("xml:lang") or shorten(term.get("datatype", ""))
    return Cell(value, None, "" if note == "und" else note)  # "undetermined" tells a reader nothing
