"""What tests may need from the machine, and what happens where it is missing.

A test that needs a command of a system package says ``@pytest.mark.needs_command("chromium")``. Where the command is
missing the test is left out by name, with what to install; under CI (``CI=true``) nothing may be left out, for
whatever reason: what would be a skip elsewhere fails there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: Fixtures for all tests: a small whole project.
pytest_plugins = ["project"]

PACKAGES = Path(__file__).parent.parent / "packages.txt"
UNDER_CI = os.environ.get("CI", "").lower() in ("1", "true")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_command(name): needs a command that a package of packages.txt brings")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs_command"):
        if shutil.which(marker.args[0]) is None:
            pytest.skip(_missing(marker.args[0]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[Any]:
    report = yield
    return _refuse_skip(report)


def _missing(command: str) -> str:
    packages = (line.partition("#") for line in PACKAGES.read_text(encoding="utf-8").splitlines())
    brings = {command.strip(): package.strip() for package, _, command in packages if package.strip()}
    return f"{command} is not installed; apt-get install {brings[command]}"


def _refuse_skip(report: Any) -> Any:
    if UNDER_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"left out, and under CI nothing may be: {report.longrepr}"
    return report
