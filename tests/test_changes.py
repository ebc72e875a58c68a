from __future__ import annotations

import shutil
from dataclasses import replace
from hashlib import sha256

import pytest
from project import Project
from pyoxigraph import Literal, NamedNode

from clustergraph import changes, iris, patches, releases
from clustergraph.changes import Difference, Differences, Fact
from clustergraph.releases import CANONICAL

AVEIRO, GHENT = (iris.thing("edition", slug) for slug in ("2031-05-06-aveiro", "2031-10-02-ghent"))
JORIS = iris.thing("person", "joris-maes")
MENTION = iris.thing("mention", "2031-05-06-aveiro--joris-maes")
VISIT = iris.thing("session", "2031-05-06-aveiro--visit")
AGENDA = iris.thing("source", "agenda")


@pytest.fixture(scope="module")
def found(built_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """What it makes to rename a person in the registry and in a mention, and to take away a session."""
    project = Project(tmp_path_factory.mktemp("changed") / "project")
    shutil.copytree(built_once.path, project.path, symlinks=True)
    older = releases.current(project.releases)
    project.replace("data/registry/things.ttl", '"Joris Maes"', '"Joris Maas"')
    project.replace("data/editions/2031-05-06-aveiro.ttl", '"Joris Maes"', '"Joris Maas"')
    edition = project.path / "data/editions/2031-05-06-aveiro.ttl"
    head, _, rest = edition.read_text(encoding="utf-8").partition("session:2031-05-06-aveiro--visit\n")
    edition.write_text(head + rest.partition("\n.\n")[2], encoding="utf-8")
    done = project.run("build", SOURCE_DATE_EPOCH="1925078400")
    assert done.returncode == 0, done.stderr
    return changes.difference(older, releases.current(project.releases))


def test_a_renamed_person_is_changed_and_keeps_both_names_apart(found: Difference) -> None:
    change = found.changes[JORIS]
    assert (change.kind, change.state, change.added, change.removed) == ("person", "changed", 2, 2)
    names = [fact for fact in change.nodes[0].facts if fact.property.value == iris.PREFIXES["foaf"] + "name"]
    assert names == [
        Fact(False, NamedNode(iris.PREFIXES["foaf"] + "name"), Literal("Joris Maes")),
        Fact(True, NamedNode(iris.PREFIXES["foaf"] + "name"), Literal("Joris Maas")),
    ]
    assert found.labels[JORIS] == Literal("Joris Maas")


def test_a_part_counts_to_the_thing_on_whose_page_it_stands_and_names_its_sources(found: Difference) -> None:
    change = found.changes[AVEIRO]
    assert change.state == "changed"
    mention = next(node for node in change.nodes if node.iri == MENTION)
    assert mention.state == "changed"
    assert mention.sources == (AGENDA,)
    assert MENTION not in found.changes


def test_a_thing_that_is_gone_is_removed_with_all_it_was(found: Difference) -> None:
    change = found.changes[VISIT]
    assert (change.state, change.added) == ("removed", 0)
    assert change.removed == len(change.nodes[0].facts) > 5
    assert found.labels[VISIT].value == "a look at the kilns"
    assert found.counts()["session"] == {"added": 0, "changed": 0, "removed": 1}


def test_counts_of_things_add_up_to_the_patch(found: Difference) -> None:
    patch = patches.read(patches.write("https://e.org/a", "https://e.org/b", changes.lines(found.older, found.newer)))
    assert (len(patch.added), len(patch.removed)) == (found.added, found.removed)
    assert sum(change.added for change in found.changes.values()) == found.added
    assert sum(len(node.facts) for change in found.changes.values() for node in change.nodes) == (
        found.added + found.removed
    )


def test_applying_the_patch_gives_the_newer_release_and_its_reverse_the_older_by_hash(found: Difference) -> None:
    for before, after in ((found.older, found.newer), (found.newer, found.older)):
        patch = patches.read(patches.write("https://e.org/a", "https://e.org/b", changes.lines(before, after)))
        with (before.path / CANONICAL).open("rb") as dump:
            assert sha256(b"".join(patches.apply(patch, dump))).hexdigest() == after.about.hash


def test_the_other_way_round_is_the_mirror_image(found: Difference) -> None:
    back = changes.difference(found.newer, found.older)
    assert (back.added, back.removed) == (found.removed, found.added)
    assert back.changes[VISIT].state == "added"


def test_nothing_changes_from_a_release_to_itself(found: Difference) -> None:
    same = changes.difference(found.older, found.older)
    assert (same.added, same.removed, dict(same.changes), same.whole) == (0, 0, {}, True)


def test_more_facts_than_are_held_leave_the_counts_true(found: Difference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_FACTS", 5)
    short = changes.difference(found.older, found.newer)
    assert not short.whole
    assert (short.added, short.removed) == (found.added, found.removed)
    assert {iri: change.state for iri, change in short.changes.items()} == {
        iri: change.state for iri, change in found.changes.items()
    }
    assert sum(len(node.facts) for change in short.changes.values() for node in change.nodes) <= 5


def test_differences_are_worked_out_once_and_the_last_used_are_kept(
    found: Difference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_KEPT", 2)
    differences = Differences()
    first = differences.between(found.older, found.newer)
    differences.between(found.newer, found.older)
    assert differences.between(found.older, found.newer) is first
    differences.between(found.older, found.older)
    assert differences.between(found.older, found.newer) is first
    differences.between(found.newer, found.newer)
    differences.between(found.older, found.older)
    assert differences.between(found.older, found.newer) is not first


def test_the_release_before_is_the_last_built_before(found: Difference) -> None:
    kept = [found.newer, found.older]
    assert changes.before(found.newer, kept) == found.older
    assert changes.before(found.older, kept) is None
    later = replace(found.newer, about=replace(found.newer.about, id="f" * 16, created="2040-01-01T00:00:00Z"))
    assert changes.before(later, [*kept, later]) == found.newer


def test_a_release_is_looked_through_for_a_thing_without_reading_it_all(found: Difference) -> None:
    with (found.older.path / CANONICAL).open("rb") as dump:
        described = {line.partition(b" ")[0][1:-1].decode() for line in dump}
    assert all(changes.describes(found.older, iri) for iri in described)
    near = [*(iri + "x" for iri in described), *(iri[:-1] for iri in described), "", "a", "zzz"]
    assert [iri for iri in near if changes.describes(found.older, iri) != (iri in described)] == []
    assert not changes.describes(found.newer, VISIT)


def test_a_thing_that_vanished_without_a_decision_is_named(found: Difference) -> None:
    assert changes.vanished(found.older, found.newer) == [VISIT]
    assert changes.vanished(found.newer, found.older) == []
