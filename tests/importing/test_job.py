"""An import changes all files or none, and importing twice changes nothing."""

from __future__ import annotations

import pytest

from clustergraph import forgotten, turtle
from clustergraph.errors import InputError
from clustergraph.importing import job, withheld
from clustergraph.importing.terms import CG, DCT, RDF, SKOS, Literal, describe, thing

from .conftest import TODAY, Project, nobody

EDITION = thing("edition", "2026-03-10-tromso")


def test_importing_twice_changes_nothing(project: Project) -> None:
    assert project.run().changes
    before = project.snapshot()
    assert project.run().changes == ()
    assert project.snapshot() == before


def test_preparing_writes_nothing(project: Project) -> None:
    before = project.snapshot()
    outcome = project.prepare()
    assert {change.path.name for change in outcome.changes} >= {"2026-03-10-tromso.ttl", "people.ttl", "places.ttl"}
    assert project.snapshot() == before


def test_change_of_one_fact_is_a_change_of_one_line(project: Project) -> None:
    project.run()
    project.change("title: Clusters meet Regions Tromsø", "title: Clusters meet Regions Tromsø 2026")
    [change] = project.prepare().changes
    old = change.path.read_bytes().splitlines()
    new = change.content.splitlines()
    changed = [line for line in new if line not in old]
    assert len(changed) <= 2  # the title, and the claim that it is the preferred one
    assert len(old) == len(new)


def test_language_set_by_an_editor_is_kept(project: Project) -> None:
    project.run()
    path = project.folder / "data/editions/2026-03-10-tromso.ttl"
    path.write_bytes(
        path.read_bytes().replace(
            '"Clusters meet Regions Tromsø"@und'.encode(), '"Clusters meet Regions Tromsø"@en'.encode()
        )
    )
    project.change("number: 28", "number: 29")
    project.run()
    assert project.edition().value(EDITION, DCT.title) == Literal("Clusters meet Regions Tromsø", lang="en")


def test_what_an_editor_wrote_into_the_registry_stays(project: Project) -> None:
    project.run()
    path = project.folder / "data/registry/people.ttl"
    graph = turtle.read(path)
    node = thing("person", "kari-ornulf-angstrom")
    graph.add((node, SKOS.altLabel, Literal("Kåre")))
    path.write_bytes(turtle.write(graph))
    project.change("number: 28", "number: 29")
    project.run()
    assert (node, SKOS.altLabel, Literal("Kåre")) in project.registry("people")


def test_sheet_given_twice_is_refused(project: Project) -> None:
    with pytest.raises(InputError, match="given already"):
        job.prepare([project.sheet, project.sheet], project.folder, nobody, TODAY)


def test_damaged_registry_is_named(project: Project) -> None:
    path = project.folder / "data/registry/people.ttl"
    path.write_text("this is not Turtle", encoding="utf-8")
    with pytest.raises(InputError, match=r"people\.ttl: not valid Turtle"):
        project.prepare()


def test_file_in_the_place_of_the_folder_leaves_everything(project: Project) -> None:
    outcome = project.prepare()
    (project.folder / "data" / "editions").rmdir()
    (project.folder / "data" / "editions").write_text("in the way", encoding="utf-8")
    before = project.snapshot()
    with pytest.raises(InputError, match="nothing was changed"):
        job.carry_out(outcome)
    assert project.snapshot() == before


def test_a_sheet_that_names_somebody_whose_name_is_withheld_is_refused_with_what_to_write(project: Project) -> None:
    person = thing("person", "kari-ornulf-angstrom")
    file = project.folder / "data/decisions/removals.ttl"
    graph = turtle.read(file)
    describe(
        graph,
        thing("decision", "removal-of-somebody"),
        {
            RDF.type: CG.Removal,
            CG.removedHash: Literal(forgotten.hash_of(str(person))),
            CG.nameHash: Literal(forgotten.hash_of_name("Ångström, Kári Ørnulf")),
        },
    )
    turtle.save({file: turtle.write(graph)})
    before = project.snapshot()
    name = withheld.name(withheld.mark_of(person))
    with pytest.raises(InputError, match=r"line 57, people\[0\]: this person asked to be left out") as refused:
        project.run()
    assert name in refused.value.message
    assert project.snapshot() == before
