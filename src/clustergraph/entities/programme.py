"""The programme of an edition: its sessions by day and order, with the people and bodies that had a part in them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolution

from clustergraph import queries
from clustergraph.entities.marks import Mark, Marks
from clustergraph.entities.panels import Gathered, Panel, anchor, gather
from clustergraph.entities.values import Value
from clustergraph.store import Graph

SPEAKERS = "edition/speakers"
_SESSION = ("session", "date", "sequence", "kind", "parent", "place", "placeText", "topic", "country")
_SPEAKER = ("session", "agent", "role", "post", "representing", "evidence", "attendance", "status")


@dataclass(frozen=True)
class Speaker:
    """A part somebody had in a session.

    :ivar anchor: fragment by which the part is found on the page of the edition.
    :ivar took_part: whether the sources state that the agent took part; else the part was announced only.
    """

    anchor: str
    agent: Value
    role: Value | None
    post: Value | None
    representing: Value | None
    took_part: bool
    remarks: list[Value]
    marks: list[Mark]


@dataclass(frozen=True)
class Session:
    """A session of the programme.

    :ivar day: its date, or None where no source states one.
    :ivar places: where it was, as stated.
    :ivar parents: the event it belongs to where that is not the edition itself.
    """

    name: Value
    kind: Value | None
    day: Value | None
    places: list[Value]
    parents: list[Value]
    topics: list[Value]
    countries: list[Value]
    speakers: list[Speaker]
    marks: list[Mark]


@dataclass(frozen=True)
class Programme:
    """What a programme shows: sessions in order."""

    sessions: list[Session]

    @property
    def count(self) -> int:
        """How many sessions there are."""
        return len(self.sessions)


def programme(graph: Graph, entity: NamedNode, _panel: Panel, rows: list[QuerySolution], marks: Marks) -> Programme:
    """The programme of an edition, from its sessions and the parts in them."""
    parts = graph.select(queries.load(SPEAKERS).text, {"entity": entity})
    speakers: dict[str, list[Speaker]] = {}
    sessions = gather(rows, "session", dict.fromkeys(_SESSION, ""))
    for one in gather(parts, "item", dict.fromkeys(_SPEAKER, "")):
        session, speaker = one.first("session"), _speaker(one, marks)
        if session and speaker:
            speakers.setdefault(session.href, []).append(speaker)
    return Programme([_session(one, speakers, marks) for one in sessions])


def _session(one: Gathered, speakers: dict[str, list[Speaker]], marks: Marks) -> Session:
    name = one.first("session") or Value(one.key)
    return Session(
        name=name,
        kind=one.first("kind"),
        day=one.first("date"),
        places=one.of("place") + one.of("placeText"),
        parents=one.of("parent"),
        topics=one.of("topic"),
        countries=one.of("country"),
        speakers=speakers.get(name.href, []),
        marks=marks.of(one.sources),
    )


def _speaker(one: Gathered, marks: Marks) -> Speaker | None:
    agent, evidence = one.first("agent"), one.first("evidence")
    if agent is None:
        return None
    return Speaker(
        anchor=anchor(one.key),
        agent=agent,
        role=one.first("role"),
        post=one.first("post"),
        representing=one.first("representing"),
        took_part=evidence is not None and evidence.href.endswith("/took-part"),
        remarks=one.of("attendance") + one.of("status"),
        marks=marks.of(one.sources),
    )
