"""Write the parts of the documentation that are made from the code: ``make docs``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from clustergraph.cli import main

HERE = Path(__file__).parent
CLI = HERE / "cli.md"
DIFFERENCES = HERE.parent / "tests" / "remote" / "differences.toml"
ENGINE_DIFFERENCES = HERE / "engine-differences.md"
WIDTH = 100
HEAD = """# The command line

Written by `make docs` from the help texts of the commands; a test compares them.
"""

DIFFERENCES_HEAD = """# Where engines differ

Written by `make docs` from `tests/remote/differences.toml`. The tests compare a service over each engine with one
over the embedded engine; they allow what stands here and nothing else. The Oxigraph server, which is the embedded
engine behind HTTP, has no differences.
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


def engine_differences() -> str:
    """The text of docs/engine-differences.md."""
    found = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))["difference"]
    parts = [DIFFERENCES_HEAD]
    for engine in dict.fromkeys(one["engine"] for one in found):
        parts.append(f"## {engine}\n")
        parts += [difference(one) for one in found if one["engine"] == engine]
    return "\n".join(parts)


def difference(one: dict[str, str]) -> str:
    """One of them, as a section."""
    shown = f"```sparql\n{one['query'].strip()}\n```\n" if "query" in one else ""
    return "\n".join(
        [f"### {one['title']}\n", f"{one['reason']}\n", f"{one['effect']}\n", *([shown] if shown else [])]
    )


if __name__ == "__main__":
    CLI.write_text(cli_reference(), encoding="utf-8")
    ENGINE_DIFFERENCES.write_text(engine_differences(), encoding="utf-8")
