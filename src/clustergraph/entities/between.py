"""What connects two people, organisations, regions or countries: panels of what is shared, and the shortest way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from pyoxigraph import NamedNode

from clustergraph.engine import Engine
from clustergraph.entities.marks import Marks, Source
from clustergraph.entities.page import Filled, fill, find, heading
from clustergraph.entities.panels import Column, Panel, Things
from clustergraph.entities.values import Value
from clustergraph.entities.ways import EDITION, MOST_STEPS, SESSION, Step, Ways
from clustergraph.errors import InputError, NotFoundError
from clustergraph.iris import CG, PREFIXES, kind_and_slug

#: The kinds of things that a pair is made of -> the property by which parts lead to an actor, or to where it is from.
KINDS = {
    "person": NamedNode(PREFIXES["cv"] + "hasParticipant"),
    "organisation": NamedNode(PREFIXES["cv"] + "hasParticipant"),
    "region": NamedNode(CG + "origin"),
    "country": NamedNode(CG + "origin"),
}
AREAS = ("region", "country")
_PRESENCE = "Only parts that sources state as taken count, on both sides."
_DATE = Column("date", "Date")
_AT = "At"


@dataclass(frozen=True)
class End:
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

    @property
    def who(self) -> str:
        """Who takes part: it, or those from there."""
        return f"people and bodies from {self.name.text}" if self.kind in AREAS else self.name.text


@dataclass(frozen=True)
class Pair:
    """What connects two.

    :ivar panels: the panels that have something to show, the weaker evidence last.
    :ivar sessions: how many of the same sessions both took part in; ``editions`` likewise.
    :ivar direct: whether anything but weaker evidence connects them directly.
    :ivar named: at how many of the same editions weaker evidence names them.
    :ivar way: where nothing connects them directly, the names along the shortest way; else empty.
    """

    a: End
    b: End
    panels: list[Filled]
    sources: list[Source]
    sessions: int
    editions: int
    direct: bool
    named: int
    way: list[Value]

    @property
    def summary(self) -> str:
        """What connects them, in one sentence or two."""
        areas = {self.a.kind, self.b.kind} <= set(AREAS)
        both = f"{self.a.who} and {'from ' + self.b.name.text if areas else self.b.who}"
        said = f"{both[0].upper()}{both[1:]} took part in {_many(self.editions, 'edition')}"
        if self.sessions:
            return f"{said}, and there in {_many(self.sessions, 'session')}."
        if self.editions:
            return f"{said}, but no source names both in one session."
        if self.direct:
            return f"No source says that {both} took part in the same edition; it connects them otherwise."
        weaker = (
            f"Weaker evidence names both at {_many(self.named, 'edition')}; beyond that, no " if self.named else "No "
        )
        if self.way:
            steps = len(self.way) - 1
            return f"{weaker}direct link between {both} is known. The shortest way over others has {steps} steps."
        return f"{weaker}link between {both} is known: nothing shared, and no way of up to {MOST_STEPS} steps."


def end(graph: Engine, kind: str, slug: str) -> End:
    """One of a pair, by the address of its page.

    :raises NotFoundError: there is no such person, organisation, region or country.
    """
    if kind not in KINDS:
        raise NotFoundError(
            f"there is nothing between things of the kind {kind[:40]!r}; take one of {', '.join(KINDS)}"
        )
    return _end(graph, find(graph, kind, slug), kind, slug)


def between(graph: Engine, ways: Ways, a: End, b: End) -> Pair:
    """What connects two.

    :raises InputError: they are the same.
    """
    if a.node == b.node:
        raise InputError(f"both are {a.name.text[:200]}; name two that differ")
    marks = Marks(graph)
    sessions, editions, stated, common, named = fill(graph, _panels(a, b), marks)
    direct = [filled for filled in (sessions, editions, stated, common) if filled.content.count]
    steps = [] if direct else ways.shortest(a.node.value, b.node.value)
    ends = [a, *(_of(graph, step.other) for step in steps)]
    way = [_step(graph, number, step, ends, marks) for number, step in enumerate(steps, 1)]
    shown = [*direct, *way, *([named] if named.content.count else [])]
    counts = [filled.content.count for filled in (sessions, editions, named)]
    names = [one.name for one in ends] if way else []
    return Pair(a, b, shown, marks.listed(), counts[0], counts[1], bool(direct), counts[2], names)


def _panels(a: End, b: End) -> list[tuple[Panel, Things]]:
    things = {"a": a.node, "b": b.node}
    parts = {"a": a.node, "isA": KINDS[a.kind], "b": b.node, "isB": KINDS[b.kind]}
    return [
        (_sessions(a, b), parts),
        (_editions(a, b), parts),
        (_stated("Stated of both together"), _ordered(a, b)),
        (_common(a, b), things),
        (_named(a, b), parts),
    ]


def _sessions(a: End, b: End) -> Panel:
    return Panel(
        "between/sessions",
        "Sessions shared",
        columns=(Column("session", "Session"), _part(a, "A"), _part(b, "B")),
        key="session",
        group="edition",
        group_note="date",
        about=_PRESENCE,
    )


def _editions(a: End, b: End) -> Panel:
    return Panel(
        "between/editions",
        "Editions shared",
        columns=(Column("edition", "Edition"), _DATE, _part(a, "A"), _part(b, "B")),
        key="edition",
        about=f"In their sessions and outside of them. {_PRESENCE}",
    )


def _part(one: End, side: str) -> Column:
    """The roles of an actor, or who took part from a region or country."""
    if one.kind in AREAS:
        return Column(f"agent{side}", f"From {one.name.text}")
    return Column(f"role{side}", f"{one.name.text} as")


def _stated(title: str) -> Panel:
    return Panel(
        "between/stated",
        title,
        columns=(
            Column("a", "Who"),
            Column("how", "How"),
            Column("b", "Of which"),
            Column("post", "Post as stated"),
            Column("edition", _AT),
            Column("evidence", "Evidence"),
        ),
        about="Parts on behalf of a body, posts, units and where actors are from, each as its source states it.",
    )


def _common(a: End, b: End) -> Panel:
    return Panel(
        "between/common",
        "In common",
        columns=(
            Column("common", "Person or body"),
            Column("atA", f"With {a.name.text} at"),
            Column("atB", f"With {b.name.text} at"),
        ),
        key="common",
        about="Bodies for which both stood or of which both are stated to be, and people who did so for both.",
    )


def _named(a: End, b: End) -> Panel:
    return Panel(
        "between/named",
        "Named at the same edition, by weaker evidence",
        columns=(
            Column("edition", "Edition"),
            _DATE,
            Column("evidenceA", a.name.text),
            Column("evidenceB", b.name.text),
        ),
        key="edition",
        about="At least one of them was announced, represented, quoted, mentioned or named: which does not say that "
        "it took part, and nothing above counts it.",
    )


def _ordered(a: End, b: End) -> Things:
    """The two in the order in which sources state something of both: people, bodies, regions, countries."""
    first, second = sorted((a, b), key=lambda one: list(KINDS).index(one.kind))
    return {"a": first.node, "b": second.node}


def _step(graph: Engine, number: int, step: Step, ends: list[End], marks: Marks) -> Filled:
    """A step of a way: the strongest that joins its two ends, with its sources."""
    one, other = ends[number - 1], ends[number]
    title = f"Step {number}: {one.name.text} and {other.name.text}"
    parts: Things = {"a": one.node, "isA": KINDS[one.kind], "b": other.node, "isB": KINDS[other.kind]}
    if step.join.strength == SESSION:
        panel, things = replace(_sessions(one, other), heading=title), parts
    elif step.join.strength == EDITION:
        panel, things = replace(_editions(one, other), heading=title), parts
    else:
        panel, things = _stated(title), _ordered(one, other)
    return fill(graph, [(panel, things)], marks)[0]


def _of(graph: Engine, iri: str) -> End:
    kind, slug = kind_and_slug(iri) or ("", "")
    return _end(graph, NamedNode(iri), kind, slug)


def _end(graph: Engine, node: NamedNode, kind: str, slug: str) -> End:
    label = heading(graph, node, slug).label
    return End(kind, slug, node, Value(label.text, f"/page/{kind}/{quote(slug)}", label.lang))


def _many(number: int, what: str) -> str:
    return f"{number} of the same {what}s" if number > 1 else f"the same {what}"
