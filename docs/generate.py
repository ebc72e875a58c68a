"""Write the parts of the documentation that are made from the code: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from clustergraph.cli import main

CLI = Path(__file__).parent / "cli.md"
WIDTH = 100
HEAD = """# The command line

Written by `make docs` from the help texts of the commands; a test compares them. Exit codes are at the end.
"""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command, click.Context]]:
    """A command and all below it, each with its full name and a context to print its help in."""
    context = click.Context(command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
    yield name, command, context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found:
                yield from commands(found, f"{name} {child}")


def cli_reference() -> str:
    """The text of docs/cli.md."""
    parts = [
        f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
        for name, command, context in commands(main, "clustergraph")
    ]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    CLI.write_text(cli_reference(), encoding="utf-8")
