"""Panels laid out as facts: a property, and each value with its standing, its reason and its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks, Named
from clustergraph.entities.panels import MOST, Panel, bound
from clustergraph.entities.values import Value
from clustergraph.store import Term


@dataclass(frozen=True)
class Entry:
    """One value of a property.

    :ivar standing: ``preferred`` or ``alternative`` where sources differ, else empty.
    :ivar reason: why a value is preferred, or empty.
    """

    value: Value
    standing: str
    reason: str
    marks: Named


@dataclass(frozen=True)
class Fact:
    """A property of a thing, with all values stated.

    :ivar property: the IRI of the property.
    :ivar label: the words that name it.
    """

    property: str
    label: str
    entries: list[Entry]


@dataclass(frozen=True)
class Facts:
    """What a panel of facts shows.

    :ivar count: how many values there are, shown or not.
    """

    facts: list[Fact]
    count: int

    @property
    def left(self) -> int:
        """How many values are not shown."""
        return self.count - sum(len(fact.entries) for fact in self.facts)


@dataclass
class _Draft:
    value: Value
    standing: str = ""
    reason: str = ""
    sources: dict[str, None] = field(default_factory=dict)


def facts(_panel: Panel, rows: list[Solution], marks: Marks) -> Facts:
    """The facts of a panel: rows of ``?property ?propertyLabel ?value``, one for each source."""
    labels: dict[str, str] = {}
    drafts: dict[str, dict[tuple[Term, str], _Draft]] = {}
    read: dict[tuple[Term | None, ...], _Draft] = {}
    for row in rows:
        prop, term = bound(row, "property"), bound(row, "value")
        if prop is None or term is None:
            continue
        cell = (prop, term, bound(row, "valueLabel"), bound(row, "until"))
        if cell not in read:
            labels.setdefault(prop.value, (bound(row, "propertyLabel") or prop).value)
            value = _value(*cell[1:])
            read[cell] = drafts.setdefault(prop.value, {}).setdefault((term, value.text), _Draft(value))
        _note(read[cell], row)
    shown = [
        Fact(key, labels[key], [_entry(one, marks) for one in islice(found.values(), MOST)])
        for key, found in drafts.items()
    ]
    return Facts(shown, sum(map(len, drafts.values())))


def _value(term: Term, label: Term | None, until: Term | None) -> Value:
    return values.span(term, until) if until else values.of(term, label)


def _note(draft: _Draft, row: Solution) -> None:
    for name in ("standing", "reason"):
        term = bound(row, f"{name}Label") or bound(row, name)
        if term is not None:
            setattr(draft, name, term.value)
    source = bound(row, "source")
    if source is not None:
        draft.sources[source.value] = None


def _entry(draft: _Draft, marks: Marks) -> Entry:
    return Entry(draft.value, draft.standing, draft.reason, marks.of(draft.sources))
