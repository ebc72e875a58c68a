"""Where sources differ: what each says, side by side, the preferred value first, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from clustergraph.engine import Solution
from clustergraph.entities.marks import Marks, Named
from clustergraph.entities.panels import Gathered, Panel, anchor, gather
from clustergraph.entities.values import Value

_VARIABLES = {"value": "until", "property": "", "standing": "", "reason": ""}


@dataclass(frozen=True)
class Side:
    """What some sources say.

    :ivar anchor: fragment by which the claim is found on this page, or empty.
    :ivar is_preferred: whether the graph takes this value.
    """

    anchor: str
    values: list[Value]
    is_preferred: bool
    marks: Named


@dataclass(frozen=True)
class Difference:
    """What sources say of one property of one thing.

    :ivar about: the thing, or the edition whose sources differ.
    :ivar reasons: why the preferred value is preferred, in the words of the editors.
    """

    about: Value | None
    of: Value | None
    sides: list[Side] = field(default_factory=list)
    reasons: list[Value] = field(default_factory=list)


@dataclass(frozen=True)
class Differences:
    """What a panel of differences shows."""

    differences: list[Difference]

    @property
    def count(self) -> int:
        """In how many points sources differ."""
        return len(self.differences)


def differences(panel: Panel, rows: list[Solution], marks: Marks) -> Differences:
    """The differences of a panel: rows of ``?item ?property ?value ?standing ?reason``, below ``panel.group``."""
    found: dict[tuple[str, str], Difference] = {}
    for one in gather(rows, panel.key, {panel.group: "", **_VARIABLES}):
        about, of = one.first(panel.group), one.first("property")
        key = (about.href or about.text if about else "", of.text if of else "")
        difference = found.setdefault(key, Difference(about, of))
        difference.sides.append(_side(one, marks, panel.home))
        difference.reasons.extend(reason for reason in one.of("reason") if reason not in difference.reasons)
    return Differences(list(found.values()))


def _side(one: Gathered, marks: Marks, home: bool) -> Side:
    standing = one.first("standing")
    return Side(
        anchor=anchor(one.key) if home else "",
        values=one.of("value"),
        is_preferred=standing is not None and standing.text == "preferred",
        marks=marks.of(one.sources),
    )
