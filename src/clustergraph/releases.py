"""Releases: folders that never change, each named by the hash of its graph, and the link that says which one counts.

::

    releases/
        current -> 3f9a…          the release being served
        3f9a0c1d2e4b5a69/         the first 16 hex digits of the SHA-256 of its canonical N-Quads
            store/                the engine's files
            dumps/                see clustergraph.dumps
            search.sqlite         the search index, see clustergraph.search
            context.jsonld        the JSON-LD context of its data
            shapes.ttl            the rules it was validated by, see clustergraph.validation.rulebook
            report.json, report.ttl   what validation found
            release.json          what it is: see Release
            MANIFEST              SHA-256 and name of every other file, as sha256sum writes them
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path

from clustergraph import jsonld, store
from clustergraph.disk import explained, locked, synced
from clustergraph.errors import NotFoundError, ReleaseError

#: Layout of a release folder; a change that readers of old releases would notice makes it one higher.
FORMAT = 3
ID = re.compile(r"[0-9a-f]{16}")
CURRENT = "current"
ABOUT = "release.json"
MANIFEST = "MANIFEST"
RULES = "shapes.ttl"
REPORT = "report.json"
CANONICAL = "dumps/clustergraph.nq"


@dataclass(frozen=True)
class About:
    """What ``release.json`` says.

    :ivar id: first 16 hex digits of the hash.
    :ivar hash: SHA-256 of the canonical N-Quads, in hex.
    :ivar format: version of the folder's layout, :data:`FORMAT`.
    :ivar software: version of clustergraph that wrote it.
    :ivar created: when, UTC, RFC 3339.
    :ivar triples: how many triples it holds.
    :ivar counts: things of each class, by the shortened IRI of the class (``"cg:Edition": 27``).
    :ivar start: the first day of any edition, ``"2022-02-16"``; empty where none is dated.
    :ivar end: the last one.
    :ivar countries: where editions were held: IRI of the country -> its name.
    """

    id: str
    hash: str
    format: int
    software: str
    created: str
    triples: int
    counts: dict[str, int]
    start: str = ""
    end: str = ""
    countries: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The content of ``release.json``."""
        return (json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class Release:
    """One finished release.

    :ivar path: its folder, without symbolic links.
    :ivar about: what it says of itself.
    """

    path: Path
    about: About

    @property
    def id(self) -> str:
        """Its name: 16 hex digits."""
        return self.about.id

    @property
    def dumps(self) -> Path:
        """The folder of its dumps."""
        return self.path / "dumps"

    def context(self) -> jsonld.Context:
        """The JSON-LD context of its data."""
        return jsonld.load_context(self.path / "context.jsonld")

    def open(self) -> store.Graph:
        """Its graph, read-only, after a check of every byte: damage would show as wrong answers, not as errors.

        :raises ReleaseError: a file is missing or changed.
        """
        verify(self)
        return store.open_read_only(self.path / "store")


def at(path: Path) -> Release:
    """The release in a folder.

    :raises ReleaseError: the folder is no whole release of a layout known here.
    """
    try:
        about = About(**json.loads((path / ABOUT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ReleaseError(
            f"{path / ABOUT} cannot be read: {error}; switch to another release or build again"
        ) from error
    if about.format != FORMAT:
        raise ReleaseError(f"{path} has layout {about.format}, this version reads layout {FORMAT}; build again")
    return Release(path, about)


def get(folder: Path, name: str) -> Release:
    """The release of a name.

    :param folder: the folder of all releases.
    :param name: 16 hex digits, or ``"current"``.
    :raises NotFoundError: there is none.
    """
    return current(folder) if name == CURRENT else at(_place(folder, name))


def _place(folder: Path, name: str) -> Path:
    """The folder of a release, whatever is in it."""
    if not ID.fullmatch(name):
        raise NotFoundError(f"{name!r} does not name a release: 16 of 0-9 and a-f; see clustergraph releases list")
    if not (folder / name).is_dir():
        raise NotFoundError(f"there is no release {name} in {folder}; see clustergraph releases list")
    return folder / name


def current(folder: Path) -> Release:
    """The release being served.

    :raises NotFoundError: none has been chosen yet.
    """
    link = folder / CURRENT
    if not link.exists():
        raise NotFoundError(f"there is no current release in {folder}; make one with clustergraph build")
    return at(link.resolve())


def all_in(folder: Path) -> list[Release]:
    """Every release in a folder that this version can read, the newest first."""
    found = []
    for path in _folders(folder):
        with suppress(ReleaseError):
            found.append(at(path))
    return sorted(found, key=lambda release: (release.about.created, release.id), reverse=True)


def unusable(folder: Path) -> dict[str, str]:
    """Name -> why it cannot be used, of every release in a folder that this version cannot read."""
    found = {}
    for path in _folders(folder):
        try:
            at(path)
        except ReleaseError as error:
            found[path.name] = error.message
    return found


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if ID.fullmatch(path.name)) if folder.is_dir() else []


def is_current(folder: Path, release: Release) -> bool:
    """Whether a release is the one being served."""
    return (folder / CURRENT).resolve() == release.path.resolve()


def manifest(path: Path) -> dict[str, str]:
    """File name -> SHA-256 of every file under a release folder but the manifest itself, computed anew."""
    digests = {}
    for file in sorted(path.rglob("*")):
        if file.is_file() and file != path / MANIFEST:
            with file.open("rb") as stream:
                digests[file.relative_to(path).as_posix()] = file_digest(stream, "sha256").hexdigest()
    return digests


def verify(release: Release) -> None:
    """Compare every file of a release with its manifest, and its graph with its name.

    :raises ReleaseError: names the first file that is missing, changed or too many.
    """
    try:
        lines = (release.path / MANIFEST).read_text(encoding="utf-8").splitlines()
        found = manifest(release.path)
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(
            f"{release.path} cannot be verified: {error}; switch to another release or build again"
        ) from error
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            fault = (
                "is missing" if name not in found else "has changed" if name in wanted else "does not belong to it"
            )
            raise ReleaseError(
                f"release {release.path.name} is damaged: {name} {fault}; switch to another release or build again"
            )
    if found.get(CANONICAL, "") != release.about.hash or not release.about.hash.startswith(release.id):
        raise ReleaseError(f"release {release.path.name} does not hold the graph it is named by; build again")


def look(release: Release) -> int:
    """A number that changes with the name, the size or the time of any file of a release; quick, and no proof."""
    found = []
    for folder, _, names in os.walk(release.path):
        for name in names:
            with suppress(OSError):
                state = os.stat(os.path.join(folder, name))
                found.append((folder, name, state.st_size, state.st_mtime_ns))
    return hash(tuple(sorted(found)))


def identity(path: Path) -> tuple[str, int, int] | None:
    """What tells a release folder from any other, from one made anew under its name too; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return path.resolve().name, state.st_ino, state.st_mtime_ns


def switch(folder: Path, name: str) -> Release:
    """Make a release the one being served, in one step; going back is the same.

    :raises ReleaseError: it is damaged, the link cannot be written, or a build is at work.
    """
    release = get(folder, name)
    verify(release)
    with locked(folder):
        point(folder, release.path.name)
    return release


def point(folder: Path, target: str) -> None:
    """Let the link ``current`` name a folder beside it, in one step that nobody sees half done.

    The caller holds the lock.
    """
    with explained(folder):
        link = folder / f".{CURRENT}-{secrets.token_hex(4)}"
        link.symlink_to(target, target_is_directory=True)
        os.replace(link, folder / CURRENT)
        synced(folder)


def remove(folder: Path, name: str) -> None:
    """Delete a release that is not being served; it may be damaged, or of a layout that is not known here.

    :raises ReleaseError: it is the current one, or a build is at work.
    """
    path = current(folder).path if name == CURRENT else _place(folder, name)
    if (folder / CURRENT).resolve() == path.resolve():
        raise ReleaseError(f"{path.name} is the current release; switch to another one first")
    with locked(folder), explained(folder):
        # Renamed first, so that a release half deleted is never listed.
        doomed = folder / f".building-removed-{secrets.token_hex(4)}"
        os.rename(path, doomed)
        shutil.rmtree(doomed)


def prune(folder: Path, keep: int) -> list[str]:
    """Delete all but the newest releases and the current one.

    :param keep: how many of the newest to keep, 0 or more.
    :returns: the names of the deleted ones.
    """
    old = [release.id for release in all_in(folder)[keep:] if not is_current(folder, release)]
    for name in old:
        remove(folder, name)
    return old
