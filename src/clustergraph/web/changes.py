"""``/releases/{older}...{newer}``: what changed between two kept releases, in words, as tables and as RDF Patch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context
from pyoxigraph import Literal, NamedNode

from clustergraph import changes, iris, patches, releases, spreadsheets
from clustergraph.changes import Change, Difference, Fact, Node
from clustergraph.entities import values
from clustergraph.entities.changed import Words, chosen, left_out
from clustergraph.entities.states import State
from clustergraph.errors import GoneError, NotFoundError
from clustergraph.formats import CSV, HTML, JSON, RDF_PATCH, Format, by_name
from clustergraph.releases import Release
from clustergraph.web import conditional, parameters, shelf
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("changes", __name__)
OFFERED = (HTML, JSON, CSV, RDF_PATCH)
#: Nodes on a page.
PAGE = 40
HEADINGS = (
    "thing", "name", "node", "node label", "change", "property", "property label", "value", "value label", "sources",
)  # fmt: skip
LONGEST = 300


@dataclass(frozen=True)
class Shown:
    """What is asked of a difference.

    :ivar nodes: those of the kind and the thing asked for.
    """

    difference: Difference
    state: State
    nodes: list[tuple[Change, Node]]

    @property
    def path(self) -> str:
        """Its address without what is asked."""
        return f"/releases/{self.difference.older.id}...{self.difference.newer.id}"

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.nodes) // PAGE))

    @property
    def page(self) -> list[tuple[Change, Node]]:
        """The nodes of the page asked for."""
        return self.nodes[(self.state.number - 1) * PAGE : self.state.number * PAGE]


@blueprint.get("/releases/<older>...<newer>")
def show(older: str, newer: str) -> Response:
    """What changed from one kept release to another, by extension in that format, else in what the client accepts."""
    newer, _, ending = newer.partition(".")
    fixed = by_name(ending, OFFERED)
    if ending and fixed is None:
        raise NotFoundError(f"there is no format {ending[:20]!r} of a difference; there are html, json, csv and rdfp")
    fmt = fixed or wanted(OFFERED)
    pair = _named(older), _named(newer)
    if fmt is RDF_PATCH:
        parameters.only(())
        _refuse_names(site().differences.between(*pair))
        response = _patch(*pair, negotiated=fixed is None)
    else:
        shown = _asked(site().differences.between(*pair))
        response = conditional.respond(fmt, lambda: _body(shown, fmt), negotiated=fixed is None)
        if not shown.state.plain:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _refuse_names(difference: Difference) -> None:
    """Refuse a patch that would name persons who were forgotten: without these rows it would make another graph."""
    if difference.withheld:
        raise GoneError(
            f"{difference.withheld} rows of this patch name persons removed at their own request, and a patch "
            "without them would be wrong; take the difference as JSON, or the newer release as a whole"
        )


def _named(name: str) -> Release:
    if name == releases.CURRENT:
        raise NotFoundError("a difference is between two named releases, so that it never changes; see /releases")
    return shelf.named(site().settings.releases, name)


def _asked(difference: Difference) -> Shown:
    parameters.only(("kind", "thing", "page"))
    kind, thing = parameters.single("kind", LONGEST), parameters.single("thing", LONGEST)
    pairs = tuple((name, text) for name, text in (("kind", kind), ("thing", thing)) if text)
    shown = Shown(difference, State(chosen=pairs, number=parameters.page_number()), chosen(difference, kind, thing))
    if pairs and not shown.nodes:
        raise NotFoundError(f"nothing of {thing or kind} changed between these releases")
    if shown.state.number > shown.pages:
        raise NotFoundError(f"there are {shown.pages} pages; page={shown.state.number} is none of them")
    return shown


def _patch(older: Release, newer: Release, negotiated: bool) -> Response:
    """The patch, sent as it is worked out: it may be long."""

    def body() -> Iterator[bytes]:
        yield from patches.write(iris.release(older.id), iris.release(newer.id), changes.lines(older, newer))

    response = conditional.respond(RDF_PATCH, bytes, negotiated)
    if response.status_code == 200:
        response.response = stream_with_context(body())
        response.headers.pop("Content-Length", None)
        response.content_type = RDF_PATCH.content_type
    return response


def _body(shown: Shown, fmt: Format) -> str | bytes:
    if fmt is HTML:
        return _html(shown)
    nodes = shown.page if "page" in request.args else shown.nodes
    return _csv(shown, nodes) if fmt is CSV else json.dumps(_json(shown, nodes), ensure_ascii=False, indent=1) + "\n"


def _html(shown: Shown) -> str:
    words = Words(shown.difference, site().release.id)
    return render_template(
        "changes.html",
        shown=shown,
        difference=shown.difference,
        counts=shown.difference.counts(),
        day=values.day,
        left_out=left_out,
        blocks=[words.block(change, node) for change, node in shown.page],
        metadata=_metadata(shown),
    )


def _metadata(shown: Shown) -> Metadata:
    difference = shown.difference
    offered = [fmt for fmt in OFFERED if fmt is not HTML]
    return Metadata(
        title=f"What changed from release {difference.older.id} to {difference.newer.id}",
        description=f"{difference.added} statements added, {difference.removed} removed, thing by thing.",
        canonical=address(shown.path),
        alternates=[(fmt.media_type, fmt.label, f"{shown.path}.{fmt.name}") for fmt in offered],
    )


def _label(difference: Difference, iri: str) -> str:
    return difference.labels[iri].value if iri in difference.labels else ""


def _csv(shown: Shown, nodes: list[tuple[Change, Node]]) -> bytes:
    return spreadsheets.write(
        HEADINGS, (_row(shown.difference, *each, fact) for each in nodes for fact in each[1].facts)
    )


def _row(difference: Difference, change: Change, node: Node, fact: Fact) -> tuple[str, ...]:
    named = isinstance(fact.value, NamedNode)
    return (
        change.iri,
        _label(difference, change.iri),
        node.iri,
        _label(difference, node.iri),
        "added" if fact.added else "removed",
        fact.property.value,
        _label(difference, fact.property.value),
        fact.value.value,
        _label(difference, fact.value.value) if named else "",
        " ".join(node.sources),
    )


def _json(shown: Shown, nodes: list[tuple[Change, Node]]) -> dict[str, Any]:
    difference = shown.difference
    things: dict[str, dict[str, Any]] = {}
    for change, node in nodes:
        thing = things.setdefault(change.iri, _thing(difference, change))
        thing["nodes"].append(_node(difference, node))
    return {
        "older": difference.older.id,
        "newer": difference.newer.id,
        "added": difference.added,
        "removed": difference.removed,
        "whole": difference.whole,
        "withheld": difference.withheld,
        "things": list(things.values()),
    }


def _thing(difference: Difference, change: Change) -> dict[str, Any]:
    return {
        "iri": change.iri,
        "label": _label(difference, change.iri),
        "kind": change.kind,
        "state": change.state,
        "added": change.added,
        "removed": change.removed,
        "nodes": [],
    }


def _node(difference: Difference, node: Node) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "label": _label(difference, node.iri),
        "state": node.state,
        "sources": list(node.sources),
        "facts": [
            {
                "change": "added" if fact.added else "removed",
                "property": fact.property.value,
                "property_label": _label(difference, fact.property.value),
                **_value(difference, fact.value),
            }
            for fact in node.facts
        ],
    }


def _value(difference: Difference, value: NamedNode | Literal) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {"iri": value.value, "label": _label(difference, value.value)}
    return {"value": value.value, **({"language": value.language} if value.language else {})}
