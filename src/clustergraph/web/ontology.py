"""``/ontology``: the document that the hash IRIs of our terms lead to, a page for each term, and the JSON-LD context.

``…/ontology#Edition`` is a fragment of ``/ontology`` and leads there, in any format; ``/ontology/Edition`` is the
page about it alone. A term of another vocabulary has a page too, ``/ontology/dct:title``: what it is used for here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

from flask import Blueprint, redirect
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response

from clustergraph import iris, queries, releases, writing
from clustergraph.entities.page import assemble
from clustergraph.entities.panels import bound
from clustergraph.errors import NotFoundError
from clustergraph.formats import JSON_LD, TURTLE
from clustergraph.releases import Release
from clustergraph.statements import about
from clustergraph.web import conditional, dated, documents
from clustergraph.web.site import site
from clustergraph.web.terms import answer, render

blueprint = Blueprint("ontology", __name__)
#: How long clients may keep the context, in seconds: its address stays while terms are only ever added.
CONTEXT_AGE = 86_400
#: The name of a term, or the number of a version, and an extension.
NAME = re.compile(r"(\w+(?::\w+)?)(?:\.(\w+))?", re.ASCII)
VERSION = re.compile(r"(\d+\.\d+\.\d+)(?:\.(\w+))?", re.ASCII)
ENTITY = NamedNode(iris.ONTOLOGY)
#: Most values of one property in an example.
MOST = 3


@blueprint.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context (JSON-LD 1.1, section 6.1)."""
    body = json.dumps({"@context": site().context.definitions}, ensure_ascii=False, indent=2) + "\n"
    response = conditional.respond(JSON_LD, lambda: body)
    response.cache_control.max_age = CONTEXT_AGE
    return response


@blueprint.get("/ontology")
@blueprint.get("/ontology.<ending>", endpoint="file")
def document(ending: str = "") -> Response:
    """The ontology: the model as a drawing, and all terms with definition and origin."""
    kept = _kept()
    beside = {"version": f"{iris.ONTOLOGY}/{_version()}", "versions": kept}
    quads = site().graph.stream(iris.graph("ontology"))
    return documents.answer(
        ending,
        lambda: render(assemble(site().graph, ENTITY, "ontology", ""), "/ontology", beside),
        lambda: [*(quad.triple for quad in quads), *_prior(kept)],
        " ".join(f"{number} {release.id}" for number, release in kept.items()) if len(kept) > 1 else "",
    )


@blueprint.get("/ontology/<name>")
def term(name: str) -> Response:
    """A term, or the ontology under the address of its version (OWL 2, section 3.1)."""
    if version := VERSION.fullmatch(name):
        return _of_version(*version.groups(default=""))
    found = NAME.fullmatch(name)
    entity = NamedNode(iris.term(found[1])) if found else ENTITY
    if not found or not site().graph.select(queries.load("ontology/declared").text, {"entity": entity}):
        raise NotFoundError(f"the ontology has no term {name[:80]!r}; /ontology lists them")
    return answer(
        found[2] or "",
        iris.term_path(entity.value),
        lambda: assemble(site().graph, entity, "declared", found[1]),
        lambda: site().graph.construct(queries.load("description/declared").text, {"entity": entity}),
        lambda: _beside(entity),
    )


def _version() -> str:
    rows = site().graph.select(queries.load("ontology/version").text, {"entity": ENTITY})
    return rows[0]["version"].value if rows else ""


def _of_version(number: str, ending: str) -> Response:
    """The ontology of a version: that of the release being served, or of the newest kept one that has it."""
    if number == _version():
        return document(ending)
    kept = _kept()
    if number not in kept:
        raise NotFoundError(
            f"no release that is kept has version {number} of the ontology; there are {', '.join(kept)}"
        )
    response = redirect(dated.link(f"/ontology.{ending}" if ending else "/ontology", kept[number].id), 303)
    response.headers["Cache-Control"] = conditional.SOON
    return response


def _kept() -> dict[str, Release]:
    """Version of the ontology -> the newest kept release that has it; the newest version first."""
    found: dict[str, Release] = {}
    for release in site().kept():
        found.setdefault(site().ontology_version(release.path / releases.CANONICAL), release)
    return {number: found[number] for number in sorted(filter(VERSION.fullmatch, found), key=_order, reverse=True)}


def _order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _prior(kept: Iterable[str]) -> Iterable[Triple]:
    """The statement on the version before that of the release being served, where a kept release has one."""
    before = [number for number in kept if _order(number) < _order(_version())][:1]
    return about(ENTITY.value, "", {"owl:priorVersion": [NamedNode(f"{iris.ONTOLOGY}/{each}") for each in before]})


def _beside(entity: NamedNode) -> dict[str, object]:
    """What stands on the page of a term beside its panels."""
    rules = site().rules
    return {
        "curie": iris.shorten(entity.value),
        "example": _example(entity),
        "shapes": rules.of_class(entity.value),
        "parts": rules.of_property(entity.value),
    }


def _example(entity: NamedNode) -> str:
    """The first thing of a class, or the first use of a property, as Turtle; empty where the data have none."""
    rows = site().graph.select(queries.load("ontology/examples").text, {"entity": entity})
    if not rows:
        return ""
    own = site().graph.construct(queries.load("description/own").text, {"entity": rows[0]["thing"]})
    if bound(rows[0], "value") is not None:
        own = {triple for triple in own if triple.predicate in (entity, writing.RDF_TYPE)}
    return writing.write(_few(own), TURTLE, site().context).decode()


def _few(triples: set[Triple]) -> list[Triple]:
    seen: Counter[NamedNode] = Counter()
    kept = []
    for triple in sorted(triples, key=str):
        seen[triple.predicate] += 1
        if seen[triple.predicate] <= MOST:
            kept.append(triple)
    return kept
