"""``clustergraph import`` says what it does, what it needs and what is wrong, and never shows a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import project
import pytest

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "tests" / "importing" / "2026-03-10-tromso.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("ontology", "data/registry", "data/decisions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(SHEET, tmp_path)
    return tmp_path


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return project.run("import", *words, CLUSTERGRAPH_PROJECT=".")


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("clustergraph")), "import", *words]
    here = {**os.environ, "CLUSTERGRAPH_PROJECT": "."}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=here, check=False)


def test_check_says_what_would_change_and_writes_nothing(folder: Path) -> None:
    done = start(folder, "--check", SHEET.name)
    assert done.returncode == 0, done.stderr
    assert "new: olena-pivnichna" in done.stdout
    assert "would write data/editions/2026-03-10-tromso.ttl: +" in done.stdout
    assert "printed only, not taken as names of kari-ornulf-angstrom: K. Å." in done.stdout
    assert not (folder / "data/editions").exists()


def test_second_import_has_nothing_to_change(folder: Path) -> None:
    assert "wrote data/editions/2026-03-10-tromso.ttl" in run(SHEET.name).stdout
    assert "nothing to change" in run(SHEET.name).stdout


def test_error_ends_with_code_2_in_words(folder: Path) -> None:
    sheet = folder / SHEET.name
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("kind: recording", "kind: film"), encoding="utf-8")
    done = run(SHEET.name)
    assert done.returncode == 2
    assert done.stderr.startswith("error: 2026-03-10-tromso.yaml, line ")
    assert "Traceback" not in done.stderr


def test_missing_sheet_is_named(folder: Path) -> None:
    done = run("2027-01-01-nowhere.yaml")
    assert done.returncode == 2
    assert "2027-01-01-nowhere.yaml: cannot be read" in done.stderr


@pytest.fixture
def unsure(folder: Path) -> Path:
    sheet = folder / SHEET.name
    text = sheet.read_text(encoding="utf-8").replace("name: Jan-Philipp Kramer", "name: Jan-Philip Kramar")
    sheet.write_text(text, encoding="utf-8")
    return folder


def test_unsure_name_ends_with_code_3_and_the_way_to_decide(unsure: Path) -> None:
    done = run(SHEET.name)
    assert done.returncode == 3
    assert "jan-philipp-kramer" in done.stderr
    assert "--same 'Jan-Philip Kramar=jan-philipp-kramer'" in done.stderr


def test_decision_by_option_is_kept_with_its_reason(unsure: Path) -> None:
    done = run(SHEET.name, "--same", "Jan-Philip Kramar=jan-philipp-kramer", "--reason", "a misprint")
    assert done.returncode == 0, done.stderr
    assert "a misprint" in (unsure / "data/decisions/names.ttl").read_text(encoding="utf-8")
    assert "nothing to change" in run(SHEET.name).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--same", "Jan-Philip Kramar"], "is not NAME=SLUG"),
        (["--same", "Jan-Philip Kramar=emil-boc", "--reason", "x"], "is no candidate"),
        (["--new", "Jan-Philip Kramar"], "needs a reason"),
        (["--new", "Nobody", "--new", "Jan-Philip Kramar", "--reason", "x"], "'Nobody' needed no decision"),
        (["--ask"], "needs a terminal"),
    ],
)
def test_decision_that_cannot_be_used_is_refused(unsure: Path, words: list[str], says: str) -> None:
    done = run(SHEET.name, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (unsure / "data/editions").exists()
