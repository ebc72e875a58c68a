"""Where two met, in a graph so large that no engine tries each part of one with each of the other in good time.

The parts of each are read by themselves, and what a panel shows is asked of those alone that meet. The rows are the
same as those of the queries behind the panels of :mod:`clustergraph.entities.between`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from pyoxigraph import NamedNode

from clustergraph import queries, sorting
from clustergraph.engine import Bindings, Engine, Solution
from clustergraph.entities.once import once_of
from clustergraph.iris import CG, concept

SIDE, PART = "between/side", "between/part"
ORIGIN = NamedNode(f"{CG}origin")
TOOK_PART = NamedNode(concept("evidence", "took-part"))
#: Actors, regions and countries whose parts are kept, some thousand of the largest.
MOST_KEPT = 8


class Kind(NamedTuple):
    """What two meet at.

    :ivar at: the variable of :data:`SIDE` that says at what a part was.
    :ivar weaker: whether the evidence of at least one of the two is weaker than that it took part; else both did.
    :ivar shown: what the query gives of where they met -> what it is called in that of a part.
    :ivar of_side: what it gives of each of the two, with ``{}`` for ``A`` or ``B``, likewise.
    """

    at: str
    weaker: bool
    shown: Mapping[str, str]
    of_side: Mapping[str, str]


class _Part(NamedTuple):
    part: NamedNode
    agent: NamedNode
    present: bool


#: Where parts were -> those parts, each once.
Parts = dict[NamedNode, dict[_Part, None]]
_EDITION = {"edition": "edition", "editionLabel": "editionLabel", "date": "date", "source": "source"}
_AGENT = {"agent{}": "agent", "agent{}Label": "agentLabel", "role{}": "role", "role{}Label": "roleLabel"}
#: The queries whose rows are found here.
KINDS = {
    "between/sessions": Kind("event", False, {"session": "event", "sessionLabel": "eventLabel", **_EDITION}, _AGENT),
    "between/editions": Kind("edition", False, _EDITION, _AGENT),
    "between/named": Kind("edition", True, _EDITION, {"evidence{}": "evidence", "evidence{}Label": "evidenceLabel"}),
}


class Meetings:
    """Where two met in one graph.

    :param graph: the graph of a release.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        # Three panels of a page ask for the parts of the same two.
        self._sides = lru_cache(maxsize=MOST_KEPT)(lambda *side: once_of(graph, partial(self._read, *side)))

    def rows(self, name: str, things: Bindings) -> list[Solution]:
        """The rows of a query about two of which one at least is a region or country: nobody mentions these by name.

        :param name: one of :data:`KINDS`.
        :param things: ``a`` and ``b``, and as ``isA`` and ``isB`` how parts lead to them.
        """
        kind = KINDS[name]
        parts = {side: self._sides(things[side.lower()], things[f"is{side}"])()[kind.at] for side in "AB"}
        columns = [*kind.shown, *(column.format(side) for column in kind.of_side for side in "AB")]
        found: list[Solution] = []
        for side, other in ("AB", "BA"):
            named = {**kind.shown, **{column.format(side): variable for column, variable in kind.of_side.items()}}
            found += [
                {**things, **dict.fromkeys(columns), **{column: row[variable] for column, variable in named.items()}}
                for row in self._shown(kind, _meeting(kind, parts[side], parts[other]))
            ]
        distinct = {tuple(row.values()): row for row in found}
        return sorting.in_order(list(distinct.values()), sorting.apart(queries.load(name).text)[1])

    def _read(self, entity: NamedNode, leading: NamedNode) -> dict[str, Parts]:
        """The parts of one, by the variable that says at what they were."""
        found: dict[str, Parts] = {kind.at: defaultdict(dict) for kind in KINDS.values()}
        for row in self._graph.select(queries.load(SIDE).text, {"entity": entity, "is": leading}):
            part = _Part(row["part"], row["agent"], row["evidence"] == TOOK_PART)
            for at, parts in found.items():
                if row[at] is not None:
                    parts[row[at]][part] = None
        return found

    def _shown(self, kind: Kind, meeting: list[Bindings]) -> list[Solution]:
        """What is shown of parts; of those in an edition or a related event nothing among sessions."""
        texts = queries.load(PART).texts(meeting)
        found = [row for some in self._graph.select_all([(text, {}) for text in texts]) for row in some]
        return [row for row in found if kind.at != "event" or row["class"]]


def _meeting(kind: Kind, own: Parts, theirs: Parts) -> list[Bindings]:
    """Which of the own parts meet one of another actor, each with what it meets it at."""
    return [
        {"part": part.part, "event": event}
        for event in own.keys() & theirs.keys()
        for part in own[event]
        if any(
            other.agent != part.agent and (other.present and part.present) != kind.weaker for other in theirs[event]
        )
    ]
