"""Names are resolved against the registry: sure ones linked, unsure ones asked, new ones minted."""

from __future__ import annotations

import pytest

from clustergraph import turtle
from clustergraph.errors import UndecidedError
from clustergraph.importing.decisions import Decision, Decisions
from clustergraph.importing.job import Outcome
from clustergraph.importing.naming import Question
from clustergraph.importing.terms import CG, FOAF, SKOS, Graph, Literal, thing

from .conftest import TODAY, Project

GROW = "directorate-general-for-internal-market-industry-entrepreneurship-and-smes"
#: a spelling in a new sheet, its country, and the organisation it surely means
SURE = [
    ("Prognos AG", None, "prognos"),
    ("Transylvania Furniture Cluster", "RO", "transylvanian-furniture-cluster"),
    ("Directorate-General for Internal Market, Industry, Entrepreneurship and SMEs (DG GROW)", None, GROW),
    ("KOSICE IT VALLEY", "SK", "kosice-it-valley"),
    ("Únia klastrov Slovenska", "SK", "union-of-slovak-clusters"),
    ("The European Clusters Alliance", None, "european-clusters-alliance"),
    ("National Cluster Association", "CZ", "national-cluster-association-of-the-czech-republic"),
]
#: a spelling of a person, and the person it surely means
PEOPLE = [
    ("Dr. Jan-Philipp Kramer", "jan-philipp-kramer"),
    ("Kramer Jan Philipp", "jan-philipp-kramer"),
    ("Daniel Cosnita", "daniel-cosnita"),
    ("Daniel Coşniţă", "daniel-cosnita"),  # with cedillas, U+015F and U+0163
    ("Boratynski, Jakub", "jakub-boratynski"),
    ("Ing. Jiri Herinek", "jiri-herinek"),
]


def rename_body(project: Project, name: str, country: str | None) -> None:
    project.change("  - name: Ελληνικό Σύμπλεγμα Ενέργειας\n    short: ΕΣΕ\n", f"  - name: {name}\n")
    project.change("country: GR\n    roles: []", f"{f'country: {country}' if country else 'note: x'}\n    roles: []")


def body(name: str, country: str | None) -> str:
    """An organisation as a sheet has it."""
    home = f"    country: {country}\n" if country else ""
    return f"  - name: {name}\n{home}    kind: cluster\n    roles: []\n    src: [s1]\n"


@pytest.fixture(scope="module")
def mentioning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Outcome]:
    """The graph of an edition whose sheet names all these organisations, and what importing it found."""
    project = Project(tmp_path_factory.mktemp("sure"))
    project.change("bodies:\n", "bodies:\n" + "".join(body(name, country) for name, country, _ in SURE))
    outcome = project.run()
    return project.edition(), outcome


@pytest.mark.parametrize(("name", "country", "slug"), SURE)
def test_sure_spelling_of_an_organisation_is_linked(
    mentioning: tuple[Graph, Outcome], name: str, country: str | None, slug: str
) -> None:
    graph, outcome = mentioning
    node = thing("organisation", slug)
    assert node in set(graph.objects(None, CG.mentions))
    [mention] = graph.subjects(CG.mentions, node)
    assert Literal(name) in set(graph.objects(mention, CG.statedName))
    assert all("organisation" not in node or slug not in node for node in outcome.minted)


@pytest.mark.parametrize(("name", "slug"), PEOPLE)
def test_sure_spelling_of_a_person_is_linked_and_kept(project: Project, name: str, slug: str) -> None:
    project.change("name: Jan-Philipp Kramer", f"name: {name}")
    outcome = project.run()
    person = thing("person", slug)
    assert person in set(project.edition().objects(None, CG.mentions))
    assert person not in outcome.minted
    people = project.registry("people")
    assert Literal(name) in {*people.objects(person, SKOS.altLabel), *people.objects(person, FOAF.name)}


def test_same_name_in_another_country_is_asked_and_not_linked(project: Project) -> None:
    rename_body(project, "Košice IT Valley", "GR")
    with pytest.raises(UndecidedError, match=r"100\.0  kosice-it-valley"):
        project.prepare()


def test_unsure_name_is_listed_with_candidates_scores_and_remedy(project: Project) -> None:
    rename_body(project, "Nort-West Regional Development Agency", "RO")
    before = project.snapshot()
    with pytest.raises(UndecidedError) as asked:
        project.prepare()
    message = asked.value.message
    assert "2026-03-10-tromso.yaml, line " in message
    assert "bodies[2]" in message
    assert "north-west-regional-development-agency" in message
    assert "--same 'Nort-West Regional Development Agency=" in message
    assert project.snapshot() == before


def test_decision_that_it_is_the_same_is_recorded_and_asked_no_more(project: Project) -> None:
    rename_body(project, "Nort-West Regional Development Agency", "RO")
    agency = thing("organisation", "north-west-regional-development-agency")

    def same(question: Question) -> Decision:
        return Decision(question.kind, question.name, agency, (), "a misprint")

    project.run(same)
    assert agency in set(project.edition().objects(None, CG.mentions))
    assert b"a misprint" in (project.folder / "data/decisions/names.ttl").read_bytes()
    assert project.prepare().changes == ()


def test_decision_that_it_is_new_mints_it_and_is_asked_no_more(project: Project) -> None:
    project.change("name: Jan-Philipp Kramer", "name: Jan-Philip Kramar")

    def new(question: Question) -> Decision:
        others = tuple(candidate.entity for candidate in question.candidates)
        return Decision(question.kind, question.name, None, others, "another person")

    outcome = project.run(new)
    assert thing("person", "jan-philip-kramar") in outcome.minted
    assert project.prepare().changes == ()


def test_printed_form_that_is_no_spelling_stays_on_the_mention(project: Project) -> None:
    outcome = project.run()
    person = thing("person", "kari-ornulf-angstrom")
    assert outcome.printed_only[person] == ["K. Å."]
    labels = set(project.registry("people").objects(person, SKOS.altLabel))
    assert labels == {Literal("Dr Kári Ørnulf Ångström"), Literal("Angstrom Kari Ornulf")}
    mention = thing("mention", "2026-03-10-tromso--kari-ornulf-angstrom")
    assert Literal("K. Å.") in set(project.edition().objects(mention, CG.writtenAs))


def test_two_people_of_one_name_get_two_addresses(project: Project) -> None:
    decisions = Decisions(project.folder / "data/decisions")
    mayor = thing("person", "emil-boc")
    decisions.record(Decision("person", "Emil Boc", None, (mayor,), "a namesake"), TODAY)
    (project.folder / "data/decisions/names.ttl").write_bytes(turtle.write(decisions.graph))
    project.change("name: Jan-Philipp Kramer", "name: Emil Boc")
    outcome = project.run()
    assert thing("person", "emil-boc-2") in outcome.minted
    assert mayor not in set(project.edition().objects(None, CG.mentions))
    assert project.prepare().changes == ()
