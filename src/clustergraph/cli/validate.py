"""``clustergraph validate``."""

from __future__ import annotations

import click

from clustergraph import building, settings
from clustergraph.progress import bar
from clustergraph.validation.report import as_text


@click.command("validate")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Check data/ against the shapes and the rules.

    Everything is checked as a build checks it, and nothing is written. Each finding names the file, the line, the
    thing, the rule, and what to do. Violations end with exit code 1; warnings and infos do not.

    \b
    Examples:
      clustergraph validate
      clustergraph validate --json > report.json
    """
    with bar("validating", building.STEPS[:4]) as tell:
        _, report = building.check(settings.load().project, building.Stopwatch(tell))
    if as_json:
        click.echo(report.to_json(), nl=False)
    else:
        click.echo("".join(part + "\n" for part in (as_text(report.findings), report.summary) if part), nl=False)
    ctx.exit(0 if report.conforms else 1)
