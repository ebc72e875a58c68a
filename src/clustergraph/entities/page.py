"""The page of a thing: what it is called, when and where it was, and its panels, filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities import removals, values
from clustergraph.entities.catalogue import PANELS, RECORDS
from clustergraph.entities.charts import Chart, chart
from clustergraph.entities.completeness import Completeness, completeness
from clustergraph.entities.diagram import Diagram, diagram
from clustergraph.entities.differences import Differences, differences
from clustergraph.entities.facts import Facts, facts
from clustergraph.entities.firsts import Firsts, firsts
from clustergraph.entities.ledger import Ledger, ledger
from clustergraph.entities.maps import Map, editions_map
from clustergraph.entities.marks import Marks, Source
from clustergraph.entities.panels import Panel, Things, bound, own
from clustergraph.entities.programme import Programme, programme
from clustergraph.entities.sides import Sides
from clustergraph.entities.tables import Table, table
from clustergraph.entities.timeline import Timeline, timeline
from clustergraph.entities.travels import Travels, travels
from clustergraph.entities.values import Value
from clustergraph.iris import RECORD, candidates, kind_and_slug, slugify

#: What a panel shows, by its layout.
Content = (
    Facts | Table | Programme | Ledger | Map | Timeline | Chart | Completeness | Differences | Travels
    | Diagram | Sides
)  # fmt: skip
#: How the rows of a panel are laid out where it is not as a table.
LAYOUTS: Mapping[str, Callable[[Panel, list[Solution], Marks], Content]] = {
    "facts": facts,
    "ledger": ledger,
    "map": editions_map,
    "timeline": timeline,
    "chart": chart,
    "completeness": completeness,
    "differences": differences,
    "travels": travels,
    "diagram": diagram,
    "programme": programme,
}


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows.

    :ivar anchor: fragment of the panel on its page.
    :ivar query_path: address of its query with the values of this page in it.
    :ivar run_path: address that runs that query.
    :ivar parts: the same two addresses of the query for what belongs to its rows, or None.
    :ivar more: a page that shows more of it, or None.
    """

    panel: Panel
    anchor: str
    content: Content
    query_path: str
    run_path: str
    parts: tuple[str, str] | None = None
    more: Value | None = None


@dataclass(frozen=True)
class Heading:
    """What stands at the top of a page.

    :ivar label: what the thing is called.
    :ivar dates: when it was, or None.
    :ivar places: city and country, as far as stated.
    """

    label: Value
    dates: Value | None
    places: list[Value]


@dataclass(frozen=True)
class Neighbour:
    """The edition before or after, by date: ``direction`` is ``previous`` or ``next``."""

    direction: str
    edition: Value


@dataclass(frozen=True)
class Page:
    """Everything the page of a thing shows.

    :ivar iri: the permanent address of the thing.
    :ivar kind: its kind, as in ``/page/{kind}/{slug}``.
    :ivar record: whether it shows what the page of the thing was made from, and not that itself.
    :ivar has_record: whether there is such a page of the thing.
    :ivar mentioned_only: whether it is an edition known only from what sources of other editions say.
    :ivar panels: the panels that have something to show.
    :ivar sources: the sources the panels name, by number.
    """

    iri: str
    kind: str
    slug: str
    record: bool
    has_record: bool
    heading: Heading
    neighbours: list[Neighbour]
    mentioned_only: bool
    panels: list[Filled]
    sources: list[Source]

    @property
    def path(self) -> str:
        """Its address on this service."""
        return f"{self.thing_path}{RECORD if self.record else ''}"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"Record of {self.heading.label.text}" if self.record else self.heading.label.text

    @property
    def thing_path(self) -> str:
        """The address of the page of the thing, which is this one or that which this one adds to."""
        return f"/page/{self.kind}/{quote(self.slug)}"

    @property
    def record_path(self) -> str | None:
        """The address of the page that shows what this one was made from, or None."""
        return f"{self.path}{RECORD}" if self.has_record and not self.record else None


def find(graph: Engine, kind: str, slug: str) -> NamedNode:
    """The thing a page address names.

    :raises UnknownThingError: the graph describes no such thing.
    :raises GoneError: it was removed; :raises MovedError: it has another address now.
    """
    for iri in candidates(kind, slug):
        try:
            entity = NamedNode(iri)
        except ValueError:
            continue
        if graph.ask(queries.load("thing/known").text, {"entity": entity}):
            return entity
    raise removals.missing(graph, kind, slug)


