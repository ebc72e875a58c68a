from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from project import Project

from clustergraph import building, iris
from clustergraph.building import Stopwatch
from clustergraph.errors import NotFoundError
from clustergraph.forgotten import hash_of_name
from clustergraph.importing import forgetting, job, withheld
from clustergraph.importing.decisions import Decisions
from clustergraph.importing.terms import thing
from clustergraph.store import Graph

TODAY = date(2031, 6, 3)
REASON = "Removed at the request of the person."
#: What is counted, and must be the same after a person was forgotten.
COUNTS = (
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a foaf:Person }",
    "SELECT ?e (COUNT(DISTINCT ?s) AS ?n) { ?s a cg:Participation ; cg:statedAt ?e } GROUP BY ?e ORDER BY ?e",
    "SELECT ?r ?v (COUNT(?s) AS ?n) { ?s cv:role ?r ; cg:evidence ?v } GROUP BY ?r ?v ORDER BY ?r ?v",
    "SELECT ?e (COUNT(DISTINCT ?a) AS ?n) { ?s cv:hasParticipant ?a ; cg:inEvent ?e } GROUP BY ?e ORDER BY ?e",
    "SELECT ?c (COUNT(?s) AS ?n) { ?s cg:statedCountry ?c } GROUP BY ?c ORDER BY ?c",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a cg:Mention }",
)
PROLOGUE = "".join(f"PREFIX {name}: <{base}>\n" for name, base in iris.PREFIXES.items())


def forget(project: Project, slug: str) -> forgetting.Forgotten:
    found = forgetting.prepare(slug, project.path, REASON, TODAY)
    job.save(found.changes)
    return found


def checked(project: Project) -> Graph:
    """The finished graph of a project, which breaks no rule."""
    dataset, report = building.check(project.path, Stopwatch())
    report.refuse()
    return dataset.graph()


def counts(graph: Graph) -> list[list[str]]:
    return [[str(row) for row in graph.select(PROLOGUE + query)] for query in COUNTS]


@pytest.mark.parametrize(("slug", "name"), [("ana-reis", "Ana Reis"), ("joris-maes", "Joris Maes")])
def test_a_forgotten_person_is_nowhere_and_all_counts_stay(project: Project, slug: str, name: str) -> None:
    project.replace("data/decisions/decisions.ttl", "    dct:isReplacedBy person:ana-reis ;\n", "")
    before = counts(checked(project))
    found = forget(project, slug)
    assert found.left == ()
    graph = checked(project)
    assert counts(graph) == before
    files = "".join(path.read_text(encoding="utf-8") for path in (project.path / "data").rglob("*.ttl"))
    assert name not in files
    assert slug not in files
    assert graph.ask(f"ASK {{ <{found.withheld}> a <{iris.PREFIXES['foaf']}Person> }}")
    assert list(graph.select(f"SELECT ?s {{ ?s <{iris.PREFIXES['org']}member> <{found.withheld}> }}")) == []


def test_the_tombstone_holds_hashes_and_no_name(project: Project) -> None:
    forget(project, "joris-maes")
    text = (project.path / "data/decisions/removals.ttl").read_text(encoding="utf-8")
    assert sha256(b"https://w3id.org/clustergraph/id/person/joris-maes").hexdigest() in text
    assert sha256(b"joris maes").hexdigest() in text
    assert "joris" not in text.lower()


def test_forgetting_twice_changes_nothing(project: Project) -> None:
    forget(project, "joris-maes")
    digest = project.digest()
    again = forget(project, "joris-maes")
    assert (again.withheld, again.changes) == (None, ())
    assert project.digest() == digest


def test_nobody_is_forgotten_by_a_slip(project: Project) -> None:
    with pytest.raises(NotFoundError, match="no person 'joris'"):
        forgetting.prepare("joris", project.path, REASON, TODAY)


def test_a_name_in_other_words_is_pointed_out(project: Project) -> None:
    project.replace("data/editions/2031-05-06-aveiro.ttl", '"held in the hall"', '"by JORIS MÆS in the hall"')
    project.replace("data/editions/2031-05-06-aveiro.ttl", '"Welcome"', '"Welcome, with Joris Maes"')
    left = forgetting.prepare("joris-maes", project.path, REASON, TODAY).left
    assert [place.partition(":")[0] for place in left] == ["data/editions/2031-05-06-aveiro.ttl"] * 2


def test_a_withheld_name_is_known_again_in_any_spelling_and_no_other(project: Project) -> None:
    forget(project, "joris-maes")
    decisions = Decisions(project.path / "data" / "decisions")
    mark = withheld.mark_of(thing("person", "joris-maes"))
    for spelling in ("Joris Maes", "MAES Joris", "Dr. Joris Maës"):
        assert decisions.withheld(hash_of_name(spelling)) == mark
    assert decisions.withheld(hash_of_name("Ana Reis")) == ""


def test_the_command_says_what_it_would_do_and_does_it_only_when_told(project: Project) -> None:
    before = project.digest()
    done = project.start("forget", "https://w3id.org/clustergraph/id/person/joris-maes")
    assert done.returncode == 0, done.stderr
    assert "would write data/decisions/removals.ttl: +" in done.stdout
    assert "do it with --yes" in done.stdout
    assert project.digest() == before
    done = project.run("forget", "joris-maes", "--yes")
    assert "releases prune" in done.stdout
    assert project.digest() != before
    assert project.run("build").returncode == 0
    assert "was forgotten before" in project.run("forget", "joris-maes", "--yes").stdout
    assert project.run("forget", "nobody").returncode == 2
