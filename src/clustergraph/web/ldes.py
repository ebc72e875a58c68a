"""``/ldes``: every version of every thing as a Linked Data Event Stream (LDES, TREE), for who wants to keep a copy.

The addresses of pages name all that they depend on, ``/ldes/{older}...{newer}`` for what a release tells anew and
``/ldes/{release}`` for all that the oldest kept one holds, so that they stay true when older releases are deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode, Quad, Triple
from werkzeug.wrappers import Response as Redirect

from clustergraph import iris, releases, versions, writing
from clustergraph.descriptions import LICENCE
from clustergraph.errors import NotFoundError
from clustergraph.formats import HTML, JSON_LD, N_QUADS, N_TRIPLES, TRIG, TURTLE, Format, by_name
from clustergraph.jsonld import Context
from clustergraph.releases import Release
from clustergraph.statements import Values, about, english, named, typed
from clustergraph.versions import GONE, THING, TIME
from clustergraph.web import conditional, parameters, shelf
from clustergraph.web.negotiation import negotiate
from clustergraph.web.site import address, site

blueprint = Blueprint("ldes", __name__)
#: What a page of a stream may be in (LDES server primer).
OFFERED = (TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS)
STREAM = iris.ROOT + "ldes#stream"
#: The shape that every version has; what else it says keeps the shape of its class.
SHAPE = iris.ROOT + "ldes#version"
ABOUT = (
    "Every version of every thing in the graph, parts such as participations and figures included: what the oldest "
    "kept release says of each, then what each later release says of those it changed. A version has the statements "
    "on the thing itself, as properties of its own; a thing that a release no longer describes gets a version of the "
    "class as:Delete. When old releases are deleted, the stream begins with the oldest one left. What "
    "names persons removed at their own request is left out of all pages."
)


@dataclass(frozen=True)
class Part:
    """What a release tells: against an older one, or where there is none, all.

    :ivar number: the page of it, from 1.
    """

    older: Release | None
    newer: Release
    number: int = 1

    @property
    def path(self) -> str:
        """The address of the page."""
        name = f"{self.older.id}...{self.newer.id}" if self.older else self.newer.id
        return f"/ldes/{name}" + (f"?page={self.number}" if self.number > 1 else "")

    @property
    def batches(self) -> tuple[versions.Batch, ...]:
        """What stands on each page of it."""
        older = self.older.path / releases.CANONICAL if self.older else None
        return site().batches(older, self.newer.path / releases.CANONICAL)


@blueprint.get("/ldes")
@blueprint.get("/ldes.<ending>", endpoint="file")
def view(ending: str = "") -> Response | Redirect:
    """The root of the stream, which leads to all of it; people are led to the page on feeds."""
    fmt = _format(ending, (*OFFERED, HTML))
    if fmt is HTML:
        shown = redirect("/feeds#ldes", 303)
        shown.vary.add("Accept")
        return shown
    kept = site().kept()
    parts = [Part(older, newer) for newer, older in zip_longest(kept, kept[1:])]

    def triples() -> Iterator[Triple]:
        yield from _stream()
        yield from about(SHAPE, "sh:NodeShape", {"sh:property": [_property(TIME), _property(THING)]})
        yield from _once(TIME, "sh:datatype", "xsd:dateTime")
        yield from _once(THING, "sh:nodeKind", "sh:IRI")
        yield from _node(address("/ldes"), reversed(parts))

    also = " ".join([address(""), *(release.id for release in kept)])
    return conditional.respond(fmt, lambda: _written(triples(), fmt, site().context), not ending, also)


@blueprint.get("/ldes/<name>")
def page(name: str) -> Response:
    """What a release tells: by extension in that format, else in what the client accepts."""
    parameters.only(("page",))
    older, dots, newer = name.rpartition("...")
    newer, _, ending = newer.partition(".")
    fmt = _format(ending, OFFERED)
    part = Part(_named(older) if dots else None, _named(newer), parameters.page_number())
    if part.number > max(1, len(part.batches)):
        raise NotFoundError(f"there are {len(part.batches)} pages; page={part.number} is none of them")

    def body() -> bytes:
        return _written(_told(part), fmt, part.newer.context())

    return conditional.respond(fmt, body, not ending, also=f"{address('')} {site().forgotten.key}", fixed=True)


def _format(ending: str, offered: tuple[Format, ...]) -> Format:
    fixed = by_name(ending, OFFERED)
    if ending and fixed is None:
        raise NotFoundError(
            f"there is no format {ending[:20]!r} here; take one of {', '.join(fmt.name for fmt in OFFERED)}"
        )
    return fixed or negotiate(request.headers.get("Accept"), offered)


def _named(name: str) -> Release:
    return shelf.named(site().settings.releases, name)


def _stream() -> Iterator[Triple]:
    """What every page says of the stream (LDES, section 2): a client needs no other to read it."""
    said: dict[str, Values] = {
        "dct:title": english("clustergraph: versions of things"),
        "dct:description": english(ABOUT),
        "dct:license": LICENCE,
        "ldes:timestampPath": named(TIME),
        "ldes:versionOfPath": named(THING),
        "ldes:versionDeletePath": named("rdf:type"),
        "ldes:versionDeleteObject": named(GONE),
        "tree:shape": NamedNode(SHAPE),
        "tree:view": NamedNode(address("/ldes")),
        "rdfs:seeAlso": NamedNode(iris.ROOT + "shapes"),
    }
    return about(STREAM, "ldes:EventStream", said)


def _property(curie: str) -> NamedNode:
    return NamedNode(f"{SHAPE}-{curie.partition(':')[2]}")


def _once(curie: str, constraint: str, value: str) -> Iterator[Triple]:
    """That a version has a property once, with one constraint more."""
    one = typed("1", "integer")
    said: dict[str, Values] = {"sh:path": named(curie), "sh:minCount": one, "sh:maxCount": one}
    return about(_property(curie).value, "sh:PropertyShape", said | {constraint: named(value)})


def _told(part: Part) -> Iterator[Triple]:
    yield from _stream()
    batches = part.batches
    hidden = site().hidden(*(release.path for release in (part.older, part.newer) if release))
    further = [Part(part.older, part.newer, part.number + 1)] if part.number < len(batches) else []
    yield from _node(address(part.path), further)
    for batch in batches[part.number - 1 : part.number]:
        for member, said in versions.members(part.newer, batch, hidden):
            yield Triple(NamedNode(STREAM), named("tree:member"), NamedNode(member))
            yield from said


def _node(iri: str, further: Iterable[Part]) -> Iterator[Triple]:
    """A page and where it leads: each further page has versions of one time, so two relations bound it."""
    yield from about(iri, "tree:Node", {})
    for part in further:
        for name, kind in (("from", "GreaterThanOrEqualTo"), ("until", "LessThanOrEqualTo")):
            relation = f"{iri}#{name}-{part.newer.id}"
            yield Triple(NamedNode(iri), named("tree:relation"), NamedNode(relation))
            said: dict[str, Values] = {
                "tree:node": NamedNode(address(part.path)),
                "tree:path": named(TIME),
                "tree:value": typed(part.newer.about.created, "dateTime"),
            }
            yield from about(relation, f"tree:{kind}Relation", said)


def _written(triples: Iterable[Triple], fmt: Format, context: Context) -> bytes:
    if fmt in (TRIG, N_QUADS):
        return writing.write_quads(writing.ordered(Quad(*triple) for triple in triples), fmt)
    return writing.write(triples, fmt, context)
