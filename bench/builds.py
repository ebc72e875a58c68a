"""What a build costs: all of it, its steps, its memory, and a build after one edition has changed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.table import Figure

PROJECT = Path(__file__).parent.parent
INPUTS = ("data", "ontology", "shapes")
EDITION = "2025-07-01-cluj-napoca"
#: The title of a session: nothing else in the data depends on it.
SESSION_TITLE = re.compile(r'(\nsession:\S+\n(?:    .*\n)*?    dct:title ")')


def measure(folder: Path) -> Iterator[Figure]:
    """Build the project twice, the second time with one statement changed.

    :param folder: an empty folder; the releases are in ``releases`` below it afterwards.
    """
    project, releases = folder / "project", folder / "releases"
    for name in INPUTS:
        shutil.copytree(PROJECT / name, project / name)
    seconds, said = _build(project, releases)
    yield Figure("full build, from start to exit", seconds, "s", 15)
    yield from (Figure(f"  of that: {step}", took, "s") for step, took in said["steps"].items())
    yield Figure("peak memory of the build", said["peak"], "MB")
    change_one_statement(project)
    seconds, again = _build(project, releases)
    if again["reused"] or again["release"] == said["release"]:
        raise RuntimeError("the changed statement has not changed the release")
    yield Figure("build after one edition changed", seconds, "s", 5)
    yield from (Figure(f"  of that: {step}", took, "s") for step, took in again["steps"].items())


def change_one_statement(project: Path) -> None:
    """Change the title of one session of one edition."""
    path = project / "data" / "editions" / f"{EDITION}.ttl"
    text, changes = SESSION_TITLE.subn(r"\1Changed: ", path.read_text(encoding="utf-8"), count=1)
    if changes != 1:
        raise RuntimeError(f"{path} has no session with a title")
    path.write_text(text, encoding="utf-8")


def _build(project: Path, releases: Path) -> tuple[float, dict[str, Any]]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "bench.build_once", str(project), str(releases)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    seconds = time.perf_counter() - start
    said: dict[str, Any] = json.loads(done.stdout)
    return seconds, said
