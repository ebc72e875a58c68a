"""The participation ledger: every edition in order, with the roles somebody held there, so that gaps are seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Panel, bound
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
    """What a ledger shows: a cell for each edition."""

    cells: list[Cell]

    @property
    def count(self) -> int:
        """At how many editions the actor is named."""
        return sum(bool(cell.roles) for cell in self.cells)

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """Each level that occurs: its key, what it is called, and at how many editions it is the strongest."""
        counts = [(key, name, sum(cell.level == key for cell in self.cells)) for key, name in (LEVELS | GAPS).items()]
        return [entry for entry in counts if entry[2]]


def ledger(_panel: Panel, rows: list[Solution], _marks: Marks) -> Ledger:
    """The ledger of an actor: rows of ``?edition ?coverage ?date ?city``, and of these with ``?evidence ?role``."""
    cells: dict[str, Cell] = {}
    for row in rows:
        edition = bound(row, "edition")
        if edition is not None:
            cell = cells.setdefault(edition.value, _cell(row, edition))
            _note(cell, row)
    return Ledger(list(cells.values()) if any(cell.roles for cell in cells.values()) else [])


def _cell(row: Solution, edition: Term) -> Cell:
    date, city, coverage = bound(row, "date"), bound(row, "city"), bound(row, "coverage")
    name = values.of(edition, bound(row, "editionLabel"))
    return Cell(
        edition=name,
        date=values.of(date) if date else None,
        year=date.value[:4] if date else "",
        city=city.value if city else name.text,
        gap=NO_RECORD if coverage and coverage.value == _MENTIONED_EDITION else NOT_NAMED,
    )


def _note(cell: Cell, row: Solution) -> None:
    role, label, evidence = bound(row, "role"), bound(row, "roleLabel"), bound(row, "evidence")
    if label is None:
        return
    level = _EVIDENCE.get(evidence.value, "mentioned") if evidence else "mentioned"
    held = cell.roles.setdefault(level, [])
    value = values.of(role or label, label)
    if value not in held:
        held.append(value)
