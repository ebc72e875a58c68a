"""``/feeds/….atom``: what is new, for feed readers (RFC 4287); the kept releases alone decide what a feed says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, render_template

from clustergraph import iris
from clustergraph.changes import Difference
from clustergraph.descriptions import LICENCE
from clustergraph.entities.changed import Words
from clustergraph.formats import ATOM
from clustergraph.releases import Release
from clustergraph.web import conditional, histories
from clustergraph.web.histories import STEPS
from clustergraph.web.site import address, site

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
#: What XML 1.0 does not allow in a text.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    :ivar iri: its permanent address, never another one's.
    :ivar updated: RFC 3339.
    :ivar path: where it is told in full.
    :ivar lines: its content, a paragraph each.
    """

    iri: str
    title: str
    updated: str
    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """A feed; ``updated`` is that of its newest entry, or of the release it was made from.

    :ivar path: its own address.
    :ivar page: the page it goes with.
    """

    iri: str
    title: str
    updated: str
    path: str
    page: str
    entries: list[Entry]


@blueprint.get("/releases.atom")
def of_releases() -> Response:
    """A feed of the kept releases, with what is new in each."""

    def made() -> str:
        kept = site().kept()
        differences = [site().differences.between(older, newer) for newer, older in pairwise(kept[: STEPS + 1])]
        entries = [_release(release, each) for release, each in zip(kept, [*differences, None], strict=False)]
        newest = kept[0] if kept else site().release
        path = "/feeds/releases.atom"
        return _atom(
            Feed(iris.ROOT + path[1:], "Releases of clustergraph", newest.about.created, path, "/releases", entries)
        )

    return conditional.respond(ATOM, made, also=histories.kept())


@blueprint.get("/changes/<kind>/<path:slug>.atom")
def of_changes(kind: str, slug: str) -> Response:
    """A feed of what changed of one thing from each kept release to the next."""
    history = histories.history(kind, slug)

    def made() -> str:
        entries = [_step(history.iri, step) for step in history.steps]
        updated = entries[0].updated if entries else history.since or site().release.about.created
        feed = Feed(
            iris.ROOT + history.feed[1:],
            f"Changes to {history.label}",
            updated,
            history.feed,
            history.path,
            entries,
        )
        return _atom(feed)

    return conditional.respond(ATOM, made, also=histories.kept())


def _atom(feed: Feed) -> str:
    text = render_template("feed.xml", feed=feed, address=address, root=iris.ROOT, licence=LICENCE.value)
    return FORBIDDEN.sub("\ufffd", text)


def _release(release: Release, difference: Difference | None) -> Entry:
    about = release.about
    counts = ", ".join(
        f"{count} {name}"
        for name, count in (
            ("editions", about.counts.get("cg:Edition", 0)),
            ("people", about.counts.get("foaf:Person", 0)),
            ("organisations", about.counts.get("org:Organization", 0)),
        )
    )
    return Entry(
        iris.release(release.id),
        f"Release {release.id} of {about.created[:10]}",
        about.created,
        f"/releases/{release.id}",
        (f"It holds {about.triples:,} triples: {counts}.", *(_news(difference) if difference else ())),
    )


def _news(difference: Difference) -> tuple[str, ...]:
    """What is new in a release, in words."""
    named = [
        f"New, {one.kind}: {'; '.join(value.text for value in one.named)}"
        + (f"; and {one.count - len(one.named)} more" if one.count > len(one.named) else "")
        for one in Words(difference, difference.newer.id).arrived()
    ]
    first = f"Since the release before: statements added {difference.added:,}, removed {difference.removed:,}."
    return (first, *named)


def _step(thing: str, step: histories.Step) -> Entry:
    newer, label = step.difference.newer, step.difference.labels.get(thing)
    told = [
        f"{block.part + ': ' if block.part else ''}{line.property}: "
        + "; ".join([*(f"− {value.text}" for value in line.before), *(f"+ {value.text}" for value in line.after)])
        for block in step.blocks()
        for line in block.lines
    ]
    return Entry(
        f"{iris.ROOT}{step.path[1:]}?thing={thing}",
        f"{step.change.state.capitalize()}: {label.value if label else thing}",
        newer.about.created,
        f"{step.path}?thing={thing}",
        (f"Statements added {step.change.added:,}, removed {step.change.removed:,}.", *told),
    )
