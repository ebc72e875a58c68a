"""The participation ledger: every edition in order, with the roles somebody held there, so that gaps are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST, Panel, bound
from clustergraph.entities.values import Value
from clustergraph.iris import concept
from clustergraph.store import Term

#: Levels of evidence, strongest first, and what a ledger calls them.
LEVELS = {
    "took-part": "took part",
    "announced": "announced only",
    "represented": "represented by others",
    "quoted": "quoted",
    "mentioned": "mentioned",
}
NOT_NAMED, NO_RECORD = "not-named", "no-record"
#: The cells of editions where nobody names the actor.
GAPS = {NOT_NAMED: "not named", NO_RECORD: "edition without a record of its own"}
_EVIDENCE = {concept("evidence", level): level for level in LEVELS}
_MENTIONED_EDITION = concept("coverage", "mentioned")


@dataclass
class Cell:
    """An edition in a ledger.

    :ivar year: when it was, four digits, or empty.
    :ivar city: where it was, or what the edition is called.
    :ivar gap: what it means if nobody is named here: a key of :data:`GAPS`.
    :ivar roles: level of evidence -> the roles held there on that evidence.
    """

    edition: Value
    date: Value | None
    year: str
    city: str
    gap: str
    roles: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """The strongest evidence here, or what the gap means."""
        return next((level for level in LEVELS if level in self.roles), self.gap)

    @property
    def words(self) -> str:
        """The evidence and the roles, strongest first, or what the gap means."""
        held = [(LEVELS[level], self.roles[level]) for level in LEVELS if level in self.roles]
        parts = [f"{evidence} ({', '.join(role.text for role in roles)})" for evidence, roles in held]
        return "; ".join(parts) or GAPS[self.gap]


@dataclass(frozen=True)
class Ledger:
    """What a ledger shows: a cell for each edition; of very many, those that name the actor.

    :ivar counts: level, or kind of gap -> at how many of all editions it is the strongest.
    """

    cells: list[Cell]
    counts: Mapping[str, int]

    @property
    def count(self) -> int:
        """At how many editions the actor is named."""
        return sum(self.counts.get(level, 0) for level in LEVELS)

    @property
    def left(self) -> int:
        """How many editions have no cell."""
        return sum(self.counts.values()) - len(self.cells)

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """Each level that occurs: its key, what it is called, and at how many editions it is the strongest."""
        return [(key, name, self.counts[key]) for key, name in (LEVELS | GAPS).items() if self.counts.get(key)]


def ledger(_panel: Panel, rows: list[Solution], _marks: Marks) -> Ledger:
    """The ledger of an actor: rows of ``?edition ?coverage ?date ?city``, and of these with ``?evidence ?role``."""
    editions: dict[Term, list[Solution]] = {}
    for row in rows:
        if edition := bound(row, "edition"):
            editions.setdefault(edition, []).append(row)
    named = {edition for edition, said in editions.items() if any(bound(row, "roleLabel") for row in said)}
    shown = editions if len(editions) <= MOST else named
    cells = [_cell(said, edition) for edition, said in editions.items() if edition in shown] if named else []
    counts = Counter(cell.level for cell in cells)
    counts.update(_gap(said[0]) for edition, said in editions.items() if named and edition not in shown)
    return Ledger(cells[-MOST:], counts)


def _cell(said: list[Solution], edition: Term) -> Cell:
    row = said[0]
    date, city = bound(row, "date"), bound(row, "city")
    name = values.of(edition, bound(row, "editionLabel"))
    cell = Cell(
        edition=name,
        date=values.of(date) if date else None,
        year=date.value[:4] if date else "",
        city=city.value if city else name.text,
        gap=_gap(row),
    )
    for row in said:
        _note(cell, row)
    return cell


def _gap(row: Solution) -> str:
    coverage = bound(row, "coverage")
    return NO_RECORD if coverage and coverage.value == _MENTIONED_EDITION else NOT_NAMED


def _note(cell: Cell, row: Solution) -> None:
    role, label, evidence = bound(row, "role"), bound(row, "roleLabel"), bound(row, "evidence")
    if label is None:
        return
    level = _EVIDENCE.get(evidence.value, "mentioned") if evidence else "mentioned"
    held = cell.roles.setdefault(level, [])
    value = values.of(role or label, label)
    if value not in held:
        held.append(value)