def assemble(graph: Engine, entity: NamedNode, kind: str, slug: str, record: bool = False) -> Page:
    """The page of a thing that is known to exist, with the panels of its kind.

    :param entity: from :func:`find`.
    :param kind: a key of :data:`PANELS`; of :data:`RECORDS` where the record is asked for.
    :param record: whether to show what the page was made from instead.
    """
    marks = Marks(graph)
    things = {"entity": entity}
    filled = fill(graph, [(panel, things) for panel in (RECORDS if record else PANELS)[kind]], marks)
    return Page(
        iri=entity.value,
        kind=kind,
        slug=slug,
        record=record,
        has_record=has_record(graph, entity, kind),
        heading=heading(graph, entity, slug),
        neighbours=_neighbours(graph, entity) if kind == "edition" and not record else [],
        mentioned_only=graph.ask(queries.load("edition/mentioned-only").text, {"entity": entity}),
        panels=[one for one in filled if one.content.count],
        sources=marks.listed(),
    )


def has_record(graph: Engine, entity: NamedNode, kind: str) -> bool:
    """Whether what the page of a thing was made from has a page of its own."""
    return kind in RECORDS and graph.ask(queries.load("edition/has-record").text, {"entity": entity})


def fill(graph: Engine, asked: Sequence[tuple[Panel, Things]], marks: Marks) -> list[Filled]:
    """Panels with what their queries find about one thing, or about several.

    :param asked: panels, each with variable of its query -> thing; ``entity`` on the page of a thing.
    """
    many = firsts(graph, asked)
    found = _rows(graph, [one for place, one in enumerate(asked) if place not in many])
    return [
        _filled(things, panel, _content(panel, many.get(place) or next(found), marks))
        for place, (panel, things) in enumerate(asked)
    ]


def _content(panel: Panel, rows: list[Solution] | Firsts, marks: Marks) -> Content:
    if isinstance(rows, Firsts):
        return replace(table(panel, rows.rows, marks), count=rows.count)
    return LAYOUTS.get(panel.layout, table)(panel, rows, marks)


def _filled(things: Things, panel: Panel, content: Content) -> Filled:
    bindings = {**things, **panel.bindings}
    query_path, run_path = _paths(panel.query, bindings)
    return Filled(
        panel=panel,
        anchor=slugify(panel.heading),
        content=content,
        query_path=query_path,
        run_path=run_path,
        parts=_paths(panel.parts, bindings) if panel.parts else None,
        more=_more(panel, things),
    )


def _paths(query: str, bindings: Things) -> tuple[str, str]:
    """The address of a query with these values in it, and the one that runs it."""
    values_in_address = urlencode({name: term.value for name, term in bindings.items()}, safe=":/")
    return f"/queries/{query}.rq?{values_in_address}", queries.load(query).run_path(bindings)


def _more(panel: Panel, things: Things) -> Value | None:
    if panel.more is None:
        return None
    path, name = panel.more
    return Value(name, path.format(":".join(kind_and_slug(things["entity"].value) or ())))


def _rows(graph: Engine, asked: Sequence[tuple[Panel, Things]]) -> Iterator[list[Solution]]:
    """The rows of each panel with those of its parts, as they are found; what panels share is asked once."""
    jobs = {job: bindings for panel, things in asked for job, bindings in _jobs(panel, things)}
    found = graph.select_all([(queries.load(query).text, bindings) for (query, _), bindings in jobs.items()])
    answers = zip(jobs, found, strict=True)
    rows: dict[tuple[str, str], list[Solution]] = {}
    for panel, things in asked:
        wanted = [job for job, _ in _jobs(panel, things)]
        while not rows.keys() >= set(wanted):
            rows.update([next(answers)])
        yield own(panel, [row for job in wanted for row in rows[job]])


def _jobs(panel: Panel, things: Things) -> list[tuple[tuple[str, str], Things]]:
    """What a panel asks by itself, or together with others: queries, each with its values."""
    bindings = things if panel.shared else {**things, **panel.bindings}
    whose = "" if panel.shared else panel.heading
    return [((query, whose), bindings) for query in (panel.query, panel.parts) if query]


def heading(graph: Engine, entity: NamedNode, slug: str) -> Heading:
    """What a thing is called, when and where it was."""
    rows = graph.select(queries.load("thing/heading").text, {"entity": entity})
    row = rows[0]
    label, start = bound(row, "label"), bound(row, "start")
    place, city, country = bound(row, "place"), bound(row, "city"), bound(row, "country")
    where = values.of(place, bound(row, "placeLabel")) if place else values.of(city) if city else None
    return Heading(
        label=values.of(label) if label else Value(slug),
        dates=values.span(start, bound(row, "end")) if start else None,
        places=[*([where] if where else []), *([values.of(country, bound(row, "countryLabel"))] if country else [])],
    )


def _neighbours(graph: Engine, entity: NamedNode) -> list[Neighbour]:
    rows = graph.select(queries.load("edition/neighbours").text, {"entity": entity})
    return [
        Neighbour(row["direction"].value, values.of(row["edition"], row["editionLabel"])) for row in rows
    ]  # fmt: skip
