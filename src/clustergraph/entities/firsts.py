"""The first rows of panels that have very many: which they are is found first, then what is shown of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities.panels import MOST, Panel, Things, name_of, own
from clustergraph.queries import AT_ONCE
from clustergraph.store import HELD_IN_MEMORY


@dataclass(frozen=True)
class Firsts:
    """What a panel shows of very much.

    :ivar rows: the rows of what it shows, in order.
    :ivar count: how many it has, shown or not.
    """

    rows: list[Solution]
    count: int


@dataclass(frozen=True)
class _Wanted:
    """What a panel will show.

    :ivar keys: by the key of each row that is shown, in order: what is asked for.
    :ivar count: how many keys there are.
    """

    panel: Panel
    things: Things
    keys: Mapping[str, list[NamedNode]]
    count: int

    def texts(self) -> list[str]:
        """The queries for the rows: one for some hundred things, with all of a key in the same."""
        shares: list[list[NamedNode]] = []
        for terms in self.keys.values():
            if not shares or len(shares[-1]) >= AT_ONCE:
                shares.append([])
            shares[-1] += terms
        query = queries.load(self.panel.rows or self.panel.query)
        return [query.with_values(*({**self.things, self.panel.by: term} for term in share)) for share in shares]

    def firsts(self, rows: list[Solution]) -> Firsts:
        """The rows, in the order of their keys; what else belongs to the same things is left out."""
        places = {key: place for place, key in enumerate(self.keys)}
        names = self.panel.key.split()
        named = [(places.get(name_of(row, names)), row) for row in rows]
        ordered = sorted(((place, row) for place, row in named if place is not None), key=lambda one: one[0])
        return Firsts([row for _, row in ordered], self.count)


def firsts(graph: Engine, asked: Sequence[tuple[Panel, Things]]) -> dict[int, Firsts]:
    """The first rows of those panels that say how they are found, by their place among all; none of a graph so small
    that it is held in memory, where one query for all rows is the quickest.

    :param asked: panels, each with variable of its query -> thing.
    """
    many = {place: one for place, one in enumerate(asked) if one[0].keys and len(graph) > HELD_IN_MEMORY}
    leading = {panel.keys: things for panel, things in many.values()}
    found = graph.select_all([(queries.load(query).text, things) for query, things in leading.items()])
    keys = dict(zip(leading, found, strict=True))
    wanted = {place: _wanted(panel, things, keys[panel.keys]) for place, (panel, things) in many.items()}
    texts = {place: one.texts() for place, one in wanted.items()}
    answers = graph.select_all([(text, {}) for some in texts.values() for text in some])
    return {place: wanted[place].firsts(_next(answers, len(some))) for place, some in texts.items()}


def _wanted(panel: Panel, things: Things, rows: list[Solution]) -> _Wanted:
    keys: dict[str, list[NamedNode]] = {}
    names = panel.key.split()
    for row in own(panel, rows):
        keys.setdefault(name_of(row, names), []).append(row[panel.by])
    return _Wanted(panel, things, dict(islice(keys.items(), MOST)), len(keys))


def _next(answers: Iterator[list[Solution]], number: int) -> list[Solution]:
    return [row for rows in islice(answers, number) for row in rows]
