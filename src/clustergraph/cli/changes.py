"""``clustergraph releases diff`` and ``apply``: what makes one release out of another, and doing it."""

from __future__ import annotations

from hashlib import file_digest, sha256
from pathlib import Path

import click

from clustergraph import changes, iris, patches, releases, settings
from clustergraph.errors import InputError
from clustergraph.patches import Patch

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("diff")
@click.argument("older")
@click.argument("newer", default=releases.CURRENT)
@click.option("--patch", is_flag=True, help="Write RDF Patch instead of a list of things.")
def diff(older: str, newer: str, patch: bool) -> None:
    """List what changed from the release OLDER to NEWER, thing by thing.

    With --patch, write every quad that was added or removed as RDF Patch; "clustergraph releases apply" applies it.
    """
    folder = settings.load().releases
    pair = releases.get(folder, older), releases.get(folder, newer)
    if patch:
        prev, name = (iris.release(release.id) for release in pair)
        for line in patches.write(prev, name, changes.lines(*pair)):
            click.echo(line, nl=False)
        return
    found = changes.difference(*pair)
    click.echo(f"from {pair[0].id} to {pair[1].id}: statements added {found.added}, removed {found.removed}")
    for change in found.changes.values():
        label = found.labels[change.iri].value if change.iri in found.labels else change.iri
        click.echo(f"{change.state:8}{change.kind:14}+{change.added:<6}-{change.removed:<6}{label}")


@click.command("apply")
@click.argument("patch", type=FILE)
@click.argument("dump", type=FILE)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the result.",
)
def apply(patch: Path, dump: Path, output: Path) -> None:
    """Apply an RDF Patch to a DUMP in canonical N-Quads (dumps/clustergraph.nq), and compare the hash of the result.

    The releases that the patch names in its head tell which hash the dump must have, and which the result.
    """
    with patch.open("rb") as lines:
        read = patches.read(lines)
    with dump.open("rb") as stream:
        _refuse(read, "prev", file_digest(stream, "sha256").hexdigest(), f"{dump} is not what the patch applies to")
    digest = sha256()
    with dump.open("rb") as stream, output.open("wb") as written:
        for line in patches.apply(read, stream):
            digest.update(line)
            written.write(line)
    _refuse(read, "id", digest.hexdigest(), f"{output} is not what the patch promises")
    click.echo(f"{output} has the SHA-256 {digest.hexdigest()}")


def _refuse(patch: Patch, head: str, digest: str, fault: str) -> None:
    name = patch.head.get(head, "")
    if name.startswith(iris.RELEASE) and not digest.startswith(name.removeprefix(iris.RELEASE)):
        raise InputError(
            f"{fault}: its hash is {digest[:16]}…, the head of the patch says {name}; take the other dump"
        )
