"""A small whole project for tests: the real ontology and shapes, and data of two editions that break no rule."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

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
        """Run ``clustergraph`` with arguments, and further variables of the environment."""
        command = [sys.executable, "-m", "clustergraph", *arguments]
        environment = self.environment(**more)
        return subprocess.run(
            command, env=environment, input=stdin, capture_output=True, text=True, check=False, timeout=120
        )

    def digest(self) -> str:
        """A hash of everything that people keep in the project."""
        files = sorted(path for path in self.path.rglob("*") if path.is_file() and self.releases not in path.parents)
        return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()


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
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one release, to be copied, never changed."""
    built = make(tmp_path_factory.mktemp("built") / "project")
    done = built.run("build")
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture
def built(built_once: Project, tmp_path: Path) -> Project:
    """A project with one release, current."""
    shutil.copytree(built_once.path, tmp_path / "project", symlinks=True)
    return Project(tmp_path / "project")
