"""The programme of an edition: its sessions by day and order, with the people and bodies that had a part in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from clustergraph.engine import Solution
from clustergraph.entities.marks import Marks, Named
from clustergraph.entities.panels import MOST, Gathered, Panel, anchor, bound, gather
from clustergraph.entities.values import Value

_SESSION = ("session", "date", "sequence", "kind", "parent", "place", "placeText", "topic", "country", "note")
_SPEAKER = ("session", "agent", "role", "post", "representing", "evidence", "attendance", "status")


@dataclass(frozen=True)
class Role:
    """A role somebody had in a session, and the fragment by which that part is found on the page of the edition."""

    anchor: str
    name: Value


@dataclass(frozen=True)
class Speaker:
    """Somebody who had one or more roles in a session, in one post, by the same sources.

    :ivar took_part: whether the sources state that the agent took part; else the part was announced only.
    :ivar remarks: how the agent attended, and how sure the part was, as stated.
    """

    agent: Value
    roles: list[Role]
    post: Value | None
    representing: Value | None
    took_part: bool
    remarks: list[Value]
    marks: Named


@dataclass(frozen=True)
class Session:
    """A session of the programme.

    :ivar day: its date, or None where no source states one.
    :ivar places: where it was, as stated.
    :ivar notes: editors' notes.
    :ivar parents: the event it belongs to where that is not the edition itself.
    """

    name: Value
    kind: Value | None
    day: Value | None
    places: list[Value]
    parents: list[Value]
    topics: list[Value]
    countries: list[Value]
    notes: list[Value]
    speakers: list[Speaker]
    marks: Named


@dataclass(frozen=True)
class Programme:
    """What a programme shows: sessions in order.

    :ivar count: how many sessions there are, shown or not.
    """

    sessions: list[Session]
    count: int

    @property
    def left(self) -> int:
        """How many sessions are not shown."""
        return self.count - len(self.sessions)


def programme(_panel: Panel, rows: list[Solution], marks: Marks) -> Programme:
    """The programme of an edition, from its sessions and, after them, the parts in them."""
    parts = [row for row in rows if bound(row, "agent")]
    speakers: dict[str, dict[Hashable, Speaker]] = {}
    for one in gather(parts, "item", dict.fromkeys(_SPEAKER, "")):
        if session := one.first("session"):
            _take_in(speakers.setdefault(session.href, {}), one, marks)
    sessions = gather(rows[: len(rows) - len(parts)], "session", dict.fromkeys(_SESSION, ""))
    return Programme([_session(one, speakers, marks) for one in sessions[:MOST]], len(sessions))


def _session(one: Gathered, speakers: Mapping[str, dict[Hashable, Speaker]], marks: Marks) -> Session:
    name = one.first("session") or Value(one.key)
    return Session(
        name=name,
        kind=one.first("kind"),
        day=one.first("date"),
        places=one.of("place") + one.of("placeText"),
        parents=one.of("parent"),
        topics=one.of("topic"),
        countries=one.of("country"),
        notes=one.of("note"),
        speakers=list(speakers.get(name.href, {}).values()),
        marks=marks.of(one.sources),
    )


def _take_in(speakers: dict[Hashable, Speaker], one: Gathered, marks: Marks) -> None:
    """Add a part to the speakers of a session: to somebody listed already where only the role differs."""
    agent, evidence = one.first("agent"), one.first("evidence")
    speaker = Speaker(
        agent=agent or Value(one.key),
        roles=[],
        post=one.first("post"),
        representing=one.first("representing"),
        took_part=evidence is not None and evidence.href.endswith("/took-part"),
        remarks=one.of("attendance") + one.of("status"),
        marks=marks.of(one.sources),
    )
    told_apart = (
        *(speaker.agent, speaker.post, speaker.representing, speaker.took_part, *speaker.remarks),
        *(mark.number for mark in speaker.marks),
    )
    same = speakers.setdefault(told_apart, speaker)
    same.roles.append(Role(anchor(one.key), one.first("role") or Value("")))
