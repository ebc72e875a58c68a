"""A copy of the project's data and ontology, and a sheet of an invented edition."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from clustergraph import turtle
from clustergraph.importing import job
from clustergraph.importing.decisions import Decision
from clustergraph.importing.naming import Question
from clustergraph.importing.terms import Graph

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 4, 1)


def nobody(_: Question) -> Decision | None:
    """An editor who is not there."""
    return None


class Project:
    """A project folder to import into.

    :ivar folder: holds ``data/`` and ``ontology/``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "ontology", folder / "ontology")
        shutil.copytree(ROOT / "data" / "registry", folder / "data" / "registry")
        shutil.copytree(ROOT / "data" / "decisions", folder / "data" / "decisions")
        (folder / "data" / "editions").mkdir()
        self.sheet = folder / "2026-03-10-tromso.yaml"
        shutil.copy(Path(__file__).parent / "2026-03-10-tromso.yaml", self.sheet)

    def change(self, old: str, new: str) -> None:
        """Change the sheet's text, which must hold the old words."""
        text = self.sheet.read_text(encoding="utf-8")
        assert old in text, old
        self.sheet.write_text(text.replace(old, new, 1), encoding="utf-8")

    def prepare(self, decide: object = nobody) -> job.Outcome:
        """What importing the sheet would change."""
        return job.prepare([self.sheet], self.folder, decide, TODAY)  # type: ignore[arg-type]

    def run(self, decide: object = nobody) -> job.Outcome:
        """Import the sheet."""
        outcome = self.prepare(decide)
        job.carry_out(outcome)
        return outcome

    def edition(self) -> Graph:
        """The graph of the imported edition."""
        return turtle.read(self.folder / "data" / "editions" / "2026-03-10-tromso.ttl")

    def registry(self, name: str) -> Graph:
        """The graph of one file of the registry."""
        return turtle.read(self.folder / "data" / "registry" / f"{name}.ttl")

    def snapshot(self) -> dict[str, bytes]:
        """Every file below ``data/`` with its bytes."""
        files = (path for path in (self.folder / "data").rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
