"""The disk: whole files that last, one writer at a time, and errors that say what to do."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from clustergraph.errors import ReleaseError

LOCK = ".lock"
SYNCS_AT_ONCE = 16
REMEDIES = {
    errno.ENOSPC: "make room, for example with clustergraph releases prune, and try again",
    errno.EDQUOT: "make room within the quota and try again",
    errno.EFBIG: "raise the limit on file sizes (ulimit -f) and try again",
    errno.EROFS: "remount it for writing, or name another folder in CLUSTERGRAPH_RELEASES",
    errno.EACCES: "allow this user to write there, or name another folder in CLUSTERGRAPH_RELEASES",
}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn a failure to write into a ReleaseError with its remedy.

    :param folder: the folder of all releases.
    """
    try:
        yield
    except OSError as error:
        # The engine's errors have no number; the system's words are in its message.
        code = error.errno or next((code for code in REMEDIES if os.strerror(code) in str(error)), 0)
        reason = os.strerror(code) if code else str(error)
        remedy = REMEDIES.get(code, "see to the disk and try again")
        raise ReleaseError(
            f"{folder} cannot be written: {reason}; {remedy}; the current release is as it was"
        ) from error


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
    # Many at once: the disk writes them together, where one after the other would each wait for it.
    with ThreadPoolExecutor(SYNCS_AT_ONCE) as pool:
        list(pool.map(synced, [*folder.rglob("*"), folder]))
