"""What was measured, as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing.

    :ivar name: what was measured.
    :ivar value: how much.
    :ivar unit: of what: ``s``, ``MB``, ``/s``, ``x``.
    :ivar most: the mark it should stay below, where there is one.
    :ivar least: the mark it should reach, where there is one.
    """

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    def line(self) -> str:
        """The figure with its mark and whether it is met."""
        text = f"{self.name:<64} {self.value:>10.2f} {self.unit:<4}"
        if self.most is not None:
            return f"{text} mark {self.most:g} {self.unit}: {'met' if self.value <= self.most else 'MISSED'}"
        if self.least is not None:
            return f"{text} mark {self.least:g} {self.unit}: {'met' if self.value >= self.least else 'MISSED'}"
        return text.rstrip()


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print a group of figures under a title."""
    print(f"\n{title}")
    for figure in figures:
        print("  " + figure.line(), flush=True)
