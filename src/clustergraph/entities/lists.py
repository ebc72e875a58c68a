"""Lists of all things of a kind: sorted by folded name or by date, filtered by name, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities.panels import Column, gather
from clustergraph.entities.values import Value
from clustergraph.errors import NotFoundError
from clustergraph.names import fold

PAGE_SIZE = 100
_EDITION = Column("edition", "Edition")
_EDITIONS = Column("editions", "Editions")
_KIND = Column("kind", "Kind")
_COUNTRY = Column("country", "Country")
_HELD = Column("editions", "Editions held")
_ADDRESS = Column("address", "Address")


@dataclass(frozen=True)
class Listed:
    """A list: the query ``list/{name}`` and how its rows are shown.

    :ivar about: a sentence on what the list holds.
    :ivar by_name: sorted by folded name; else in the order of the query, which is by date.
    :ivar other_names: variables with further names, found by the filter and not shown.
    """

    name: str
    heading: str
    about: str
    columns: tuple[Column, ...]
    by_name: bool = True
    other_names: tuple[str, ...] = ("also",)


@dataclass(frozen=True)
class Item:
    """A line of a list.

    :ivar name: the thing, linked.
    :ivar cells: the values of each column.
    :ivar folded: all its names, folded, for finding.
    """

    name: Value
    cells: list[list[Value]]
    folded: str


@dataclass(frozen=True)
class Part:
    """One page of a list.

    :ivar found: how many items the filter found; ``total``: how many there are.
    :ivar number: the number of the page, from 1 to ``pages``.
    """

    listed: Listed
    items: list[Item]
    found: int
    total: int
    number: int
    pages: int


LISTS = {
    listed.name: listed
    for listed in (
        Listed(
            "editions", "Editions", "Every edition known, by date.", by_name=False, other_names=("place", "country"),
            columns=(Column("start", "Dates", until="end"), Column("place", "City"), _COUNTRY,
                     Column("number", "Number, as stated"), Column("coverage", "Coverage")),
        ),
        Listed(
            "sessions", "Sessions", "The sessions of all editions, in order.", by_name=False,
            columns=(_EDITION, _KIND, Column("date", "Date")),
        ),
        Listed(
            "people", "People", "People named in public sources, in their public professional roles only.",
            columns=(Column("organisation", "Organisations stated"), _EDITIONS),
        ),
        Listed(
            "organisations", "Organisations", "Clusters, authorities, companies, universities, projects and others.",
            columns=(Column("acronym", "Acronym"), _KIND, _COUNTRY, _EDITIONS), other_names=("also", "acronym"),
        ),
        Listed(
            "regions", "Regions", "NUTS regions that occur, of levels 1 and 2.",
            columns=(Column("code", "NUTS code"), Column("level", "Level"), _COUNTRY, _HELD),
            other_names=("code",),
        ),
        Listed(
            "countries", "Countries", "Countries that occur, with the editions held there.",
            columns=(Column("code", "ISO code"), Column("member", "Member of the EU"), _HELD),
            other_names=("code",),
        ),
        Listed(
            "topics", "Topics", "Topics, the 14 industrial ecosystems of the EU, and policies named.",
            columns=(_KIND, _EDITIONS, Column("sessions", "Sessions")),
        ),
        Listed(
            "documents", "Documents", "Input papers, agendas, recordings and other documents of editions.",
            columns=(_KIND, _EDITION, _ADDRESS),
        ),
        Listed(
            "sources", "Sources", "The public pages that every fact is drawn from.", other_names=("publisher",),
            columns=(Column("publisher", "Publisher"), Column("issued", "Published"), Column("edition", "Cited for")),
        ),
    )
}  # fmt: skip


class Listings:
    """The lists of one graph, each worked out once: a release never changes.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._graph = graph
        self._items: dict[str, list[Item]] = {}

    def part(self, name: str, number: int, wanted: str = "") -> Part:
        """One page of a list.

        :param name: a key of :data:`LISTS`.
        :param number: number of the page, from 1.
        :param wanted: words that a name must hold, in any letter case and with or without diacritics.
        :raises NotFoundError: the list has no such page.
        """
        listed, items = LISTS[name], self._all(name)
        words = fold(wanted).split()
        found = [item for item in items if all(word in item.folded for word in words)] if words else items
        pages = max(1, ceil(len(found) / PAGE_SIZE))
        if not 1 <= number <= pages:
            raise NotFoundError(f"this list has {pages} page{'s' if pages > 1 else ''}; there is no page {number}")
        start = (number - 1) * PAGE_SIZE
        return Part(listed, found[start : start + PAGE_SIZE], len(found), len(items), number, pages)

    def _all(self, name: str) -> list[Item]:
        if name not in self._items:
            self._items[name] = _items(self._graph, LISTS[name])
        return self._items[name]


def _items(graph: Engine, listed: Listed) -> list[Item]:
    variables = {column.variable: column.until for column in listed.columns}
    rows = graph.select(queries.load(f"list/{listed.name}").text)
    found = gather(rows, "item", {"item": "", **dict.fromkeys(listed.other_names, ""), **variables})
    items = []
    for one in found:
        name = one.first("item") or Value(one.key)
        names = [name.text, *(value.text for other in listed.other_names for value in one.of(other))]
        cells = [one.of(column.variable) for column in listed.columns]
        items.append(Item(name, cells, " | ".join(map(fold, names))))
    return sorted(items, key=lambda item: (fold(item.name.text), item.name.text)) if listed.by_name else items
