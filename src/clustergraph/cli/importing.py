"""``clustergraph import``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from clustergraph import settings
from clustergraph.errors import InputError
from clustergraph.importing import job
from clustergraph.importing.deciding import Editor
from clustergraph.importing.draft import slug_of
from clustergraph.importing.naming import Question
from clustergraph.progress import bar


def _same(values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.rpartition("=") for value in values]
    for value, (name, _, slug) in zip(values, pairs, strict=True):
        if not name or not slug:
            raise InputError(f"--same {value!r} is not NAME=SLUG, e.g. --same 'Prognos Ltd=prognos'")
    return {name: slug for name, _, slug in pairs}


def _ask(question: Question) -> tuple[int | None, str]:
    click.echo(str(question), err=True)
    count = len(question.candidates)
    choice = click.prompt(
        f"1-{count}: that one; 0: none of them, it is new; -: leave it open",
        type=click.Choice([str(number) for number in range(count + 1)] + ["-"]),
        show_choices=False,
        err=True,
    )
    if choice == "-":
        return None, ""
    return int(choice), click.prompt("Why", err=True)


def _report(outcome: job.Outcome, project: Path, check: bool) -> None:
    for node in outcome.minted:
        click.echo(f"new: {slug_of(node)}")
    for node, forms in outcome.printed_only.items():
        click.echo(f"printed only, not taken as names of {slug_of(node)}: {'; '.join(dict.fromkeys(forms))}")
    for change in outcome.changes:
        name = change.path.relative_to(project)
        click.echo(f"{'would write' if check else 'wrote'} {name}: +{change.added} -{change.removed} statements")
    if not outcome.changes:
        click.echo("nothing to change: the data hold these sheets already")


@click.command("import")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--same", multiple=True, metavar="NAME=SLUG", help="An unsure name means this entity.")
@click.option("--new", multiple=True, metavar="NAME", help="An unsure name means none of the candidates.")
@click.option("--reason", default="", help="Why, for --same and --new; kept with the decision.")
@click.option("--ask", is_flag=True, help="Ask for each unsure name that no option decides.")
def command(
    sheets: tuple[Path, ...], check: bool, same: tuple[str, ...], new: tuple[str, ...], reason: str, ask: bool
) -> None:
    """Turn fact sheets (YAML) into data/editions/ and additions to data/registry/.

    Every key is used or is an error that names file, line, key and value. Names are looked up in the registry: sure
    ones are linked, new ones added, and unsure ones listed with candidates and scores until an editor decides; a
    decision is kept in data/decisions/ with its reason. All files are written or none; importing twice changes
    nothing.

    \b
    Examples:
      clustergraph import --check 2026-03-10-tromso.yaml
      clustergraph import 2026-03-10-tromso.yaml --new 'North Cluster' --reason 'not the Danish one'
      clustergraph import --ask sheets/*.yaml
    """
    if ask and not sys.stdin.isatty():
        raise InputError("--ask needs a terminal; use --same and --new, or write data/decisions/names.ttl")
    project = settings.load().project
    editor = Editor(_same(same), new, reason, _ask if ask else None)
    steps = [f"reading {path.name}" for path in sorted(sheets, key=lambda path: path.name)]
    steps += ["resolving names", *(f"writing {path.stem}" for path in sorted(sheets, key=lambda path: path.name))]
    with bar("importing", tuple(steps)) as tell:
        outcome = job.prepare(list(sheets), project, editor, date.today(), tell)
    editor.check_all_used()
    if not check:
        job.carry_out(outcome)
    _report(outcome, project, check)
