"""``/sparql/examples``: the example queries, for people to open and for programs to read."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, render_template

from clustergraph import examples, writing
from clustergraph.formats import GRAPH_FORMATS, HTML, Format
from clustergraph.web import conditional, dated
from clustergraph.web.site import address, site

blueprint = Blueprint("gallery", __name__)
Groups = list[tuple[str, list[examples.Example]]]


def groups() -> Groups:
    """The examples by group."""
    return [(name, list(found)) for name, found in groupby(examples.load(), key=lambda example: example.group)]


@blueprint.get("/sparql/examples")
@blueprint.get("/sparql/examples.<ending>", endpoint="file")
def show(ending: str = "") -> Response:
    """The examples as a page, or as executables in SHACL's terms."""

    def body(fmt: Format) -> str | bytes:
        if fmt is HTML:
            return render_template("examples.html", groups=groups(), formats=GRAPH_FORMATS)
        return writing.write(examples.describe(dated.here(address("/sparql"))), fmt, site().context)

    return conditional.document(ending, GRAPH_FORMATS, body)
