"""Where two met, in a graph so large that no engine tries each part of one with each of the other in good time.

The parts of each are read by themselves, and what a panel shows is asked of those alone that meet. The rows are the
same as those of the queries behind the panels of :mod:`clustergraph.entities.between`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from clustergraph import queries, sorting
from clustergraph.engine import Bindings, Engine, Solution
from clustergraph.iris import CG, concept

SIDE, PART = "between/side", "between/part"
ORIGIN = NamedNode(f"{CG}origin")
IN_EVENT, STATED_AT = NamedNode(f"{CG}inEvent"), NamedNode(f"{CG}statedAt")
TOOK_PART = NamedNode(concept("evidence", "took-part"))


class Kind(NamedTuple):
    """What two meet at.

    :ivar at: the property that leads from a part there.
    :ivar weaker: whether the evidence of at least one of the two is weaker than that it took part; else both did.
    :ivar shown: what the query gives of where they met -> what it is called in that of a part.
    :ivar of_side: what it gives of each of the two, with ``{}`` for ``A`` or ``B``, likewise.
    """

    at: NamedNode
    weaker: bool
    shown: Mapping[str, str]
    of_side: Mapping[str, str]


_EDITION = {"edition": "edition", "editionLabel": "editionLabel", "date": "date", "source": "source"}
_AGENT = {"agent{}": "agent", "agent{}Label": "agentLabel", "role{}": "role", "role{}Label": "roleLabel"}
#: The queries whose rows are found here.
KINDS = {
    "between/sessions": Kind(IN_EVENT, False, {"session": "event", "sessionLabel": "eventLabel", **_EDITION}, _AGENT),
    "between/editions": Kind(STATED_AT, False, _EDITION, _AGENT),
    "between/named": Kind(STATED_AT, True, _EDITION, {"evidence{}": "evidence", "evidence{}Label": "evidenceLabel"}),
}


def rows(graph: Engine, name: str, things: Bindings) -> list[Solution]:
    """The rows of a query about two of which one at least is a region or country: nobody mentions these by name.

    :param name: one of :data:`KINDS`.
    :param things: ``a`` and ``b``, and as ``isA`` and ``isB`` how parts lead to them.
    """
    kind = KINDS[name]
    parts = {side: _parts(graph, kind, things[side.lower()], things[f"is{side}"]) for side in "AB"}
    columns = [*kind.shown, *(column.format(side) for column in kind.of_side for side in "AB")]
    found: list[Solution] = []
    for side, other in ("AB", "BA"):
        named = {**kind.shown, **{column.format(side): variable for column, variable in kind.of_side.items()}}
        found += [
            {**things, **dict.fromkeys(columns), **{column: row[variable] for column, variable in named.items()}}
            for row in _shown(graph, kind, _meeting(kind, parts[side], parts[other]))
        ]
    distinct = {tuple(row.values()): row for row in found}
    return sorting.in_order(list(distinct.values()), sorting.apart(queries.load(name).text)[1])


def _parts(graph: Engine, kind: Kind, entity: NamedNode | Literal, leading: NamedNode | Literal) -> list[Solution]:
    return graph.select(queries.load(SIDE).text, {"entity": entity, "is": leading, "at": kind.at})


def _meeting(kind: Kind, own: list[Solution], theirs: list[Solution]) -> list[Bindings]:
    """Which of the own parts meet one of another actor, each with what it meets it at."""
    others: dict[Any, set[tuple[Any, bool]]] = defaultdict(set)
    for row in theirs:
        others[row["event"]].add((row["agent"], row["evidence"] == TOOK_PART))
    return [
        {"part": row["part"], "event": row["event"]}
        for row in own
        if any(
            agent != row["agent"] and (present and row["evidence"] == TOOK_PART) != kind.weaker
            for agent, present in others.get(row["event"], ())
        )
    ]


def _shown(graph: Engine, kind: Kind, meeting: list[Bindings]) -> list[Solution]:
    """What is shown of parts; of those in an edition or a related event nothing among sessions."""
    texts = queries.load(PART).texts(meeting)
    found = [row for some in graph.select_all([(text, {}) for text in texts]) for row in some]
    return [row for row in found if kind.at != IN_EVENT or row["class"]]
