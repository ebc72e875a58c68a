"""``/sparql/completions.json``: what an editor offers while one types, as the release being served has it."""

from __future__ import annotations

import json

from flask import Blueprint, Response
from pyoxigraph import Literal, NamedNode

from clustergraph import iris, queries
from clustergraph.engine import Engine
from clustergraph.formats import Format
from clustergraph.store import Term
from clustergraph.web import conditional
from clustergraph.web.site import site

blueprint = Blueprint("completions", __name__)
JSON = Format("json", "JSON", "application/json")
#: Beginning of the addresses of things -> beginning of the paths that show them here.
PAGES = {iris.ROOT: "/", iris.NUTS: "/page/region/", iris.COUNTRY: "/page/country/"}


@blueprint.get("/sparql/completions.json")
def show() -> Response:
    """Prefixes, the classes and properties in use with their labels, and where things have their pages."""
    return conditional.respond(JSON, lambda: json.dumps(_completions(site().graph), ensure_ascii=False) + "\n")


def _completions(graph: Engine) -> dict[str, object]:
    return {
        "prefixes": dict(sorted({**iris.SHORT_PREFIXES, **iris.PREFIXES}.items())),
        "classes": _terms(graph, "endpoint/classes"),
        "properties": _terms(graph, "endpoint/properties"),
        "pages": PAGES,
    }


def _terms(graph: Engine, query: str) -> list[dict[str, str]]:
    rows = graph.select(queries.load(query).text)
    return [_term(row["term"], row["label"]) for row in rows if isinstance(row["term"], NamedNode)]


def _term(term: NamedNode, label: Term | None) -> dict[str, str]:
    text = label.value if isinstance(label, Literal) else ""
    return {"iri": term.value, "name": iris.shorten(term.value), "label": text}
