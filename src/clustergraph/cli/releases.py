"""``clustergraph releases``: the releases that are kept, and which of them counts."""

from __future__ import annotations

import click

from clustergraph import releases, settings
from clustergraph.cli import changes
from clustergraph.progress import bar

NAME = click.argument("name", default=releases.CURRENT)


@click.group("releases")
def command() -> None:
    """List, show, compare, verify, switch, remove and prune releases.

    A release is named by 16 hex digits; "current" is the one being served.
    """


command.add_command(changes.diff)
command.add_command(changes.apply)


@command.command("list")
def list_all() -> None:
    """List the releases, the newest first; * marks the current one."""
    folder = settings.load().releases
    for release in releases.all_in(folder):
        mark = "*" if releases.is_current(folder, release) else " "
        editions = release.about.counts.get("cg:Edition", 0)
        click.echo(
            f"{mark} {release.id}  {release.about.created}  {release.about.triples} triples  {editions} editions"
        )


@command.command("show")
@NAME
def show(name: str) -> None:
    """Show what a release says of itself, as JSON."""
    click.echo(releases.get(settings.load().releases, name).about.to_json(), nl=False)


@command.command("verify")
@NAME
def verify(name: str) -> None:
    """Compare every file of a release with its checksums; damage ends with exit code 4."""
    release = releases.get(settings.load().releases, name)
    with bar("verifying", (release.id,)) as tell:
        tell(release.id)
        releases.verify(release)
    click.echo(f"release {release.id} is whole")


@command.command("switch")
@click.argument("name")
def switch(name: str) -> None:
    """Make a release the current one, in one step; going back is the same."""
    release = releases.switch(settings.load().releases, name)
    click.echo(f"release {release.id} is now current")


@command.command("remove")
@click.argument("names", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Delete releases; the current one is refused."""
    for name in names:
        releases.remove(settings.load().releases, name)
        click.echo(f"release {name} is removed")


@command.command("prune")
@click.option(
    "--keep", type=click.IntRange(min=0), default=5, show_default=True, help="How many of the newest to keep."
)
def prune(keep: int) -> None:
    """Delete all but the newest releases and the current one."""
    for name in releases.prune(settings.load().releases, keep):
        click.echo(f"release {name} is removed")
