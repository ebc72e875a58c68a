from __future__ import annotations

import pytest
from project import ROOT, Project
from written import PROLOGUE

from clustergraph import deriving, iris, linking, sources
from clustergraph.dataset import Dataset


def derived(project: Project) -> Dataset:
    dataset = sources.read(project.path)
    linking.link(dataset)
    deriving.derive(dataset)
    return dataset


@pytest.fixture(scope="module")
def real() -> Dataset:
    """What is derived from the real data."""
    return derived(Project(ROOT))


def values(dataset: Dataset, subject: str, path: str) -> list[str]:
    rows = dataset.graph().select(
        f"{PROLOGUE} SELECT DISTINCT ?value {{ <{subject}> {path} ?value }} ORDER BY ?value"
    )
    return [row["value"].value for row in rows]


@pytest.mark.parametrize(
    ("kind", "slug", "classes"),
    [
        ("edition", "2031-05-06-aveiro", {"cg:Edition", "cv:PublicEvent", "schema:Event"}),
        ("person", "ana-reis", {"foaf:Person", "schema:Person"}),
        ("organisation", "city-of-aveiro", {"cv:PublicOrganisation", "org:Organization", "schema:Organization"}),
        ("organisation", "kiln-project", {"cg:Project", "foaf:Project"}),
    ],
)
def test_a_thing_has_all_classes_above_its_own(project: Project, kind: str, slug: str, classes: set[str]) -> None:
    found = values(derived(project), iris.thing(kind, slug), "a")
    assert classes <= {
        f"{prefix}:{iri.removeprefix(base)}"
        for iri in found
        for prefix, base in iris.PREFIXES.items()
        if iri.startswith(base)
    }


def test_an_event_knows_its_sessions_and_participations(project: Project) -> None:
    dataset = derived(project)
    edition = iris.thing("edition", "2031-05-06-aveiro")
    opening = iris.thing("session", "2031-05-06-aveiro--opening")
    webinar = iris.thing("event", "2031-04-01-kiln-webinar")
    assert values(dataset, edition, "cv:subEvent") == [opening]
    assert values(dataset, webinar, "cv:subEvent") == [iris.thing("session", "2031-05-06-aveiro--visit")]
    assert len(values(dataset, opening, "cv:hasParticipation")) == 1
    assert len(values(dataset, edition, "cv:hasParticipation")) == 1


def test_evidence_follows_from_the_role(project: Project) -> None:
    moderator = iris.thing("participation", "2031-05-06-aveiro--ana-reis--moderator--opening")
    assert values(derived(project), moderator, "cg:evidence") == [iris.concept("evidence", "took-part")]


@pytest.mark.parametrize("status", ["invited", "to-be-confirmed", "announced"])
def test_who_is_only_announced_did_not_surely_take_part(project: Project, status: str) -> None:
    project.replace("data/editions/2031-05-06-aveiro.ttl", "status:confirmed", f"status:{status}")
    moderator = iris.thing("participation", "2031-05-06-aveiro--ana-reis--moderator--opening")
    assert values(derived(project), moderator, "cg:evidence") == [iris.concept("evidence", "announced")]


