from __future__ import annotations

import json

import pytest
from project import Project

from clustergraph import releases


@pytest.fixture
def two(built: Project) -> tuple[Project, str, str]:
    """A project with two releases, the older and the newer one by name; the newer is current."""
    older = releases.current(built.releases).id
    built.replace("data/editions/2031-05-06-aveiro.ttl", '"Old Kiln"', '"New Kiln"')
    assert built.run("build", SOURCE_DATE_EPOCH="1925078400").returncode == 0
    return built, older, releases.current(built.releases).id


def test_the_list_marks_the_current_one(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    lines = project.run("releases", "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["*", newer], [older, "2031-01-01T00:00:00Z"]]
    assert lines[0].endswith("2 editions")


def test_a_release_is_shown_as_json(two: tuple[Project, str, str]) -> None:
    project, older, newer = two
    assert json.loads(project.run("releases", "show").stdout)["id"] == newer
    assert json.loads(project.run("releases", "show", older).stdout)["id"] == older


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


def test_pruning_says_what_it_deletes(two: tuple[Project, str, str]) -> None:
    project, older, _ = two
    assert project.run("releases", "prune").stdout == ""
    assert project.run("releases", "prune", "--keep", "1").stdout == f"release {older} is removed\n"
    assert project.run("releases", "prune", "--keep", "-1").returncode == 2
