"""``/feeds/….atom`` and ``….json``: what is new, for feed readers (RFC 4287, JSON Feed 1.1).

The kept releases alone decide what a feed says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, render_template

from clustergraph import iris
from clustergraph.changes import Difference
from clustergraph.descriptions import LICENCE
from clustergraph.entities.changed import Words, left_out
from clustergraph.formats import ATOM, JSON_FEED, Format
from clustergraph.releases import Release
from clustergraph.web import conditional, histories
from clustergraph.web.histories import STEPS
from clustergraph.web.site import address, site

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
#: The ending of an address, which says the format of a feed.
ENDING = f"<any({ATOM.name}, {JSON_FEED.name}):ending>"
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"
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

    :ivar path: its own address, without the ending that says the format.
    :ivar page: the page it goes with.
    """

    title: str
    updated: str
    path: str
    page: str
    entries: list[Entry]


@blueprint.get(f"/releases.{ENDING}")
def of_releases(ending: str) -> Response:
    """A feed of the kept releases, with what is new in each."""

    def made() -> Feed:
        kept = site().kept()
        differences = [site().differences.between(older, newer) for newer, older in pairwise(kept[: STEPS + 1])]
        entries = [_release(release, each) for release, each in zip(kept, [*differences, None], strict=False)]
        newest = kept[0] if kept else site().release
        return Feed("Releases of clustergraph", newest.about.created, "/feeds/releases", "/releases", entries)

    return _answer(ending, made)


@blueprint.get(f"/changes/<kind>/<path:slug>.{ENDING}")
def of_changes(kind: str, slug: str, ending: str) -> Response:
    """A feed of what changed of one thing from each kept release to the next."""
    history = histories.history(kind, slug)

    def made() -> Feed:
        entries = [_step(history.iri, step) for step in history.steps]
        updated = entries[0].updated if entries else history.since or site().release.about.created
        return Feed(f"Changes to {history.label}", updated, history.feed, history.path, entries)

    return _answer(ending, made)


def _answer(ending: str, made: Callable[[], Feed]) -> Response:
    fmt, write = WRITERS[ending]
    return conditional.respond(fmt, lambda: write(made()), also=f"{histories.kept()} {address('')}")


def _atom(feed: Feed) -> str:
    path = f"{feed.path}.{ATOM.name}"
    text = render_template("feed.xml", feed=feed, path=path, address=address, root=iris.ROOT, licence=LICENCE.value)
    return FORBIDDEN.sub("\ufffd", text)


def _json(feed: Feed) -> str:
    said = {
        "version": JSON_FEED_VERSION,
        "title": feed.title,
        "home_page_url": address(feed.page),
        "feed_url": address(f"{feed.path}.{JSON_FEED.name}"),
        "language": "en",
        "authors": [{"name": "clustergraph", "url": iris.ROOT}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _item(entry: Entry) -> dict[str, str]:
    return {
        "id": entry.iri,
        "url": address(entry.path),
        "title": entry.title,
        "content_text": "\n\n".join(entry.lines),
        "date_published": entry.updated,
    }


#: Ending -> the format, and what writes a feed in it.
WRITERS: dict[str, tuple[Format, Callable[[Feed], str]]] = {
    ATOM.name: (ATOM, _atom),
    JSON_FEED.name: (JSON_FEED, _json),
}


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
    return tuple(filter(None, (first, *named, left_out(difference.withheld))))


def _step(thing: str, step: histories.Step) -> Entry:
    newer, label = step.difference.newer, step.difference.labels.get(thing)
    first = f"Statements added {step.change.added:,}, removed {step.change.removed:,}."
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
        tuple(filter(None, (first, *told, left_out(step.withheld)))),
    )
