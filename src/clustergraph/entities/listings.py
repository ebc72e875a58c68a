"""What a list shows: the things chosen, in an order, page by page, and what else can be chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities.facets import Aspect, Chosen, Facet, Found, Occasions
from clustergraph.entities.lists import LISTS, Listed, Sort
from clustergraph.entities.once import once, once_of
from clustergraph.entities.panels import MOST, gather
from clustergraph.entities.states import State
from clustergraph.entities.values import Value, day
from clustergraph.errors import InputError, NotFoundError
from clustergraph.names import fold

PAGE_SIZE = 100
#: How many answers are kept: a release never changes, and most visitors choose the same.
KEPT = 64
#: How many values a message names at most.
NAMED = 40
#: The date at the start of an edition's slug.
DATED = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?=-)")


@dataclass(frozen=True)
class Item:
    """A line of a list.

    :ivar iri: the permanent address of the thing.
    :ivar name: the thing, linked.
    :ivar cells: the values of each column.
    :ivar folded: all its names, folded, for finding.
    """

    iri: str
    name: Value
    cells: list[list[Value]]
    folded: str


@dataclass(frozen=True)
class Choice:
    """A value of a facet.

    :ivar date: when it was, for an edition; else empty.
    :ivar count: how many things choosing it would leave, or has left.
    :ivar address: the query of the address that chooses it, or no longer does.
    """

    key: str
    label: str
    date: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Shown:
    """A facet with the values that leave anything, and those chosen."""

    facet: Facet
    choices: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        """The values chosen."""
        return [choice for choice in self.choices if choice.chosen]

    @property
    def offered(self) -> list[Choice]:
        """The values to show on a page: the first of very many, and all chosen."""
        return [*self.choices[:MOST], *(choice for choice in self.choices[MOST:] if choice.chosen)]

    @property
    def left(self) -> int:
        """How many values are not among them."""
        return len(self.choices) - len(self.offered)


@dataclass(frozen=True)
class Part:
    """One page of a list.

    :ivar all_items: the things on all pages.
    :ivar total: how many things the list has when nothing is chosen.
    :ivar facets: what can be chosen further.
    :ivar sort: the order.
    :ivar evidence: by which evidence alone the things chosen appear, in words, or empty where that is not asked.
    """

    listed: Listed
    state: State
    all_items: list[Item]
    total: int
    facets: list[Shown]
    sort: Sort
    evidence: str

    @property
    def items(self) -> list[Item]:
        """The things on this page."""
        start = (self.state.number - 1) * PAGE_SIZE
        return self.all_items[start : start + PAGE_SIZE]

    @property
    def found(self) -> int:
        """How many things are chosen."""
        return len(self.all_items)

    @property
    def page_address(self) -> str:
        """The query of the address of this one page, named even where it is the first."""
        rest = self.state.at(1).address
        return f"{rest}{'&' if rest else '?'}page={self.state.number}"

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, ceil(self.found / PAGE_SIZE))


class Listings:
    """The lists of one graph, each worked out once: a release never changes.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        aspects = {aspect for listed in LISTS.values() for aspect in listed.aspects}
        found = {aspect: once_of(graph, partial(Found, graph, aspect)) for aspect in aspects}
        self._loaded = {
            name: once_of(graph, partial(_Loaded, graph, listed, found)) for name, listed in LISTS.items()
        }
        self._parts = lru_cache(KEPT)(lambda name, state: self._loaded[name]().part(state))

    def part(self, name: str, state: State | None = None) -> Part:
        """One page of a list.

        :param name: a key of :data:`LISTS`.
        :param state: what is asked of it; None for its first page.
        :raises InputError: it has no such facet, value or order.
        :raises NotFoundError: it has no such page.
        """
        return self._parts(name, state or State())

    def opening(self, name: str) -> Part:
        """The first page of a list by itself, without what else can be chosen.

        :param name: a key of :data:`LISTS`.
        """
        return self._loaded[name]().opening()

    def prepare(self) -> None:
        """Work every list out now, so that nobody waits for it."""
        for name in LISTS:
            self.part(name)


