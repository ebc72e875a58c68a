"""``clustergraph build``."""

from __future__ import annotations

import click

from clustergraph import building, settings
from clustergraph.forgotten import hash_of
from clustergraph.progress import bar

#: What to do about an address that named something in the release before.
REMEDY = (
    'addresses are for ever: keep it, or add to data/decisions/removals.ttl a cg:Removal with cg:removedHash "{}", '
    "dct:date, dct:description and, where it was renamed, dct:isReplacedBy"
)


@click.command("build")
@click.option("--switch/--no-switch", default=True, help="Make the new release the current one.", show_default=True)
@click.option("--force", is_flag=True, help="Write the release anew even where it is there already.")
@click.option("--times", is_flag=True, help="Also say how long each step took.")
def command(switch: bool, force: bool, times: bool) -> None:
    """Build a release from data/, ontology/ and shapes/.

    The files are read, linked, completed and validated; the release is written beside the others, read back, and
    only then becomes the current one, in one step. Whatever goes wrong, the current release stays as it was. The same
    files give the same release, named by the hash of its graph; one that is there already is not written again.
    SOURCE_DATE_EPOCH sets the time that the release says it was made.

    \b
    Examples:
      clustergraph build
      clustergraph build --no-switch && clustergraph releases list
    """
    here = settings.load()
    with bar("building", building.STEPS) as tell:
        built = building.build(here.project, here.releases, switch=switch, force=force, tell=tell)
    if times:
        for step, seconds in built.seconds.items():
            click.echo(f"{step:10}{seconds:6.2f} s", err=True)
    click.echo(built.report.summary, err=True)
    for iri in built.vanished:
        click.echo(f"warning: {iri} is gone without a decision; {REMEDY.format(hash_of(iri))}", err=True)
    news = "was there already" if built.reused else f"holds {built.release.about.triples:,} triples"
    click.echo(f"release {built.release.id} {news}{' and is now current' if switch else ''}")
