from __future__ import annotations

import pytest
from project import ROOT, Project

from clustergraph import iris, linking, queries, sources
from clustergraph.dataset import Dataset
from clustergraph.linking import Unresolved

AVEIRO, GHENT = (iris.thing("edition", slug) for slug in ("2031-05-06-aveiro", "2031-10-02-ghent"))
SOFIA = iris.thing("edition", "2031-12-01-sofia")
PLACES = """
place:sofia a schema:Place ; foaf:name "Sofia" ; skos:altLabel "София" ; dct:spatial country:BGR .
place:sofia-elsewhere a schema:Place ; foaf:name "Sofia" ; dct:spatial country:USA .
"""


def relation(name: str, facts: str, title: str = "Clusters meet Regions, the next", kind: str = "next") -> str:
    return f"""
relation:2031-10-02-ghent--{name} a cg:EventRelation ; dct:title "{title}"@und ;
  cg:fromEvent edition:2031-10-02-ghent ; cg:statedAt edition:2031-10-02-ghent ; cg:relation relation-kind:{kind} ;
  prov:wasDerivedFrom source:{name} ; {facts} .
"""


def linked(project: Project, *parts: str) -> tuple[Dataset, list[Unresolved]]:
    project.write("data/registry/more.ttl", PLACES)
    project.write("data/additions/2031-10-02-ghent.ttl", "".join(parts))
    dataset = sources.read(project.path)
    return dataset, linking.link(dataset)


def target(dataset: Dataset, name: str) -> str | None:
    query = "SELECT ?relation ?event { ?relation <https://w3id.org/clustergraph/ontology#toEvent> ?event }"
    rows = dataset.graph().select(query)
    found = {row["relation"].value: row["event"].value for row in rows}
    return found.get(iris.thing("relation", f"2031-10-02-ghent--{name}"))


def facts(dataset: Dataset, edition: str) -> set[tuple[str, str]]:
    quads = dataset.graph().stream(iris.graph(f"edition/{edition.rpartition('/')[2]}"))
    return {(quad.predicate.value, quad.object.value) for quad in quads if quad.subject.value == edition}


@pytest.mark.parametrize(
    "stated",
    [
        'schema:startDate "2031-05-06"^^xsd:date ; dct:spatial country:PRT',
        'schema:startDate "2031-05-06"^^xsd:date',
        # The day it was first announced for.
        'schema:startDate "2031-05-13"^^xsd:date ; dct:spatial country:PRT',
        'cg:cityText "aveiro" ; dct:spatial country:PRT',
        'cg:cityText "Aveiro (PT)"',
    ],
)
def test_an_edition_is_meant_by_date_and_country_or_announced_date_or_city(project: Project, stated: str) -> None:
    dataset, unresolved = linked(project, relation("a", stated, kind="previous"))
    assert target(dataset, "a") == AVEIRO
    assert unresolved == []


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        # A day but no country, and no edition on that day.
        ('schema:startDate "2031-12-01"^^xsd:date', "no edition fits"),
        # No city stated, and none decided.
        ('schema:startDate "2031-12-01"^^xsd:date ; dct:spatial country:BGR', "no edition fits"),
        # A city in which no edition took place, without a day.
        ('cg:cityText "Sofia" ; dct:spatial country:BGR', "no edition fits"),
        # The slug of an edition in Portugal.
        ('schema:startDate "2031-05-06"^^xsd:date ; cg:cityText "Aveiro" ; dct:spatial country:BGR', "is elsewhere"),
    ],
)
def test_what_fits_no_edition_is_reported_and_not_lost(project: Project, stated: str, reason: str) -> None:
    dataset, unresolved = linked(project, relation("a", stated))
    assert target(dataset, "a") is None
    assert [reason in each.reason for each in unresolved] == [True]
    assert all(each.remedy for each in unresolved)


def test_a_city_of_two_editions_is_not_guessed(project: Project) -> None:
    project.write(
        "data/editions/2032-01-01-aveiro.ttl",
        "edition:2032-01-01-aveiro a cg:Edition ; schema:superEvent series:clusters-meet-regions ; "
        'cg:cityText "Aveiro" ; dct:spatial country:PRT .',
    )
    dataset, unresolved = linked(project, relation("a", 'cg:cityText "Aveiro"'))
    assert target(dataset, "a") is None
    assert "may be any of" in unresolved[0].reason


def test_an_event_of_another_name_is_no_edition(project: Project) -> None:
    stated = 'schema:startDate "2031-05-06"^^xsd:date ; dct:spatial country:PRT'
    dataset, unresolved = linked(project, relation("a", stated, "Ceramics Congress"))
    assert target(dataset, "a") is None
    assert "names no event" in unresolved[0].reason


