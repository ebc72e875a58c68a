"""``/changes/{kind}/{slug}``: what changed of one thing from each kept release to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, render_template

from clustergraph import iris
from clustergraph.changes import Change, Difference
from clustergraph.entities.changed import Block, Words, left_out
from clustergraph.entities.page import find, heading
from clustergraph.formats import ATOM, HTML, JSON, JSON_FEED, Format, by_name
from clustergraph.web import conditional
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("histories", __name__)
OFFERED = (HTML, JSON)
#: How many steps from release to release are looked through, the last ones.
STEPS = 12
#: Most nodes of a step on a page; the difference of the two releases shows all.
MOST_NODES = 20


@dataclass(frozen=True)
class Step:
    """What changed of a thing from one release to the next."""

    difference: Difference
    change: Change

    @property
    def withheld(self) -> int:
        """How many statements are left out, since they name persons who were forgotten."""
        return self.difference.left_out.get(self.change.iri, 0)

    @property
    def path(self) -> str:
        """The page of the whole difference."""
        return f"/releases/{self.difference.older.id}...{self.difference.newer.id}"

    def blocks(self) -> list[Block]:
        """The first nodes that changed."""
        words = Words(self.difference, site().release.id)
        return [words.block(self.change, node) for node in self.change.nodes[:MOST_NODES]]


@dataclass(frozen=True)
class History:
    """A thing over the kept releases.

    :ivar label: what it is called now, or was called last.
    :ivar steps: the newest first.
    :ivar since: when the first release was built that was looked at; empty where none is kept before.
    :ivar withheld: how many statements that changed are left out, since they name persons who were forgotten.
    """

    iri: str
    kind: str
    slug: str
    label: str
    steps: list[Step]
    since: str
    withheld: int = 0

    @property
    def path(self) -> str:
        """The address of its history."""
        return f"/changes/{self.kind}/{quote(self.slug)}"

    @property
    def feed(self) -> str:
        """The address of the feed of it, without the ending that says the format."""
        return f"/feeds/changes/{self.kind}/{quote(self.slug)}"


def kept() -> str:
    """The releases that histories depend on, as text."""
    return " ".join(release.id for release in site().kept())


def history(kind: str, slug: str) -> History:
    """What changed of a thing, by kind and slug.

    :raises NotFoundError: no kept release has such a thing.
    """
    shown, releases = site(), site().kept()[: STEPS + 1]
    differences = [shown.differences.between(older, newer) for newer, older in pairwise(releases)]
    since = releases[-1].about.created if differences else ""
    for iri in iris.candidates(kind, slug):
        steps = [Step(each, each.changes[iri]) for each in differences if iri in each.changes]
        if steps:
            label = next((step.difference.labels[iri].value for step in steps if iri in step.difference.labels), slug)
            return History(iri, kind, slug, label, steps, since, _withheld(differences, iri))
    found = find(shown.graph, kind, slug)
    label = heading(shown.graph, found, slug).label.text
    return History(found.value, kind, slug, label, [], since, _withheld(differences, found.value))


def _withheld(differences: list[Difference], iri: str) -> int:
    return sum(each.left_out.get(iri, 0) for each in differences)


@blueprint.get("/changes/<kind>/<path:name>")
def show(kind: str, name: str) -> Response:
    """The history of a thing, by extension in that format, else in what the client accepts."""
    slug, _, ending = name.rpartition(".")
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    found = history(kind, slug if fixed else name)
    return conditional.respond(fmt, lambda: _body(found, fmt), negotiated=fixed is None, also=kept())


def _body(found: History, fmt: Format) -> str:
    if fmt is JSON:
        return json.dumps(_json(found), ensure_ascii=False, indent=1) + "\n"
    head = Metadata(
        title=f"Changes to {found.label}",
        description=f"What changed of {found.label} from each kept release to the next.",
        canonical=address(found.path),
        alternates=[(JSON.media_type, JSON.label, f"{found.path}.{JSON.name}")],
        feeds=[
            (fmt.media_type, f"Changes to {found.label}", f"{found.feed}.{fmt.name}") for fmt in (ATOM, JSON_FEED)
        ],
    )
    return render_template(
        "history.html",
        history=found,
        most=MOST_NODES,
        left_out=left_out,
        page=iris.page_path(found.iri),
        metadata=head,
    )


def _json(found: History) -> dict[str, Any]:
    return {
        "iri": found.iri,
        "label": found.label,
        "since": found.since,
        "withheld": found.withheld,
        "steps": [
            {
                "older": step.difference.older.id,
                "newer": step.difference.newer.id,
                "created": step.difference.newer.about.created,
                "state": step.change.state,
                "added": step.change.added,
                "removed": step.change.removed,
                "withheld": step.withheld,
                "facts": f"{step.path}.json?{urlencode({'thing': found.iri})}",
            }
            for step in found.steps
        ],
    }
