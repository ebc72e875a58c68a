"""The disk: whole files that last, one writer at a time, and errors that say what to do."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clustergraph.errors import ReleaseError

LOCK = ".lock"
REMEDIES = {
    errno.ENOSPC: "make room, for example with clustergraph releases prune, and build again",
    errno.EDQUOT: "make room within the quota and build again",
    errno.EFBIG: "raise the limit on file sizes (ulimit -f) and build again",
    errno.EROFS: "remount it for writing, or name another folder in CLUSTERGRAPH_RELEASES",
    errno.EACCES: "allow this user to write there, or name another folder in CLUSTERGRAPH_RELEASES",
}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn a failure to write into a ReleaseError with its remedy.

    :param folder: what was being written to.
    """
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "see to the disk and build again")
        where, reason = error.filename or folder, error.strerror or str(error)
        raise ReleaseError(f"{where}: {reason}; {remedy}; the current release is as it was") from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder of releases; the system lets go of it when the process ends, however it ends.

    :raises ReleaseError: another process holds it.
    """
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("a+", encoding="utf-8")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"another build is at work in {folder}; try again when it has ended") from error
        yield


def synced(path: Path) -> None:
    """Wait until a file, or the names in a folder, have reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def all_synced(folder: Path) -> None:
    """Wait until everything under a folder, and the folder, have reached the disk."""
    for path in folder.rglob("*"):
        synced(path)
    synced(folder)