class _Loaded:
    """A list with everything that its orders need, and its facets once they are asked for."""

    def __init__(self, graph: Engine, listed: Listed, found: Mapping[Aspect, Callable[[], Found]]) -> None:
        self._listed = listed
        self._items = _items(graph, listed)
        self._orders = {sort.name: self._order(sort) for sort in listed.sorts}
        positions = {item.iri: position for position, item in enumerate(self._items)}
        self._occasions = once(lambda: [Occasions(found[aspect](), aspect, positions) for aspect in listed.aspects])

    @property
    def _aspects(self) -> list[Occasions]:
        return self._occasions()

    def opening(self) -> Part:
        sort = self._listed.sorts[0]
        items = [self._items[at] for at in self._orders[sort.name]]
        return Part(self._listed, State(), items, len(items), [], sort, "")

    def part(self, state: State) -> Part:
        sort = self._sort(state.sort)
        chosen = self._chosen(state)
        by_aspect = [aspect.items(chosen) for aspect in self._aspects]
        named = self._named(state.wanted)
        found = _all_of([named, *by_aspect])
        items = [self._items[at] for at in self._orders[sort.name] if found is None or at in found]
        shown = []
        for number, aspect in enumerate(self._aspects):
            among = _all_of([named, *by_aspect[:number], *by_aspect[number + 1 :]])
            shown += [_shown(aspect, facet, chosen, among, state) for facet in aspect.aspect.facets]
        part = Part(self._listed, state, items, len(self._items), shown, sort, self._evidence(chosen))
        if not 1 <= state.number <= part.pages:
            pages = f"{part.pages} page{'s' if part.pages > 1 else ''}"
            raise NotFoundError(f"this list has {pages}; there is no page {state.number}")
        return part

    def _order(self, sort: Sort) -> list[int]:
        """The positions in an order; things without a value stand last, and equals in the usual order."""
        positions = range(len(self._items))
        if sort.variable == "item":
            return list(reversed(positions) if sort.down else positions)
        if not sort.variable:
            return sorted(positions, key=lambda at: (fold(self._items[at].name.text), self._items[at].name.text))
        column = [column.variable for column in self._listed.columns].index(sort.variable)
        keys = {at: key for at in positions if (key := _sort_key(self._items[at].cells[column]))}
        return [*sorted(keys, key=keys.__getitem__, reverse=sort.down), *(at for at in positions if at not in keys)]

    def _sort(self, name: str) -> Sort:
        for sort in self._listed.sorts:
            if name in ("", sort.name):
                return sort
        names = ", ".join(sort.name for sort in self._listed.sorts)
        raise InputError(f"sort={name[:40]!r} is no order of this list; take one of {names}")

    def _chosen(self, state: State) -> Chosen:
        chosen: dict[str, frozenset[str]] = {}
        for name, key in state.chosen:
            self._check(name, key)
            chosen[name] = chosen.get(name, frozenset()) | {key}
        for aspect in self._listed.aspects:
            if len(chosen.get(aspect.apart, ())) > 1:
                raise InputError(f"{aspect.apart} stands twice; its values are never counted together, choose one")
        return chosen

    def _check(self, name: str, key: str) -> None:
        for aspect in self._aspects:
            labels = aspect.labels.get(name)
            if labels is not None and key not in labels:
                allowed = sorted(labels)
                more = f" and {len(allowed) - NAMED} more" if len(allowed) > NAMED else ""
                raise InputError(
                    f"{name}={key[:60]!r} does not occur in this list; allowed are {', '.join(allowed[:NAMED])}{more}"
                )

    def _named(self, wanted: str) -> set[int] | None:
        words = fold(wanted).split()
        if not wanted:
            return None
        return {at for at, item in enumerate(self._items) if words and all(word in item.folded for word in words)}

    def _evidence(self, chosen: Chosen) -> str:
        for aspect in self._aspects:
            if keys := aspect.aspect.holds(chosen).get(aspect.aspect.apart):
                return ", ".join(aspect.labels[aspect.aspect.apart].get(key, key) for key in keys)
        return ""


def _items(graph: Engine, listed: Listed) -> list[Item]:
    variables = {column.variable: column.until for column in listed.columns}
    rows = graph.select(queries.load(f"list/{listed.name}").text)
    items = []
    for one in gather(rows, "item", {"item": "", **dict.fromkeys(listed.other_names, ""), **variables}):
        name = one.first("item") or Value(one.key)
        names = [name.text, *(value.text for other in listed.other_names for value in one.of(other))]
        cells = [one.of(column.variable) for column in listed.columns]
        items.append(Item(one.key, name, cells, " | ".join(map(fold, names))))
    return items


def _shown(aspect: Occasions, facet: Facet, chosen: Chosen, among: set[int] | None, state: State) -> Shown:
    counts = aspect.counts(facet, chosen, among)
    wanted = chosen.get(facet.name, frozenset())
    labels = aspect.labels[facet.name]
    keys = sorted(counts.keys() | wanted, key=lambda key: (-counts[key], fold(labels[key]), key))
    if facet.by_key:
        keys.sort(reverse=True)
    alone = facet.name == aspect.aspect.apart
    return Shown(
        facet,
        [
            Choice(
                key=key,
                label=labels[key],
                date=day(found[0]) if facet.name == "edition" and (found := DATED.match(key)) else "",
                count=counts[key],
                chosen=key in wanted,
                address=state.toggled(facet.name, key, alone).address,
            )
            for key in keys
        ],
    )


def _all_of(sets: list[set[int] | None]) -> set[int] | None:
    """The members of all sets, where None holds everything."""
    given = [each for each in sets if each is not None]
    return set.intersection(*given) if given else None


def _sort_key(cell: list[Value]) -> tuple[float, str] | None:
    """A number by its size, a date by its day, a text without regard to letter case and diacritics."""
    if not cell:
        return None
    text = cell[0].moment or cell[0].text
    return (float(text), "") if text.isdecimal() else (0.0, cell[0].moment or fold(text))
