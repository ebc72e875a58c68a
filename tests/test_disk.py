from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clustergraph.disk import REMEDIES, all_synced, explained, locked
from clustergraph.errors import ReleaseError


@pytest.mark.parametrize("code", REMEDIES)
def test_a_failure_to_write_names_the_folder_the_reason_and_the_remedy(tmp_path: Path, code: int) -> None:
    with pytest.raises(ReleaseError) as error, explained(tmp_path):
        raise OSError(code, os.strerror(code), str(tmp_path / "file"))
    for words in (str(tmp_path), os.strerror(code), REMEDIES[code], "the current release is as it was"):
        assert words in error.value.message


def test_the_engines_failures_are_known_by_their_words(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="make room"), explained(tmp_path):
        raise OSError("IO error: No space left on device: While appending to file: /releases/000010.sst")


def test_a_failure_of_another_kind_says_what_the_system_says(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="Input/output error"), explained(tmp_path):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_one_process_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from clustergraph.disk import locked
with locked(Path({str(tmp_path)!r})):
    print("held", flush=True)
    input()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ReleaseError, match="another build is at work"), locked(tmp_path):
            pass
        other.kill()
    # The system lets go of it when the holder dies.
    with locked(tmp_path):
        pass


def test_syncing_reaches_every_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_text("text", encoding="utf-8")
    all_synced(tmp_path)
