"""Two to six editions side by side: what is stated of each, what they share, and who was at several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Bindings, Engine, Solution
from clustergraph.entities.marks import Marks, Source
from clustergraph.entities.page import Filled, find, heading
from clustergraph.entities.readings import Reading, kind_of, read
from clustergraph.entities.sides import Line, Sides, among, lines
from clustergraph.entities.values import Value, day
from clustergraph.errors import InputError
from clustergraph.iris import concept, page_path, slugify

#: How many editions can be compared.
FEWEST, MOST = 2, 6
_COUNTED = "Only parts that sources state as taken count: not being announced, represented, quoted or mentioned."
PRESENCE = Reading(
    "compare/presence",
    "Who was at more than one",
    f"With the roles at each; the query also gives those who were at one alone. {_COUNTED}",
    line="agent",
    entry="role",
)
READINGS = (
    Reading(
        "edition/facts",
        "When and where",
        "Where sources differ, each value stands; the page of the edition says why one is preferred.",
        in_order=True,
    ),
    Reading(
        "edition/figures",
        "Figures",
        "In the words of the sources: “over 300” is not 300. Where two sources differ, both figures stand.",
        line="indicator",
        entry="stated",
        notes=("scope", "about", "aboutText"),
        apart=True,
        in_order=True,
    ),
    PRESENCE,
    Reading(
        "edition/programme",
        "Kinds of sessions",
        "As many as sources name: an edition with few sources may have had more.",
        line="kind",
        entry="session",
        key="session",
        counted=True,
        in_order=True,
    ),
    Reading("compare/presence", "Roles", _COUNTED, line="role", entry="agent", counted=True),
    Reading(
        "compare/countries",
        "Countries represented",
        f"From where those came who took part, and which countries sessions are stated to represent. {_COUNTED}",
        line="country",
        entry="who",
        counted=True,
        marked=True,
    ),
    Reading("edition/topics", "Topics and ecosystems", line="topic", key="topic", group="kind", marked=True),
    Reading("edition/policies", "Policies and programmes named", line="policy", key="policy", marked=True),
    Reading(
        "edition/parts",
        "Organisers, partners and others",
        "Who took part outside the sessions.",
        line="role",
        entry="agent",
        notes=("attendance", "status"),
        bindings={"evidence": NamedNode(concept("evidence", "took-part"))},
        in_order=True,
    ),
    Reading(
        "edition/documents",
        "Documents",
        line="kind",
        entry="document",
        key="document",
        notes=("address",),
    ),
)
_KINDS = {"person": "people", "organisation": "organisations"}


@dataclass(frozen=True)
class Edition:
    """One of the editions compared.

    :ivar label: what it is called.
    :ivar name: city and month, linked to its page: ``Cluj-Napoca, July 2025``; its label where neither is stated.
    """

    slug: str
    node: NamedNode
    label: Value
    name: Value


@dataclass(frozen=True)
class Comparison:
    """Some editions side by side.

    :ivar editions: in the order of their addresses, which is that of their dates.
    :ivar panels: the panels that have something to show; each shows :class:`sides.Sides`.
    :ivar presence: who took part in at least two of them, the most frequent first.
    """

    editions: list[Edition]
    panels: list[tuple[Filled, Sides]]
    presence: list[Line]
    sources: list[Source]

    @property
    def names(self) -> str:
        """What is compared, in words."""
        *others, last = [edition.name.text for edition in self.editions]
        return f"{'; '.join(others)} and {last}"

    @property
    def summary(self) -> str:
        """Who was at several of them, in one sentence."""
        of = len(self.editions)
        if not self.presence:
            several = "both" if of == 2 else "two or more of them"
            return f"No source names anybody as taking part in {several}. Sources name few of those present."
        together = [len([line for line in self.presence if line.shared >= least]) for least in (2, of)]
        if of == 2:
            return f"{_actors(together[0])} took part in both, as far as sources name those present."
        return (
            f"{_actors(together[0])} took part in at least two of them, {together[1] or 'none'} in all {of}, "
            "as far as sources name those present."
        )


def edition(graph: Engine, slug: str) -> Edition:
    """One of the editions to compare, by the end of its address.

    :raises NotFoundError: there is no such edition; GoneError, MovedError: there was one.
    """
    node = find(graph, "edition", slug)
    head = heading(graph, node, slug)
    city = head.places[0].text if head.places else ""
    month = day(head.dates.moment[:7]) if head.dates else ""
    name = ", ".join(filter(None, (city, month))) if city else head.label.text
    path = page_path(node.value) or ""
    return Edition(slug, node, head.label._replace(href=path), Value(name, path))


def chosen(slugs: Sequence[str]) -> list[str]:
    """The editions that an address chooses, in order.

    :raises InputError: there are too few or too many, or one stands twice.
    """
    if len(slugs) > MOST:
        raise InputError(f"{len(slugs)} editions are chosen; choose {FEWEST} to {MOST}")
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice is not None:
        raise InputError(f"the edition {twice[:80]!r} is chosen twice; choose {FEWEST} to {MOST} different ones")
    if len(slugs) < FEWEST:
        raise InputError(f"{len(slugs) or 'no'} edition is chosen; choose {FEWEST} to {MOST}, as e=…&e=…")
    return sorted(slugs)


def compare(graph: Engine, editions: Sequence[Edition]) -> Comparison:
    """The editions side by side.

    :param editions: from :func:`edition`, in the order in which they shall stand.
    """
    marks = Marks(graph)

    @cache
    def rows(query: str, bindings: frozenset[tuple[str, NamedNode]]) -> list[Solution]:
        return graph.select(queries.load(query).text, dict(bindings))

    def drawn(reading: Reading) -> list[Line]:
        asked = [frozenset({"entity": one.node, **reading.bindings}.items()) for one in editions]
        sides = [read(reading, rows(reading.query, one), marks) for one in asked]
        found = lines(sides, ranked=bool(reading.line), by_name=not reading.in_order)
        return _several(found) if reading is PRESENCE else found

    found = {reading.heading: drawn(reading) for reading in READINGS}
    shown = [_filled(editions, reading, found[reading.heading]) for reading in READINGS if found[reading.heading]]
    return Comparison(list(editions), shown, found[PRESENCE.heading], marks.listed())


def _several(drawn: list[Line]) -> list[Line]:
    """Those at two editions or more, the most frequent first, people before organisations."""
    several = [line for line in drawn if line.shared > 1]
    several.sort(key=lambda line: (-line.shared, list(_KINDS).index(kind_of(line.heading))))
    return [
        replace(line, group=f"At {among(line.shared, len(line.cells))}: {_KINDS[kind_of(line.heading)]}")
        for line in several
    ]


def _filled(editions: Sequence[Edition], reading: Reading, drawn: list[Line]) -> tuple[Filled, Sides]:
    """A panel with its lines, and its query with all editions in it."""
    bindings: list[Bindings] = [{"entity": one.node, **reading.bindings} for one in editions]
    values = [("entity", one.node.value) for one in editions]
    values += [(name, term.value) for name, term in reading.bindings.items()]
    sides = Sides([one.name for one in editions], drawn, reading.marked)
    filled = Filled(
        panel=reading.panel,
        anchor=slugify(reading.heading),
        content=sides,
        query_path=f"/queries/{reading.query}.rq?{urlencode(values, safe=':/')}",
        run_path=queries.load(reading.query).run_path(*bindings),
    )
    return filled, sides


def _actors(number: int) -> str:
    return f"{number} people and organisations" if number > 1 else "One person or organisation"