def test_a_side_event_named_after_the_series_is_no_edition(project: Project) -> None:
    stated = 'schema:startDate "2031-05-06"^^xsd:date ; dct:spatial country:PRT'
    dataset, _ = linked(project, relation("a", stated, "Clusters meet Regions Dinner", "side-event"))
    assert target(dataset, "a") is None


def test_an_edition_known_only_by_mention_gets_what_the_sheets_say(project: Project) -> None:
    stated = 'schema:startDate "2031-12-01"^^xsd:date ; cg:cityText "Sofia" ; dct:spatial country:BGR'
    dataset, unresolved = linked(
        project,
        relation("a", stated, "Clusters meet Regions Sofia"),
        relation("b", f'{stated} ; schema:endDate "2031-12-02"^^xsd:date', "clusters meet regions in Sofia"),
    )
    assert unresolved == []
    assert target(dataset, "a") == target(dataset, "b") == SOFIA
    short = {(iri.replace("/", "#").rpartition("#")[2], value) for iri, value in facts(dataset, SOFIA)}
    assert short == {
        ("type", iris.CG + "Edition"),
        ("coverage", iris.concept("coverage", "mentioned")),
        ("superEvent", iris.SERIES),
        ("title", "Clusters meet Regions Sofia"),
        ("alternative", "clusters meet regions in Sofia"),
        ("startDate", "2031-12-01"),
        ("endDate", "2031-12-02"),
        ("spatial", iris.country("BGR")),
        ("location", iris.thing("place", "sofia")),
        ("cityText", "Sofia"),
        ("wasDerivedFrom", iris.thing("source", "a")),
        ("wasDerivedFrom", iris.thing("source", "b")),
    }


def test_a_decision_places_an_edition_of_which_no_city_is_stated(project: Project) -> None:
    project.write(
        "data/decisions/more.ttl",
        "decision:sofia a cg:Placement ; cg:decidedEntity edition:2031-12-01-sofia ; dct:spatial country:BGR ; "
        'schema:startDate "2031-12-01"^^xsd:date ; schema:location place:sofia .',
    )
    stated = 'schema:startDate "2031-12-01"^^xsd:date ; dct:spatial country:BGR'
    dataset, unresolved = linked(project, relation("a", stated, "Clusters meet Regions, Bulgaria"))
    assert unresolved == []
    assert target(dataset, "a") == SOFIA
    assert (iris.PREFIXES["schema"] + "location", iris.thing("place", "sofia")) in facts(dataset, SOFIA)


def test_an_edition_that_gets_its_sheet_keeps_its_iri_and_is_recorded(project: Project) -> None:
    project.write(
        "data/editions/2031-12-01-sofia.ttl",
        "edition:2031-12-01-sofia a cg:Edition ; schema:superEvent series:clusters-meet-regions ; "
        'cg:coverage coverage:recorded ; schema:startDate "2031-12-01"^^xsd:date ; dct:spatial country:BGR .',
    )
    stated = 'schema:startDate "2031-12-01"^^xsd:date ; cg:cityText "Sofia" ; dct:spatial country:BGR'
    dataset, _ = linked(project, relation("a", stated))
    assert target(dataset, "a") == SOFIA
    coverage = {value for predicate, value in facts(dataset, SOFIA) if predicate == iris.CG + "coverage"}
    assert coverage == {iris.concept("coverage", "recorded")}


def test_of_the_real_series_three_editions_are_known_only_by_mention() -> None:
    dataset = sources.read(ROOT)
    assert linking.link(dataset) == []
    query = """
        PREFIX cg: <https://w3id.org/clustergraph/ontology#>
        SELECT ?edition { ?edition cg:coverage <https://w3id.org/clustergraph/vocabulary/coverage/mentioned> }
        ORDER BY ?edition"""
    assert [row["edition"].value.rpartition("/")[2] for row in dataset.graph().select(query)] == [
        "2022-11-29-zagreb",
        "2024-06-18-graz",
        "2025-09-10-ajdovscina",
    ]


@pytest.mark.parametrize(
    ("number", "edition"),
    [(1, "2025-05-14-palma-de-mallorca"), (2, "2025-04-heilbronn"), (3, "2024-11-27-charleroi")],
)
def test_editions_that_were_moved_are_found_by_the_days_first_announced(number: int, edition: str) -> None:
    dataset = sources.read(ROOT)
    linking.link(dataset)
    stated = iris.thing("relation", f"2024-10-10-chisinau--next--{number}")
    query = f"SELECT ?event {{ <{stated}> <{iris.CG}toEvent> ?event }}"
    assert [row["event"].value for row in dataset.graph().select(query)] == [iris.thing("edition", edition)]


@pytest.mark.parametrize("rule", [*linking.RULES, "link/open-relations", "link/place", "link/placement"])
def test_every_query_says_what_it_answers(rule: str) -> None:
    assert queries.load(rule).text.startswith("# ")
