"""A test whose command is missing is left out by name with what to install, and fails under CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEEDY = """
import pytest

@pytest.mark.needs_command("no-such-command")
def test_needy():
    pass

def test_plain():
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "packages.txt").write_text("# what tests need\nsome-package  # no-such-command\n", encoding="utf-8")
    tests = tmp_path / "tests"
    tests.mkdir()
    shutil.copy(HERE / "conftest.py", tests)
    (tests / "project.py").touch()
    return tests


def run(suite: Path, text: str, ci: str) -> subprocess.CompletedProcess[str]:
    (suite / "test_it.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-ra", "--no-fold-skipped", "-p", "no:cacheprovider", str(suite)]
    here = {**os.environ, "CI": ci}
    return subprocess.run(command, cwd=suite, env=here, capture_output=True, text=True, check=False)


def test_missing_command_leaves_the_test_out_and_says_what_to_install(suite: Path) -> None:
    done = run(suite, NEEDY, ci="")
    assert done.returncode == 0
    assert "1 passed, 1 skipped" in done.stdout
    assert "test_needy" in done.stdout
    assert "no-such-command is not installed; apt-get install some-package" in done.stdout


def test_missing_command_fails_under_ci(suite: Path) -> None:
    done = run(suite, NEEDY, ci="true")
    assert done.returncode == 1
    assert "1 passed, 1 error" in done.stdout
    assert "left out, and under CI nothing may be" in done.stdout


def test_module_that_leaves_itself_out_fails_under_ci(suite: Path) -> None:
    done = run(suite, 'import pytest\npytest.importorskip("no_such_module")\n', ci="true")
    assert done.returncode != 0
