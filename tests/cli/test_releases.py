from __future__ import annotations

import json

import pytest
from project import Project

from clustergraph import releases
from clustergraph.releases import Release


@pytest.fixture
def two(two: tuple[Project, Release, Release]) -> tuple[Project, str, str]:
    """A project with two releases, the older and the newer one by name; the newer is current."""
    project, older, newer = two
    return project, older.id, newer.id


def test_the_list_marks_the_current_one(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    lines = project.start("releases", "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["*", newer], [older, "2031-01-01T00:00:00Z"]]
    assert lines[0].endswith("2 editions")


def test_the_list_warns_of_what_cannot_be_used_and_that_none_is_current(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    (project.releases / newer / "release.json").write_text("{}", encoding="utf-8")
    done = project.run("releases", "list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [older]
    warned, none = done.stderr.splitlines()
    assert warned.startswith("warning: ")
    assert warned.endswith(f"delete it with clustergraph releases remove {newer}")
    assert none == "none of them is current; choose one with clustergraph releases switch"


def test_an_empty_list_says_how_to_make_a_release(project: Project) -> None:
    done = project.run("releases", "list")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("make one with clustergraph build\n")


def test_a_release_is_shown_as_json(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    assert json.loads(project.run("releases", "show", "--json").stdout)["id"] == newer
    done = project.run("releases", "show", older, "--json")
    assert done.stdout == (project.releases / older / "release.json").read_text(encoding="utf-8")


def test_a_release_is_shown_in_words(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    about = releases.get(project.releases, newer).about
    shown = project.run("releases", "show").stdout
    assert f"{newer}, the current one\n" in shown
    assert f"2031-01-02T00:00:00Z by clustergraph {about.software}\n" in shown
    for told in (about.hash, f"{about.triples:,} statements", " 2 cg:Edition\n", " rules: 0 violation, "):
        assert told in shown
    assert f"since {older} of 2031-01-01T00:00:00Z: statements added 1, removed 1\n" in shown
    assert "edition       1 changed\n" in shown
    assert f"clustergraph releases diff {older} {newer}\n" in shown
    files = [path for path in (project.releases / newer).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    assert f"{size:,.1f} MB in {len(files)} files under {project.releases.resolve() / newer}\n" in shown


def test_the_first_release_is_compared_with_none(two: tuple[Project, str, str]) -> None:
    project, older, _ = two
    shown = project.run("releases", "show", older).stdout
    assert "current one" not in shown
    assert "no earlier release is kept" in shown


def test_a_report_that_cannot_be_read_ends_with_what_to_do(two: tuple[Project, str, str]) -> None:
    project, older, _ = two
    (project.releases / older / "report.json").write_text("{}", encoding="utf-8")
    done = project.run("releases", "show", older)
    assert done.returncode == 4
    assert done.stderr.endswith(f"see clustergraph releases verify {older}\n")


def test_going_back_is_a_switch(two: tuple[Project, str, str]) -> None:
    project, older, _ = two
    done = project.run("releases", "switch", older)
    assert done.returncode == 0
    assert done.stdout == f"release {older} is now current\n"
    assert releases.current(project.releases).id == older


def test_verifying_finds_damage_and_ends_with_4(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    assert project.run("releases", "verify").stdout == f"release {newer} is whole\n"
    (project.releases / older / "report.json").write_text("{}", encoding="utf-8")
    done = project.run("releases", "verify", older)
    assert done.returncode == 4
    assert done.stderr.startswith(f"error: release {older} is damaged: report.json has changed")


def test_the_current_release_is_not_removed_but_another_is(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    assert project.run("releases", "remove", newer).returncode == 4
    assert project.run("releases", "remove", older).returncode == 0
    assert [release.id for release in releases.all_in(project.releases)] == [newer]


def test_a_release_of_another_version_is_removed_but_never_the_current_one(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    for name in (older, newer):
        (project.releases / name / "release.json").write_text("{}", encoding="utf-8")
    assert project.run("releases", "remove", older).stdout == f"release {older} is removed\n"
    refused = project.run("releases", "remove", newer)
    assert refused.returncode == 4
    assert refused.stderr == f"error: {newer} is the current release; switch to another one first\n"


def test_pruning_says_what_it_deletes(two: tuple[Project, str, str]) -> None:
    project, older, _ = two
    assert project.run("releases", "prune").stderr == "nothing to remove: 2 kept, --keep is 5\n"
    assert project.run("releases", "prune", "--keep", "1").stdout == f"release {older} is removed\n"
    assert project.run("releases", "prune", "--keep", "-1").returncode == 2
