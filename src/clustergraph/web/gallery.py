"""``/sparql/examples``: the example queries, for people to open and for programs to read."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, render_template

from clustergraph import examples
from clustergraph.formats import GRAPH_FORMATS
from clustergraph.web import dated, documents
from clustergraph.web.site import address

blueprint = Blueprint("gallery", __name__)
Groups = list[tuple[str, list[examples.Example]]]


def groups() -> Groups:
    """The examples by group."""
    return [(name, list(found)) for name, found in groupby(examples.load(), key=lambda example: example.group)]


@blueprint.get("/sparql/examples")
@blueprint.get("/sparql/examples.<ending>", endpoint="file")
def show(ending: str = "") -> Response:
    """The examples as a page, or as executables in SHACL's terms."""
    return documents.answer(
        ending,
        lambda: render_template("examples.html", groups=groups(), formats=GRAPH_FORMATS),
        lambda: examples.describe(dated.here(address("/sparql"))),
    )
