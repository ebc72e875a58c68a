"""Staging: a release is written beside the others under a name nobody reads, proved, and only then renamed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from clustergraph import dumps, jsonld, releases, search, spellings, store, writing
from clustergraph.disk import all_synced, explained, locked, synced
from clustergraph.errors import ReleaseError
from clustergraph.formats import N_QUADS
from clustergraph.releases import ABOUT, CURRENT, MANIFEST, About, Release

PREFIX = ".building-"
#: How the names of documents begin that are published with the dumps, and named in their checksums.
AMONG_DUMPS = "dumps/"


@contextmanager
def stage(folder: Path) -> Iterator[Path]:
    """A name for a new folder beside the releases, held under the lock; what is left of it at the end is deleted.

    :param folder: the folder of all releases; it is made where it does not exist.
    :raises ReleaseError: another build is at work, or the folder cannot be written.
    """
    with locked(folder):
        _clear(folder)
        try:
            yield folder / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    """Delete what builds have left behind: under the lock, no other build is alive."""
    for path in folder.glob(f".{CURRENT}-*"):
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{PREFIX}*"):
        if (folder / CURRENT).resolve() != path.resolve():
            shutil.rmtree(path, ignore_errors=True)


def write(
    path: Path, graph: store.Graph, about: About, documents: dict[str, bytes], context: jsonld.Context
) -> Release:
    """Write a whole release into a staging folder, and wait until it is on the disk.

    :param path: from :func:`stage`.
    :param graph: the finished graph.
    :param about: what the release says of itself.
    :param documents: name and content of further files: the reports, the context, and under :data:`AMONG_DUMPS` those
        that stand among the dumps.
    :raises ReleaseError: it cannot be written.
    """
    with explained(path.parent):
        path.mkdir()
        store.write(graph.stream(), path / "store")
        among = {
            name.removeprefix(AMONG_DUMPS): documents[name] for name in documents if name.startswith(AMONG_DUMPS)
        }
        dumps.write(graph.stream(), path / "dumps", context, among)
        search.write(path / search.INDEX, spellings.things(graph), spellings.spellings(graph))
        for name, content in {**documents, ABOUT: about.to_json()}.items():
            if not name.startswith(AMONG_DUMPS):
                (path / name).write_bytes(content)
        lines = [f"{digest}  {name}\n" for name, digest in releases.manifest(path).items()]
        (path / MANIFEST).write_text("".join(lines), encoding="utf-8")
        all_synced(path)
    return Release(path, about)


def prove(release: Release) -> None:
    """Read a new release back from its engine files and compare it with its name.

    :raises ReleaseError: what was written is not what was meant: the disk or the memory is at fault.
    """
    releases.verify(release)
    graph = store.open_read_only(release.path / "store")
    digest = sha256(writing.write_quads(graph.stream(), N_QUADS)).hexdigest()
    if len(graph) != release.about.triples or digest != release.about.hash:
        raise ReleaseError(
            f"{release.path} does not read back as it was written; check disk and memory, then build again"
        )


def publish(folder: Path, staged: Release) -> Release:
    """Give a staged release its name, without switching to it.

    :param folder: the folder of all releases.
    :returns: the release under its name.
    """
    target = folder / staged.id
    with explained(folder):
        if target.exists():
            _replace(folder, staged, target)
        else:
            os.rename(staged.path, target)
            synced(folder)
    return releases.at(target)


def _replace(folder: Path, staged: Release, target: Path) -> None:
    """Put a release in the place of an older one of the same name: a damaged one, or one with another report.

    Were ``current`` left to name the place, it would for a moment name nothing. So it first names the staged folder,
    and again the place once a copy, made of links to the same files, stands there.
    """
    serving = (folder / CURRENT).resolve() == target.resolve()
    if serving:
        releases.point(folder, staged.path.name)
    os.rename(target, folder / f"{PREFIX}replaced-{secrets.token_hex(4)}")
    copy = folder / f"{PREFIX}copy-{secrets.token_hex(4)}"
    shutil.copytree(staged.path, copy, copy_function=os.link)
    os.rename(copy, target)
    synced(folder)
    if serving:
        releases.point(folder, target.name)
