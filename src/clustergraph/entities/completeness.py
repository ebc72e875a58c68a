"""What the sources of an edition state of what is stated of most, and what none of them states."""

from __future__ import annotations

from dataclasses import dataclass

from clustergraph.engine import Solution
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Panel, bound, holds


@dataclass(frozen=True)
class Completeness:
    """What a completeness card shows: items in words."""

    stated: list[str]
    missing: list[str]

    @property
    def count(self) -> int:
        """How many items no source states."""
        return len(self.missing)


def completeness(_panel: Panel, rows: list[Solution], _marks: Marks) -> Completeness:
    """The card of an edition: rows of ``?what ?stated``, false for each item and true for those that are stated."""
    found: dict[str, bool] = {}
    for row in rows:
        what = bound(row, "what")
        if what is not None:
            found[what.value] = found.get(what.value, False) or holds(row, "stated")
    return Completeness([what for what, is_so in found.items() if is_so], [what for what in found if not found[what]])
