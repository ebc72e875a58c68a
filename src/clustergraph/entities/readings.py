"""How the rows that a query has for one thing are read so that they can stand beside those of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from clustergraph.engine import Solution
from clustergraph.entities.facts import facts
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Gathered, Panel, gather
from clustergraph.entities.sides import Entry, Side
from clustergraph.entities.values import Value
from clustergraph.iris import CG, PREFIXES

#: What is read of an edition itself, in this order: property -> heading.
ASKED = {
    PREFIXES["schema"] + "startDate": "Dates",
    PREFIXES["schema"] + "location": "City",
    CG + "venueText": "Venue",
    CG + "region": "Region",
    CG + "regionText": "Region as stated",
    PREFIXES["dct"] + "spatial": "Country",
    PREFIXES["schema"] + "eventAttendanceMode": "Attendance",
    CG + "theme": "Theme",
    CG + "statedNumber": "Number, as stated",
    CG + "inferredPlace": "Place by date (inferred)",
    CG + "coverage": "Coverage",
}
#: Kind of page -> one of that kind, and several, in words.
KINDS = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "session": ("session", "sessions"),
}


@dataclass(frozen=True)
class Reading:
    """How one panel reads its rows. Rows of one ``key`` are one statement, as in :class:`panels.Panel`.

    :ivar line: the variable with the subject of a line.
    :ivar entry: the variable with what stands in it; empty where it counts only that the subject occurs.
    :ivar notes: the variables with what belongs to an entry.
    :ivar group: the variable under whose values lines are grouped, or empty.
    :ivar bindings: values of further variables of the query, beside ``?entity``.
    :ivar apart: whether equal values of two statements stay two entries.
    :ivar counted: whether the entries are counted by kind instead of shown.
    :ivar marked: whether it is told which lines several share.
    :ivar in_order: whether lines stand in the order of the query; else by name, those that most share first.
    """

    query: str
    heading: str
    about: str = ""
    line: str = ""
    entry: str = ""
    key: str = "item"
    notes: tuple[str, ...] = ()
    group: str = ""
    bindings: Mapping[str, NamedNode] = field(default_factory=dict)
    apart: bool = False
    counted: bool = False
    marked: bool = False
    in_order: bool = False

    @property
    def panel(self) -> Panel:
        """The panel that shows it."""
        return Panel(self.query, self.heading, "sides", bindings=self.bindings, about=self.about)


@dataclass
class _Draft:
    value: Value
    notes: dict[str, Value] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)

    def take(self, notes: list[Value], sources: Mapping[str, None]) -> None:
        """Take in one more statement of the same."""
        for note in notes:
            self.notes.setdefault(note.text, note)
        self.sources |= sources


@dataclass
class _Subject:
    heading: Value
    group: str
    drafts: dict[str, _Draft] = field(default_factory=dict)


def read(reading: Reading, rows: list[Solution], marks: Marks) -> dict[str, Side]:
    """What one thing has: subject -> heading and entries.

    :param rows: what the query of the reading finds for that thing.
    """
    if not reading.line:
        return _facts(reading, rows, marks)
    wanted = (reading.line, reading.entry, reading.group, *reading.notes)
    subjects: dict[str, _Subject] = {}
    for one in gather(rows, reading.key, {name: "" for name in wanted if name}):
        _note(subjects, reading, one)
    shown = _counted if reading.counted else _entries
    return {key: Side(one.heading, one.group, shown(one, marks)) for key, one in subjects.items()}


def _note(subjects: dict[str, _Subject], reading: Reading, one: Gathered) -> None:
    """Take in a statement: under each of its subjects, each of its values."""
    group = one.first(reading.group)
    notes = [value for name in reading.notes for value in one.of(name)]
    for heading in one.of(reading.line) or [Value("not stated")]:
        subject = subjects.setdefault(heading.href or heading.text, _Subject(heading, group.text if group else ""))
        for value in one.of(reading.entry) if reading.entry else [Value("named")]:
            key = one.key if reading.apart else value.href or value.text
            subject.drafts.setdefault(key, _Draft(value)).take(notes, one.sources)


def _entries(subject: _Subject, marks: Marks) -> list[Entry]:
    return [
        Entry(draft.value, list(draft.notes.values()), marks.of(draft.sources)) for draft in subject.drafts.values()
    ]


def _counted(subject: _Subject, marks: Marks) -> list[Entry]:
    """One entry that says how many there are of each kind, with the sources of all."""
    kinds = Counter(kind_of(draft.value) for draft in subject.drafts.values())
    said = [f"{kinds[kind]} {words[kinds[kind] > 1]}" for kind, words in KINDS.items() if kinds[kind]]
    sources = [source for draft in subject.drafts.values() for source in draft.sources]
    return [Entry(Value(", ".join(said)), [], marks.of(sources))]


def kind_of(value: Value) -> str:
    """The kind of a thing that a value leads to: ``"person"``."""
    return value.href.removeprefix("/page/").partition("/")[0]


def _facts(reading: Reading, rows: list[Solution], marks: Marks) -> dict[str, Side]:
    """The facts asked for, in their order, also those of which nothing is stated."""
    found = {fact.property: fact for fact in facts(reading.panel, rows, marks).facts}
    sides = {}
    for key, heading in ASKED.items():
        entries = found[key].entries if key in found else []
        stated = [Entry(one.value, [Value(one.standing)] if one.standing else [], one.marks) for one in entries]
        sides[key] = Side(Value(heading), "", stated)
    return sides
