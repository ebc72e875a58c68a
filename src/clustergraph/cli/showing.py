"""``clustergraph releases show``: a release in words for people, or its ``release.json`` for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from clustergraph import changes, releases, settings
from clustergraph.releases import Release
from clustergraph.validation import report

WIDTH = 12
#: A part of a release folder -> what stands in it; all else is counted together.
PARTS = {"dumps": "files to download", "store": "the engine's files", "search.sqlite": "the search index"}


@click.command("show")
@click.argument("name", default=releases.CURRENT)
@click.option("--json", "as_json", is_flag=True, help="Write release.json as it stands in the release.")
def show(name: str, as_json: bool) -> None:
    """Show what a release is: what made it, what it holds, what validation found, what changed, where it lies.

    What changed is counted from the kept release before it, by things and by statements; "clustergraph releases
    diff" lists it.

    \b
    Examples:
      clustergraph releases show
      clustergraph releases show 3f9a0c1d2e4b5a69 --json | jq .triples
    """
    folder = settings.load().releases
    release = releases.get(folder, name)
    if as_json:
        click.echo(release.about.to_json(), nl=False)
        return
    for heading, lines in (
        ("release", [f"{release.id}{', the current one' if releases.is_current(folder, release) else ''}"]),
        ("made", [f"{release.about.created} by clustergraph {release.about.software}"]),
        ("SHA-256", [release.about.hash]),
        ("holds", _held(release)),
        ("validation", [report.of(release).summary]),
        ("changed", _changed(release, changes.before(release, releases.all_in(folder)))),
        ("on disk", _size(release.path)),
    ):
        for number, line in enumerate(lines):
            click.echo(f"{heading if not number else '':{WIDTH}}{line}")


def _held(release: Release) -> Iterator[str]:
    """How many statements a release holds, about which years, and how many things of each class."""
    about = release.about
    yield f"{about.triples:,} statements"
    if about.start:
        yield f"editions from {about.start} to {about.end} in {len(about.countries)} countries"
    for name, count in about.counts.items():
        yield f"{count:>7,} {name}"


def _changed(release: Release, before: Release | None) -> Iterator[str]:
    """What changed since the release before, by statements and by kinds of things."""
    if before is None:
        yield "nothing to compare with: no earlier release is kept"
        return
    found = changes.difference(before, release)
    yield f"since {before.id} of {before.about.created}: statements added {found.added:,}, removed {found.removed:,}"
    for kind, states in found.counts().items():
        yield f"{kind:14}" + ", ".join(f"{count:,} {state}" for state, count in states.items() if count)
    yield f"thing by thing: clustergraph releases diff {before.id} {release.id}"


def _size(path: Path) -> Iterator[str]:
    """Where a release lies, and how many bytes its parts take."""
    files = [file for file in path.rglob("*") if file.is_file()]
    sizes = Counter[str]()
    for file in files:
        sizes[file.relative_to(path).parts[0]] += file.stat().st_size
    yield f"{sizes.total() / 1e6:,.1f} MB in {len(files):,} files under {path}"
    for name, words in PARTS.items():
        yield f"{sizes[name] / 1e6:7,.1f} MB {name}: {words}"
