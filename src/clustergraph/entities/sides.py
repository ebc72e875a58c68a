"""What several things state, side by side: a line for each subject, and in it what each thing states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clustergraph.entities.marks import Named
from clustergraph.entities.values import Value
from clustergraph.names import fold


@dataclass(frozen=True)
class Entry:
    """One value that one of the things has.

    :ivar notes: what belongs to it: its scope, its standing, an address.
    :ivar marks: the sources that state it.
    """

    value: Value
    notes: list[Value]
    marks: Named


@dataclass(frozen=True)
class Side:
    """What one of the things has on one subject.

    :ivar heading: the subject.
    :ivar group: a heading it stands under, or empty.
    """

    heading: Value
    group: str
    entries: list[Entry]


@dataclass(frozen=True)
class Line:
    """What all the things have on one subject.

    :ivar cells: the entries of each thing, in the order of the columns.
    """

    heading: Value
    group: str
    cells: list[list[Entry]]

    @property
    def shared(self) -> int:
        """How many of the things have anything."""
        return sum(1 for cell in self.cells if cell)

    @property
    def sharing(self) -> str:
        """How many that is, in words; empty for one."""
        if self.shared < 2:
            return ""
        return among(self.shared, len(self.cells))


@dataclass(frozen=True)
class Sides:
    """What a panel shows of several things.

    :ivar columns: the name of each thing, linked to its page.
    :ivar marked: whether it is told how many of the things share a line.
    """

    columns: list[Value]
    lines: list[Line]
    marked: bool

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines under their headings."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.group, []).append(line)
        return list(found.items())


def among(shared: int, of: int) -> str:
    """How many of the things share something, in words: ``"both"``, ``"all 3"``, ``"2 of 3"``."""
    return f"{shared} of {of}" if shared < of else "both" if of == 2 else f"all {of}"


def lines(sides: Sequence[dict[str, Side]], ranked: bool, by_name: bool = False) -> list[Line]:
    """The sides of several things laid beside each other; a subject on which none has anything is left out.

    :param sides: for each thing: subject -> what it has.
    :param ranked: whether what most of them share stands first; else the order is that of the subjects.
    :param by_name: whether those shared by as many stand by name, without regard to letter case and diacritics.
    """
    subjects = {key: side for found in sides for key, side in found.items()}
    drawn = [
        Line(side.heading, side.group, [found[key].entries if key in found else [] for found in sides])
        for key, side in subjects.items()
    ]
    stated = [line for line in drawn if line.shared]
    if by_name:
        stated.sort(key=lambda line: (fold(line.heading.text), line.heading.href))
    return sorted(stated, key=lambda line: (line.group, -line.shared)) if ranked else stated
