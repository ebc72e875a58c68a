"""Ways between actors, regions and countries: over what two took part in together, and what sources state of both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.iris import kind_and_slug

QUERY = "between/links"
#: Most steps of a way: a longer one tells nobody anything.
MOST_STEPS = 6
#: What joins two, the strongest first: a statement of both, a session shared, an edition shared.
STATED, SESSION, EDITION = range(3)
_BY_KIND = {"session": SESSION, "edition": EDITION}


@dataclass(frozen=True, order=True)
class Join:
    """What joins those who share it: a session, an edition, or a statement of two.

    :ivar strength: :data:`STATED`, :data:`SESSION` or :data:`EDITION`.
    :ivar name: its address, or both addresses of those of whom something is stated.
    """

    strength: int
    name: str


@dataclass(frozen=True)
class Step:
    """A step of a way.

    :ivar one: the IRI where it starts; ``other``: where it ends.
    """

    one: str
    join: Join
    other: str


class Ways:
    """The ways in one graph, over parts that sources state as taken, posts and units.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._members: dict[Join, set[str]] = defaultdict(set)
        self._joins: dict[str, set[Join]] = defaultdict(set)
        for row in graph.select(queries.load(QUERY).text):
            self._add(row["one"].value, row["other"].value)

    def shortest(self, start: str, end: str) -> list[Step]:
        """A way with the fewest steps, of at most :data:`MOST_STEPS`; none where there is no such way.

        Of equally short ways it goes over the strongest join at each step, then by address, so that a release always
        answers alike. It passes through people and bodies alone: two from one country need not know of each other.
        """
        steps = self._steps_to(end, start)
        way: list[Step] = []
        while start in steps and start != end:
            step = min(
                (
                    Step(start, join, other)
                    for join in self._joins[start]
                    for other in self._members[join]
                    if steps.get(other) == steps[start] - 1
                ),
                key=lambda step: (step.join.strength, step.other, step.join.name),
            )
            way.append(step)
            start = step.other
        return way

    def _add(self, one: str, other: str) -> None:
        kind, _ = kind_and_slug(other) or ("", "")
        shared = kind in _BY_KIND
        join = Join(_BY_KIND[kind], other) if shared else Join(STATED, f"{one} {other}")
        for member in (one,) if shared else (one, other):
            self._members[join].add(member)
            self._joins[member].add(join)

    def _steps_to(self, end: str, start: str) -> dict[str, int]:
        """How many steps each is away from the end, of those not farther than the start."""
        steps, seen, reached = {end: 0}, set[Join](), [end]
        while reached and start not in steps and steps[reached[0]] < MOST_STEPS:
            found: list[str] = []
            for one in reached:
                for join in self._joins.get(one, set()) - seen:
                    seen.add(join)
                    found += [other for other in self._members[join] if other not in steps]
                    steps.update((other, steps[one] + 1) for other in self._members[join] if other not in steps)
            reached = [one for one in found if not _is_area(one)]
        return steps


def _is_area(iri: str) -> bool:
    return (kind_and_slug(iri) or ("", ""))[0] in ("region", "country")
