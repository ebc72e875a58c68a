"""What a build costs: all of it, its steps, its memory, and a build after one edition has changed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.table import Figure

PROJECT = Path(__file__).parent.parent
INPUTS = ("data", "ontology", "shapes")
EDITION = "2025-07-01-cluj-napoca"
#: The title of a session: nothing else in the data depends on it.
SESSION_TITLE = re.compile(r'(\nsession:\S+\n(?:    .*\n)*?    dct:title ")')


@dataclass(frozen=True)
class Build:
    """One build in a process of its own.

    :ivar seconds: from the start of the process to its end.
    :ivar steps: step -> seconds.
    :ivar peak: megabytes of memory at most.
    :ivar release: name of the release.
    :ivar reused: whether the release was there already.
    """

    seconds: float
    steps: dict[str, float]
    peak: float
    release: str
    reused: bool


def measure(folder: Path, rounds: int) -> Iterator[Figure]:
    """Build the project from nothing, then with one statement changed, both several times.

    :param folder: an empty folder; releases are in ``releases`` below it afterwards.
    :param rounds: how often.
    """
    project, releases = folder / "project", folder / "releases"
    for name in INPUTS:
        shutil.copytree(PROJECT / name, project / name)
    full = _median([_build(project, folder / f"full-{number}") for number in range(rounds)])
    yield from _figures(f"full build, from start to exit, median of {rounds}", full, 15)
    yield Figure("peak memory of the build", full.peak, "MB")
    before = _build(project, releases)
    yield from _figures(
        f"build after one edition changed, median of {rounds}",
        _median(_changed(project, releases, before, rounds)),
        5,
    )


def change_one_statement(project: Path) -> None:
    """Change the title of one session of one edition."""
    path = project / "data" / "editions" / f"{EDITION}.ttl"
    text, changes = SESSION_TITLE.subn(r"\1Changed: ", path.read_text(encoding="utf-8"), count=1)
    if changes != 1:
        raise RuntimeError(f"{path} has no session with a title")
    path.write_text(text, encoding="utf-8")


def _changed(project: Path, releases: Path, before: Build, rounds: int) -> list[Build]:
    builds = [before]
    for _ in range(rounds):
        change_one_statement(project)
        build = _build(project, releases)
        if build.reused or build.release == builds[-1].release:
            raise RuntimeError("the changed statement has not changed the release")
        builds.append(build)
    return builds[1:]


def _build(project: Path, releases: Path) -> Build:
    start = time.perf_counter()
    command = [sys.executable, "-m", "bench.build_once", str(project), str(releases)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    return Build(seconds=time.perf_counter() - start, **json.loads(done.stdout))


def _median(builds: list[Build]) -> Build:
    return sorted(builds, key=lambda build: build.seconds)[len(builds) // 2]


def _figures(name: str, build: Build, most: float) -> Iterator[Figure]:
    yield Figure(name, build.seconds, "s", most)
    yield from (Figure(f"  of that: {step}", took, "s") for step, took in build.steps.items())