def test_editions_stand_in_a_chain_by_date_and_one_without_a_day_by_its_slug(project: Project) -> None:
    project.write(
        "data/editions/2031-06-riga.ttl",
        "edition:2031-06-riga a cg:Edition ; schema:superEvent series:clusters-meet-regions .",
    )
    dataset = derived(project)
    aveiro, riga, ghent = chain = [
        iris.thing("edition", slug) for slug in ("2031-05-06-aveiro", "2031-06-riga", "2031-10-02-ghent")
    ]
    assert [values(dataset, edition, "cg:inferredPlace") for edition in chain] == [["1"], ["2"], ["3"]]
    assert [values(dataset, edition, "cv:hasNextEvent") for edition in chain] == [[riga], [ghent], []]
    assert [values(dataset, edition, "cv:hasPreviousEvent") for edition in chain] == [[], [aveiro], [riga]]


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        (iris.thing("session", "2031-05-06-aveiro--opening"), "Welcome"),
        # It has no title.
        (iris.thing("session", "2031-05-06-aveiro--visit"), "a look at the kilns"),
        (iris.thing("person", "ana-reis"), "Ana Reis"),
        # A title in two languages: the first by its letters.
        (iris.thing("edition", "2031-05-06-aveiro"), "Aveiro: agrupamentos e regiões"),
        # English before the native name.
        (iris.nuts("PT19"), "Centro (Portugal)"),
        # A source without a title.
        (iris.thing("source", "agenda"), "https://news.example:8080/agenda?day=1"),
        (iris.thing("document", "programme"), "Programme"),
        (iris.concept("role", "panellist"), "panellist"),
        (iris.concept("role", "")[:-1], "Roles"),
        (iris.SERIES, "Clusters meet Regions"),
    ],
)
def test_a_thing_is_labelled_by_the_best_of_its_names(project: Project, iri: str, label: str) -> None:
    assert values(derived(project), iri, "rdfs:label") == [label]


def test_a_document_without_title_and_address_is_labelled_by_its_kind(project: Project) -> None:
    project.replace("data/editions/2031-05-06-aveiro.ttl", '    dct:title "Programme"@en ;\n', "")
    assert values(derived(project), iris.thing("document", "programme"), "rdfs:label") == ["agenda"]


def test_in_the_real_data_everything_with_a_page_has_one_label_and_no_triple_is_doubled(real: Dataset) -> None:
    graph = real.graph()
    query = f"""{PROLOGUE}
        SELECT ?thing (COUNT(?label) AS ?labels) {{
          VALUES ?class {{ cg:Edition cg:Session cg:RelatedEvent foaf:Person org:Organization cg:Project schema:Place
                           cg:Document cg:Source skos:Concept skos:ConceptScheme owl:Class }}
          {{ SELECT DISTINCT ?thing ?class {{ ?thing a ?class }} }}
          OPTIONAL {{ ?thing rdfs:label ?label }}
        }} GROUP BY ?thing ?class HAVING (COUNT(?label) != 1)"""
    assert [row["thing"].value for row in graph.select(query)] == []
    assert len({quad.triple for quad in graph.stream()}) == len(graph) == len(real)


def test_the_real_chain_has_27_places_and_heilbronn_between_eindhoven_and_palma(real: Dataset) -> None:
    assert len(values(real, iris.SERIES, "^schema:superEvent/cg:inferredPlace")) == 27
    heilbronn = iris.thing("edition", "2025-04-heilbronn")
    assert values(real, heilbronn, "cg:inferredPlace") == ["20"]
    assert values(real, heilbronn, "cv:hasPreviousEvent") == [iris.thing("edition", "2025-03-26-eindhoven")]
    assert values(real, heilbronn, "cv:hasNextEvent") == [iris.thing("edition", "2025-05-14-palma-de-mallorca")]


@pytest.mark.parametrize(
    ("participation", "origins"),
    [
        # She stands for an agency of the North-West, and the record says Romania.
        ("anca-roman--opening-speaker--opening", [iris.nuts("RO1"), iris.nuts("RO11"), iris.country("ROU")]),
        # A body with a city.
        (
            "cluj-innovation-park--host",
            [iris.thing("place", "cluj-napoca"), iris.nuts("RO1"), iris.nuts("RO11"), iris.country("ROU")],
        ),
        # The record says Sweden; the cluster that she stands for has no other seat.
        ("anna-rosenqvist--speaker", [iris.country("SWE")]),
        # No record says from where he is, and the platform that he stands for has no seat.
        ("jan-philipp-kramer--presenter--input-paper", []),
    ],
)
def test_origins_are_seats_and_statements_with_all_that_they_lie_in(
    real: Dataset, participation: str, origins: list[str]
) -> None:
    iri = iris.thing("participation", f"2025-07-01-cluj-napoca--{participation}")
    assert sorted(values(real, iri, "cg:origin")) == sorted(origins)
