from __future__ import annotations

import pytest
from click import Context
from project import Project

from clustergraph.cli import main
from clustergraph.cli.main import COMMANDS


def test_every_command_says_what_it_is_for() -> None:
    context = Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str()


def test_a_command_that_is_none_is_refused(project: Project) -> None:
    done = project.run("destroy")
    assert done.returncode == 2
    assert "No such command 'destroy'" in done.stderr


@pytest.mark.parametrize("arguments", [["query", "ASK {}"], ["releases", "show"], ["releases", "verify"]])
def test_an_error_is_one_line_without_a_traceback(project: Project, arguments: list[str]) -> None:
    done = project.start(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"error: there is no current release in {project.releases}; make one with clustergraph build\n"
    )


def test_a_setting_that_cannot_be_used_is_named(project: Project) -> None:
    done = project.run("releases", "list", CLUSTERGRAPH_QUERY_TIMEOUT="soon")
    assert done.returncode == 2
    assert done.stderr.startswith("error: CLUSTERGRAPH_QUERY_TIMEOUT='soon' is not a number")


def test_a_folder_that_is_no_project_is_named_with_the_remedy(project: Project) -> None:
    done = project.run("validate", CLUSTERGRAPH_PROJECT="/nowhere")
    assert done.returncode == 2
    assert "CLUSTERGRAPH_PROJECT" in done.stderr


def test_the_version_is_shown(project: Project) -> None:
    done = project.start("--version")
    assert done.returncode == 0
    assert "0.1.0" in done.stdout
