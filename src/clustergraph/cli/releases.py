"""``clustergraph releases``: the releases that are kept, and which of them counts."""

from __future__ import annotations

import click

from clustergraph import releases, settings
from clustergraph.cli import changes, showing
from clustergraph.progress import bar

NAME = click.argument("name", default=releases.CURRENT)


@click.group("releases")
def command() -> None:
    """List, show, compare, verify, switch, remove and prune releases.

    A release is named by 16 hex digits; "current" is the one being served.
    """


command.add_command(changes.diff)
command.add_command(changes.apply)
command.add_command(showing.show)


@command.command("list")
def list_all() -> None:
    """List the releases, the newest first; * marks the current one.

    What cannot be used, such as a damaged release or one of another version, is named on standard error.
    """
    folder = settings.load().releases
    kept = releases.all_in(folder)
    for release in kept:
        mark = "*" if releases.is_current(folder, release) else " "
        editions = release.about.counts.get("cg:Edition", 0)
        click.echo(
            f"{mark} {release.id}  {release.about.created}  {release.about.triples} triples  {editions} editions"
        )
    for name, reason in releases.unusable(folder).items():
        click.echo(f"warning: {reason}, or delete it with clustergraph releases remove {name}", err=True)
    if not kept:
        click.echo(f"there is no release in {folder}; make one with clustergraph build", err=True)
    elif not any(releases.is_current(folder, release) for release in kept):
        click.echo("none of them is current; choose one with clustergraph releases switch", err=True)


@command.command("verify")
@NAME
def verify(name: str) -> None:
    """Compare every file of a release with its checksums; damage ends with exit code 4.

    Without a name, the current release is compared.
    """
    release = releases.get(settings.load().releases, name)
    with bar("verifying", (release.id,)) as tell:
        tell(release.id)
        releases.verify(release)
    click.echo(f"release {release.id} is whole")


@command.command("switch")
@click.argument("name")
def switch(name: str) -> None:
    """Make a release the current one, in one step; going back is the same.

    It is verified first, and a damaged one is refused. A running service goes over to it within some seconds.
    """
    release = releases.switch(settings.load().releases, name)
    click.echo(f"release {release.id} is now current")


@command.command("remove")
@click.argument("names", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Delete releases, damaged ones and those of other versions too; the current one is refused."""
    for name in names:
        releases.remove(settings.load().releases, name)
        click.echo(f"release {name} is removed")


@command.command("prune")
@click.option(
    "--keep", type=click.IntRange(min=0), default=5, show_default=True, help="How many of the newest to keep."
)
def prune(keep: int) -> None:
    """Delete all but the newest releases and the current one.

    What "clustergraph releases list" warns of is left to "clustergraph releases remove".
    """
    folder = settings.load().releases
    removed = releases.prune(folder, keep)
    for name in removed:
        click.echo(f"release {name} is removed")
    if not removed:
        click.echo(f"nothing to remove: {len(releases.all_in(folder))} kept, --keep is {keep}", err=True)
