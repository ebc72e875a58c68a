"""``clustergraph forget``."""

from __future__ import annotations

from datetime import date

import click

from clustergraph import iris, settings
from clustergraph.importing import forgetting, job

REST = """What remains to do, since it lies outside data/:
  the fact sheets: write the withheld name there; an import refuses the old one
  a new release: clustergraph build
  kept releases, which still name the person: clustergraph releases prune --keep 1
  the history of the repository: git filter-repo, and a word to those who have a copy"""


@click.command("forget")
@click.argument("person")
@click.option(
    "--reason", default="Removed at the request of the person.", show_default=True, help="Why, without the name."
)
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would change.")
def command(person: str, reason: str, yes: bool) -> None:
    """Take a person out of data/, and leave a tombstone that does not hold the name.

    PERSON is the last part of the person's address, or the address. What is counted stays: the participations become
    those of a person without a name. Name, posts, affiliations, spellings, and decisions and claims about the person
    go. An import of a sheet that names the person is refused from then on. Doing it twice changes nothing.

    \b
    Example:
      clustergraph forget jane-doe
      clustergraph forget jane-doe --yes
    """
    project = settings.load().project
    found = forgetting.prepare(person.removeprefix(iris.thing("person", "")), project, reason, date.today())
    if found.withheld is None:
        click.echo("nothing to change: this person was forgotten before")
        return
    if yes:
        job.save(found.changes)
    for change in found.changes:
        name = change.path.relative_to(project)
        click.echo(f"{'wrote' if yes else 'would write'} {name}: +{change.added} -{change.removed} statements")
    click.echo(f"the person {'is' if yes else 'would be'} called {found.withheld.rsplit('/', 1)[-1]} from now on")
    for place in found.left:
        click.echo(f"the name still stands in words at {place}: reword it by hand", err=True)
    click.echo(REST if yes else "nothing was written; do it with --yes")
