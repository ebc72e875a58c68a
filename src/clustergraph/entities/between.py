"""What connects two people or organisations: where both took part, and what sources state of both together."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from clustergraph.engine import Engine
from clustergraph.entities.marks import Marks, Source
from clustergraph.entities.page import Filled, fill, find, heading
from clustergraph.entities.panels import Column, Panel
from clustergraph.entities.values import Value
from clustergraph.errors import InputError, NotFoundError
from clustergraph.iris import page_path

#: The kinds of things that a pair is made of.
KINDS = ("person", "organisation")
_PRESENCE = "Only parts that sources state as taken count, on both sides."


@dataclass(frozen=True)
class Actor:
    """One of a pair.

    :ivar name: what it is called, linked to its page.
    """

    kind: str
    slug: str
    node: NamedNode
    name: Value

    @property
    def path(self) -> str:
        """Its part of the address of a pair."""
        return f"{self.kind}/{quote(self.slug)}"


@dataclass(frozen=True)
class Pair:
    """What connects two actors.

    :ivar panels: the panels that have something to show.
    :ivar sessions: in how many of the same sessions both took part; ``editions`` in how many of the same editions.
    """

    a: Actor
    b: Actor
    panels: list[Filled]
    sources: list[Source]
    sessions: int
    editions: int

    @property
    def summary(self) -> str:
        """What connects them, in one sentence."""
        both = f"{self.a.name.text} and {self.b.name.text}"
        editions = f"{both} took part in {_many(self.editions, 'edition')}"
        if self.sessions:
            return f"{editions}, and there in {_many(self.sessions, 'session')}."
        if self.editions:
            return f"{editions}, but no source names both in one session."
        if self.panels:
            return f"No source says that {both} took part in the same edition; it names them together otherwise."
        return f"No direct link between {both} is known: nothing in which both took part, no part or post of both."


def actor(graph: Engine, kind: str, slug: str) -> Actor:
    """One of a pair, by the address of its page.

    :raises NotFoundError: there is no such person or organisation.
    """
    if kind not in KINDS:
        raise NotFoundError(f"there is nothing between things of the kind {kind[:40]!r}; take {' or '.join(KINDS)}")
    node = find(graph, kind, slug)
    label = heading(graph, node, slug).label
    return Actor(kind, slug, node, Value(label.text, page_path(node.value) or "", label.lang))


def between(graph: Engine, a: Actor, b: Actor) -> Pair:
    """What connects two actors.

    :raises InputError: they are the same.
    """
    if a.node == b.node:
        raise InputError(f"both are {a.name.text[:200]}; name two different people or organisations")
    marks = Marks(graph)
    there, back = {"a": a.node, "b": b.node}, {"a": b.node, "b": a.node}
    sessions, editions = (fill(graph, there, panel, marks) for panel in _shared(a, b))
    stated = [fill(graph, things, _stated(things, a), marks) for things in (there, back)]
    shown = [filled for filled in (sessions, editions, *stated) if filled.content.count]
    return Pair(a, b, shown, marks.listed(), sessions.content.count, editions.content.count)


def _shared(a: Actor, b: Actor) -> tuple[Panel, Panel]:
    roles = (Column("roleA", f"{a.name.text} as"), Column("roleB", f"{b.name.text} as"))
    return (
        Panel(
            "between/sessions",
            "Sessions shared",
            columns=(Column("session", "Session"), *roles),
            key="session",
            group="edition",
            group_note="date",
            about=_PRESENCE,
        ),
        Panel(
            "between/editions",
            "Editions shared",
            columns=(Column("edition", "Edition"), Column("date", "From"), *roles),
            key="edition",
            about=f"In their sessions and outside of them. {_PRESENCE}",
        ),
    )


def _stated(things: dict[str, NamedNode], first: Actor) -> Panel:
    return Panel(
        "between/stated",
        "Stated of both" if things["a"] == first.node else "Stated of both, the other way round",
        columns=(
            Column("a", "Who"),
            Column("how", "How"),
            Column("b", "Of which"),
            Column("post", "Post as stated"),
            Column("edition", "Edition"),
            Column("evidence", "Evidence"),
        ),
        about="Parts on behalf of a body, posts and units, each as its source states it.",
    )


def _many(number: int, what: str) -> str:
    return f"{number} of the same {what}s" if number > 1 else f"the same {what}"
