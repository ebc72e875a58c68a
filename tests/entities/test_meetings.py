"""Where two met, found by the parts of each, is what the queries behind the panels find."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode
from written import written

from clustergraph import queries
from clustergraph.engine import Bindings, Solution
from clustergraph.entities import between, meetings, remembering
from clustergraph.entities.meetings import Meetings
from clustergraph.entities.remembering import Remembering
from clustergraph.iris import concept, thing
from clustergraph.store import Graph

PAIRS = (
    (("country", "ROU"), ("country", "ITA")),
    (("country", "ROU"), ("country", "UKR")),
    (("country", "SVK"), ("country", "CZE")),
    (("region", "RO11"), ("country", "ESP")),
    (("country", "BEL"), ("person", "jan-philipp-kramer")),
    (("organisation", "european-cluster-collaboration-platform"), ("country", "ROU")),
)
ROMANIA, ITALY = (
    NamedNode(f"http://publications.europa.eu/resource/authority/country/{code}") for code in ("ROU", "ITA")
)
SERBAN, ZRODLO = (NamedNode(thing("person", slug)) for slug in "ab")
#: The same one from both; two who meet in a session; one who was announced; one at an event beside the edition.
DATA = """
@prefix graph: <https://w3id.org/clustergraph/graph/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
GRAPH graph:made {
  country:ROU rdfs:label "Romania" . country:ITA rdfs:label "Italy" . role:speaker rdfs:label "speaker" .
  role:host rdfs:label "host" .
  evidence:took-part rdfs:label "took part" . evidence:announced rdfs:label "announced" .
  edition:x a cg:Edition ; rdfs:label "X" ; schema:startDate "2025-01-01" .
  edition:y rdfs:label "Y" . edition:z rdfs:label "Z" .
  session:s a cg:Session ; rdfs:label "S" ; cg:statedAt edition:x .
  event:e a cg:RelatedEvent ; rdfs:label "E" ; cg:statedAt edition:x .
  person:a rdfs:label "Șerban" . person:b rdfs:label "Źródło" .
  participation:1 cg:origin country:ROU, country:ITA ; cv:hasParticipant person:a ; cg:statedAt edition:y ;
    cg:inEvent edition:y ; cg:evidence evidence:took-part .
  participation:2 cg:origin country:ROU ; cv:hasParticipant person:a ; cg:statedAt edition:x ;
    cg:inEvent session:s, event:e ; cg:evidence evidence:took-part ;
    cv:role role:speaker, role:host ; prov:wasDerivedFrom source:one, source:two .
  participation:3 cg:origin country:ITA ; cv:hasParticipant person:b ; cg:statedAt edition:x ;
    cg:inEvent session:s, event:e ; cg:evidence evidence:took-part .
  participation:4 cg:origin country:ITA ; cv:hasParticipant person:b ; cg:statedAt edition:z ; cg:inEvent edition:z ;
    cg:evidence evidence:announced .
  participation:6 cg:origin country:ITA ; cv:hasParticipant person:b ; cg:statedAt edition:z ;
    cg:evidence evidence:announced .
  participation:7 cg:origin country:ROU ; cv:hasParticipant person:a ; cg:statedAt edition:z ;
    cg:evidence evidence:took-part .
  participation:5 cg:origin country:ROU ; cv:hasParticipant person:a ; cg:statedAt edition:z ; cg:inEvent edition:z ;
    cg:evidence evidence:took-part .
}
"""


@pytest.fixture
def made() -> Graph:
    return written(DATA)


def things(a: NamedNode, b: NamedNode) -> dict[str, NamedNode]:
    return {"a": a, "isA": meetings.ORIGIN, "b": b, "isB": meetings.ORIGIN}


def found(graph: Graph, named: dict[str, NamedNode]) -> list[list[Solution]]:
    """The rows of each query, after a look that they are found by the parts of each too."""
    answers = [graph.select(queries.load(name).text, named) for name in meetings.KINDS]
    by_parts = [Meetings(graph).rows(name, named) for name in meetings.KINDS]
    assert [list(map(sorted_items, rows)) for rows in by_parts] == [list(map(sorted_items, rows)) for rows in answers]
    return answers


def sorted_items(row: Solution) -> list[tuple[str, object]]:
    return sorted(row.items())


def test_rows_are_those_of_the_queries_behind_the_panels(graph: Graph) -> None:
    counts = []
    for one, other in PAIRS:
        a, b = between.end(graph, *one), between.end(graph, *other)
        leading = {"isA": between.KINDS[a.kind], "isB": between.KINDS[b.kind]}
        rows = found(graph, {"a": a.node, "b": b.node, **leading})
        turned = found(graph, {"a": b.node, "b": a.node, "isA": leading["isB"], "isB": leading["isA"]})
        assert list(map(len, rows)) == list(map(len, turned))
        counts.append([len(some) for some in rows])
    assert all(any(some) for some in zip(*counts, strict=True))  # each query found something of some pair


def test_who_is_from_both_does_not_meet_themselves(made: Graph) -> None:
    sessions, editions, named = found(made, things(ROMANIA, ITALY))
    assert {row["edition"].value for row in editions} == {thing("edition", "x")}
    # Two roles and two sources of one, and the one part of the other, who has neither.
    assert [(row["agentA"], row["agentB"]) for row in sessions] == [(None, ZRODLO), *[(SERBAN, None)] * 4]
    assert {row["session"].value for row in sessions} == {thing("session", "s")}
    assert [(row["edition"].value, row["evidenceB"] and row["evidenceB"].value) for row in named] == [
        (thing("edition", "z"), value) for value in (concept("evidence", "announced"), None)
    ]


def test_of_two_in_a_large_graph_the_parts_are_read(made: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(queries.load(name).text, things(ROMANIA, ITALY)) for name in meetings.KINDS]
    answers = list(Remembering(made).select_all(texts))
    read: list[str] = []
    select = Graph.select

    def reading(graph: Graph, query: str, bindings: Bindings | None = None) -> list[Solution]:
        read.append(query)
        return select(graph, query, bindings)

    monkeypatch.setattr(Graph, "select", reading)
    monkeypatch.setattr(remembering, "HELD_IN_MEMORY", 0)
    by_parts = list(Remembering(made).select_all(texts))
    assert [list(map(sorted_items, rows)) for rows in by_parts] == [list(map(sorted_items, rows)) for rows in answers]
    assert read.count(queries.load(meetings.SIDE).text) == 2
    assert not {text for text, _ in texts} & set(read)


def test_what_two_actors_share_is_asked_of_the_engine(made: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "HELD_IN_MEMORY", 0)
    named = {**things(SERBAN, ZRODLO), "isA": between.KINDS["person"], "isB": between.KINDS["person"]}
    monkeypatch.setattr(Meetings, "rows", lambda *_: pytest.fail("mentions by name would be missed"))
    text = queries.load("between/named").text
    assert len(Remembering(made).select(text, named)) == len(made.select(text, named)) > 0
