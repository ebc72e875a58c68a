"""``/shapes``: every rule that the release was validated by, in words and in SHACL's terms."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from pyoxigraph import RdfFormat

from clustergraph import queries, releases
from clustergraph.formats import GRAPH_FORMATS, HTML, TURTLE, Format
from clustergraph.iris import ROOT, shorten, term_path
from clustergraph.web import conditional
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("shapes", __name__)
TITLE = "Rules on the data"


@blueprint.get("/shapes")
@blueprint.get("/shapes.<ending>", endpoint="file")
def show(ending: str = "") -> Response:
    """The rulebook of the release, for people and for programs."""
    return conditional.document(ending, GRAPH_FORMATS, _body)


def _body(fmt: Format) -> str | bytes:
    if fmt is TURTLE:
        return (site().release.path / releases.RULES).read_bytes()
    if isinstance(fmt.engine, RdfFormat):
        return site().rules.write(fmt.engine)
    assert fmt is HTML
    rows = site().graph.select(queries.load("ontology/declared").text)
    return render_template(
        "shapes.html",
        declared={row["entity"].value for row in rows},
        rules=site().rules,
        broken={finding.rule for finding in site().report.findings},
        term_path=term_path,
        shorten=shorten,
        formats=GRAPH_FORMATS,
        iri=ROOT + "shapes",
        metadata=Metadata(
            TITLE,
            "Every rule that the data of this release were checked by, by class: what must hold, and what to do.",
            address("/shapes"),
            alternates=[(fmt.media_type, fmt.label, f"/shapes.{fmt.name}") for fmt in GRAPH_FORMATS],
        ),
    )
