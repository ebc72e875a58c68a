"""The group of all commands, and what becomes of errors: one line on standard error and an exit code."""

from __future__ import annotations

import errno
from importlib import import_module
from typing import Any

import click

from clustergraph.errors import ClustergraphError, exit_code_of

#: Command -> the module that holds it as ``command``. A module is loaded when its command is called, so that
#: ``serve`` starts without the validator and ``validate`` without the web server.
COMMANDS = {
    "import": "clustergraph.cli.importing",
    "validate": "clustergraph.cli.validate",
    "build": "clustergraph.cli.build",
    "serve": "clustergraph.cli.serve",
    "publish": "clustergraph.cli.publish",
    "forget": "clustergraph.cli.forget",
    "query": "clustergraph.cli.query",
    "releases": "clustergraph.cli.releases",
}
INTERRUPTED = 130


class Commands(click.Group):
    """A group that loads its commands when they are called, and turns our errors into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever is refused is said in words, never as a traceback."""
        try:
            return super().invoke(ctx)
        except ClustergraphError as error:
            click.echo(f"error: {error.message}", err=True)
            ctx.exit(exit_code_of(error))
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has gone; click ends quietly
                raise
            click.echo(f"error: {error.filename or 'the system says'}: {error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clustergraph")
def main() -> None:
    """Build, check, serve and ask the knowledge graph of the event series Clusters meet Regions.

    Commands work on the project in the current folder, or on the one that CLUSTERGRAPH_PROJECT names; releases lie in
    its folder releases/, or in the one that CLUSTERGRAPH_RELEASES names.

    \b
    Exit codes: 0 done; 1 the data break a rule; 2 wrong input or call; 3 names to be decided;
                4 a release is damaged or cannot be written; 5 no answer in time; 130 stopped.
    """
