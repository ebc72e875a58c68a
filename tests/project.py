"""A small whole project for tests: the real ontology and shapes, and data of two editions that break no rule.

What takes long to make and is never changed is made once in a run, by the worker that comes first.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from clustergraph import building, releases
from clustergraph.cli import main
from clustergraph.releases import Release
from clustergraph.store import Graph, near, open_read_only

#: Gives the folder of a name, which is made by a function if it is not there.
Once = Callable[[str, Callable[[Path], object]], Path]

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "validation" / "base" / "data"
#: 1 January 2031, so that two builds differ in nothing at all.
EPOCH = "1924992000"
#: The head of a Turtle file written by a test.
PREFIXES = """
@prefix cg: <https://w3id.org/clustergraph/ontology#> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix coverage: <https://w3id.org/clustergraph/vocabulary/coverage/> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix decision: <https://w3id.org/clustergraph/id/decision/> .
@prefix edition: <https://w3id.org/clustergraph/id/edition/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix person: <https://w3id.org/clustergraph/id/person/> .
@prefix place: <https://w3id.org/clustergraph/id/place/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix relation: <https://w3id.org/clustergraph/id/relation/> .
@prefix relation-kind: <https://w3id.org/clustergraph/vocabulary/relation/> .
@prefix schema: <https://schema.org/> .
@prefix series: <https://w3id.org/clustergraph/id/series/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/clustergraph/id/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True)
class Project:
    """A project folder, and the command line run in it."""

    path: Path

    @property
    def releases(self) -> Path:
        return self.path / "releases"

    def write(self, name: str, text: str) -> None:
        """Write a Turtle file of the project, with the prefixes at its head."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PREFIXES + text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text in a file of the project."""
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        ours = {"CLUSTERGRAPH_PROJECT": str(self.path), "SOURCE_DATE_EPOCH": EPOCH}
        others = {name: value for name, value in os.environ.items() if not name.startswith("CLUSTERGRAPH_")}
        return {**others, **ours, **more}

    def run(self, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``clustergraph`` in this process with arguments, and further variables of the environment."""
        return run(*arguments, stdin=stdin, **self.environment(**more))

    def start(self, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own, as people do."""
        command = [sys.executable, "-m", "clustergraph", *arguments]
        environment = self.environment(**more)
        return subprocess.run(
            command, env=environment, input=stdin, capture_output=True, text=True, check=False, timeout=120
        )

    def digest(self) -> str:
        """A hash of everything that people keep in the project."""
        files = sorted(path for path in self.path.rglob("*") if path.is_file() and self.releases not in path.parents)
        return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``clustergraph`` in this process, with none of our variables but those that are given."""
    others = dict.fromkeys(name for name in os.environ if name.startswith("CLUSTERGRAPH_"))
    runner = CliRunner(env={**others, **environment})
    done = runner.invoke(main, arguments, stdin, catch_exceptions=False, prog_name="clustergraph")
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def make(path: Path) -> Project:
    """A new project folder."""
    for name in ("ontology", "shapes"):
        shutil.copytree(ROOT / name, path / name)
    shutil.copytree(DATA, path / "data")
    return Project(path)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that nothing has been built of."""
    return make(tmp_path / "project")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """What is made once in a run for all workers, and never changed."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def made(name: str, making: Callable[[Path], object]) -> Path:
        folder, whole = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                making(folder)
                whole.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def real_release(once: Once) -> Release:
    """The release of the real data, the current one of its folder."""
    return releases.current(once("real", lambda folder: building.build(ROOT, folder)))


@pytest.fixture(scope="session")
def graph(real_release: Release) -> Graph:
    """The graph of the real data, where it is asked quickly."""
    return near(open_read_only(real_release.path / "store"), real_release.path / releases.CANONICAL)


def copied(project: Path, folder: Path) -> Project:
    """A copy of a project with its releases."""
    shutil.copytree(project, folder / "project", symlinks=True)
    return Project(folder / "project")


def build(project: Project, **more: str) -> None:
    done = project.run("build", **more)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def built_once(once: Once) -> Project:
    """A project with one release, to be copied, never changed."""
    return Project(once("built", lambda folder: build(make(folder / "project"))) / "project")


@pytest.fixture
def built(built_once: Project, tmp_path: Path) -> Project:
    """A project with one release, current."""
    return copied(built_once.path, tmp_path)


@pytest.fixture(scope="session")
def rebuilt_once(once: Once, built_once: Project) -> Project:
    """The same with a newer release of one changed fact, which is current; to be copied, never changed."""

    def making(folder: Path) -> None:
        project = copied(built_once.path, folder)
        project.replace("data/editions/2031-05-06-aveiro.ttl", '"Old Kiln"', '"New Kiln, ș"')
        build(project, SOURCE_DATE_EPOCH="1925078400")

    return Project(once("rebuilt", making) / "project")


@pytest.fixture
def two(rebuilt_once: Project, tmp_path: Path) -> tuple[Project, Release, Release]:
    """A project with two releases, the older and the newer one; the newer is current."""
    project = copied(rebuilt_once.path, tmp_path)
    newer, older = releases.all_in(project.releases)
    return project, older, newer
