"""Of very much, the keys are found first: what a page asks for beside them is what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import queries, store
from clustergraph.engine import Bindings, Solution
from clustergraph.entities import firsts
from clustergraph.entities.catalogue.events import SERIES as SERIES_PANELS
from clustergraph.entities.catalogue.where import ACTORS, ORGANISATIONS
from clustergraph.entities.marks import Marks
from clustergraph.entities.page import Filled, fill
from clustergraph.entities.panels import MOST, Panel
from clustergraph.entities.tables import Table
from clustergraph.iris import CG, PREFIXES, SERIES, concept, graph, thing
from clustergraph.store import Graph

COUNTRY = NamedNode("http://publications.europa.eu/resource/authority/country/ROU")
PANELS = (ORGANISATIONS, *ACTORS)
HOME = NamedNode(graph("registry"))


class Asked:
    """A graph that counts the rows that it gives, by the first line of the query."""

    def __init__(self, asked: Graph) -> None:
        self._graph = asked
        self.rows: Counter[str] = Counter()

    def __getattr__(self, name: str) -> object:
        return getattr(self._graph, name)

    def __len__(self) -> int:
        return len(self._graph)

    def select(self, query: str, bindings: Bindings | None = None) -> list[Solution]:
        rows = self._graph.select(query, bindings)
        self.rows[query.split("\n", 1)[0]] += len(rows)
        return rows

    def select_all(self, asked: Sequence[tuple[str, Bindings]]) -> Iterator[list[Solution]]:
        return (self.select(*one) for one in asked)


def quads(number: int) -> Iterator[Quad]:
    """Bodies of a country, each named at two editions, and taking part in one of them in two roles."""
    editions = [NamedNode(thing("edition", f"e{which}")) for which in (1, 2)]
    for which in range(number):
        body, name = NamedNode(thing("organisation", f"o{which}")), f"{which % 7} Body {which}"
        yield from _said(body, ("dct:spatial", COUNTRY), ("rdfs:label", Literal(name)))
        yield from _said(body, ("org:classification", NamedNode(concept("organisation-kind", "cluster"))))
        for edition in editions:
            mention = NamedNode(f"{thing('mention', edition.value[-2:])}--o{which}")
            source = ("prov:wasDerivedFrom", NamedNode(thing("source", f"s{which % 3}")))
            yield from _said(mention, ("cg:mentions", body), ("cg:statedAt", edition), source)
        for role in ("speaker", "host"):
            part = NamedNode(f"{thing('participation', 'e1')}--o{which}--{role}")
            yield from _said(part, ("cg:origin", COUNTRY), ("cv:hasParticipant", body), ("cg:statedAt", editions[0]))
            evidence = NamedNode(concept("evidence", "took-part" if which % 2 else "mentioned"))
            yield from _said(part, ("cv:role", NamedNode(concept("role", role))), ("cg:evidence", evidence))


def editions(number: int) -> Iterator[Quad]:
    """Editions of the series, each with two sources."""
    recorded = NamedNode(concept("coverage", "recorded"))
    yield from _said(recorded, ("rdfs:label", Literal("recorded")))
    for which in range(number):
        edition = NamedNode(thing("edition", f"{which % 7}-{which}"))
        yield from _said(edition, ("schema:superEvent", NamedNode(SERIES)), ("cg:coverage", recorded))
        yield from _said(
            edition, ("rdf:type", NamedNode(CG + "Edition")), ("rdfs:label", Literal(f"Edition {which}"))
        )
        for source in ("one", "two"):
            yield from _said(edition, ("prov:wasDerivedFrom", NamedNode(thing("source", source))))


def _said(subject: NamedNode, *facts: tuple[str, NamedNode | Literal]) -> Iterator[Quad]:
    for name, value in facts:
        prefix, _, local = name.partition(":")
        yield Quad(subject, NamedNode((CG if prefix == "cg" else PREFIXES[prefix]) + local), value, HOME)


def filled(asked: Graph, panels: Sequence[Panel] = PANELS, thing: NamedNode = COUNTRY) -> list[Filled]:
    return fill(asked, [(panel, {"entity": thing}) for panel in panels], Marks(asked))


def counts(panels: list[Filled]) -> list[tuple[int, int]]:
    """How many rows each panel with any has, and how many it leaves out."""
    tables = [one.content for one in panels if isinstance(one.content, Table)]
    return [(table.count, table.left) for table in tables if table.count]


def test_rows_found_by_their_keys_are_those_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = store.in_memory(quads(MOST + 30))
    at_once = filled(asked)
    monkeypatch.setattr(firsts, "HELD_IN_MEMORY", 0)
    assert filled(asked) == at_once
    assert counts(at_once) == [(MOST + 30, 30), (MOST // 2 + 15, 0), (MOST // 2 + 15, 0)]


def test_of_five_thousand_only_what_is_shown_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firsts, "HELD_IN_MEMORY", 0)
    asked = Asked(store.in_memory(quads(5_000)))
    found = filled(asked)  # type: ignore[arg-type]
    assert counts(found) == [(number, number - MOST) for number in (5_000, 2_500, 2_500)]
    keys = [f"# {queries.load(query).about}" for query in ("where/organisations-keys", "where/actors-keys")]
    assert [asked.rows[query] for query in keys] == [5_000, 10_000]
    others = {query: rows for query, rows in asked.rows.items() if query not in keys}
    # Two editions of each body, and two roles of each who took part and of each who was mentioned.
    assert sorted(others.values()) == [2 * MOST, 2 * 2 * MOST]


def test_of_very_many_editions_of_a_series_only_what_is_shown_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    panels, series = SERIES_PANELS[1:], NamedNode(SERIES)
    asked = Asked(store.in_memory(editions(MOST + 40)))
    at_once = filled(asked, panels, series)  # type: ignore[arg-type]
    asked.rows.clear()
    monkeypatch.setattr(firsts, "HELD_IN_MEMORY", 0)
    assert filled(asked, panels, series) == at_once  # type: ignore[arg-type]
    assert counts(at_once) == [(MOST + 40, 40)]
    assert sorted(asked.rows.values())[-2:] == [MOST + 40, 2 * MOST]


def test_a_graph_in_memory_is_asked_for_all_at_once() -> None:
    asked = Asked(store.in_memory(quads(3)))
    filled(asked)  # type: ignore[arg-type]
    assert f"# {queries.load('where/actors-keys').about}" not in asked.rows
