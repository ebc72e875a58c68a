"""The markup of every kind of page, style sheet and drawing, by the Nu HTML checker of W3C."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from checkers import markup_findings, needs_checkers
from flask.testing import FlaskClient
from serving import ROOT
from test_browser import PATHS

pytestmark = [needs_checkers, pytest.mark.needs_command("java")]

STATIC = ROOT / "src/clustergraph/web/static"
#: Properties of SVG 2 that every browser has, and the checker does not know.
UNKNOWN = ("“paint-order”", "“r”")


@pytest.fixture(scope="module")
def pages(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind of page, each in a file named like its address."""
    folder = tmp_path_factory.mktemp("pages")
    for path in PATHS:
        text = client.get(path, headers={"Accept": "text/html"}).text
        (folder / f"{quote(path, safe='')}.html").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def test_the_checker_finds_nothing(pages: list[Path]) -> None:
    assert len(pages) == len(PATHS)
    own = [file for ending in ("css", "svg") for file in sorted(STATIC.glob(f"*.{ending}"))]
    found = markup_findings([*pages, *own])
    assert [each for each in found if not any(f"Property {name} doesn't exist" in each for name in UNKNOWN)] == []


def test_the_checker_would_find_something(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8")
    assert [each for each in markup_findings([page]) if "No “p” element in scope" in each]
