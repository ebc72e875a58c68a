from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from project import Project

from clustergraph.releases import CANONICAL, Release


def test_the_difference_is_listed_thing_by_thing(two: tuple[Project, Release, Release]) -> None:
    project, older, newer = two
    done = project.run("releases", "diff", older.id)
    assert done.stdout.splitlines() == [
        f"from {older.id} to {newer.id}: statements added 1, removed 1",
        "changed edition       +1     -1     Aveiro: agrupamentos e regiões",
    ]
    assert project.run("releases", "diff", older.id, "f" * 16).returncode == 2


def test_a_patch_makes_the_newer_dump_of_the_older_one(two: tuple[Project, Release, Release], tmp_path: Path) -> None:
    project, older, newer = two
    patch, result = tmp_path / "change.rdfp", tmp_path / "result.nq"
    patch.write_text(project.run("releases", "diff", older.id, newer.id, "--patch").stdout, encoding="utf-8")
    done = project.run("releases", "apply", str(patch), str(older.path / CANONICAL), "-o", str(result))
    assert done.returncode == 0, done.stderr
    assert newer.about.hash in done.stdout
    assert sha256(result.read_bytes()).hexdigest() == newer.about.hash
    wrong = project.run("releases", "apply", str(patch), str(newer.path / CANONICAL), "-o", str(result))
    assert wrong.returncode == 2
    assert "is not what the patch applies to" in wrong.stderr
    assert sha256(result.read_bytes()).hexdigest() == newer.about.hash


def test_a_patch_that_was_changed_does_not_pass(two: tuple[Project, Release, Release], tmp_path: Path) -> None:
    project, older, newer = two
    patch, result = tmp_path / "change.rdfp", tmp_path / "result.nq"
    text = project.run("releases", "diff", older.id, newer.id, "--patch").stdout
    patch.write_text(text.replace("New Kiln", "Any Kiln"), encoding="utf-8")
    done = project.run("releases", "apply", str(patch), str(older.path / CANONICAL), "-o", str(result))
    assert done.returncode == 2
    assert "is not what the patch promises" in done.stderr
