"""Write the parts of the documentation that are made from the code: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from clustergraph.cli import main

CLI = Path(__file__).parent / "cli.md"
WIDTH = 100
HEAD = """# The command line

Written by `make docs` from the help texts of the commands; a test compares them.
"""


def commands(command: click.Command, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A command and all below it, each as the context that its help is printed in."""
    name = "clustergraph" if parent is None else command.name
    settings = {"max_content_width": WIDTH, "terminal_width": WIDTH, **command.context_settings}
    context = click.Context(command, parent=parent, info_name=name, **settings)
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            if found := command.get_command(context, child):
                yield from commands(found, context)


def cli_reference() -> str:
    """The text of docs/cli.md."""
    parts = [
        f"## {context.command_path}\n\n```text\n{context.get_help().rstrip()}\n```\n" for context in commands(main)
    ]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    CLI.write_text(cli_reference(), encoding="utf-8")
