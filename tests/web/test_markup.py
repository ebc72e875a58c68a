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
#: The name of a page that is wrong.
WRONG = "wrong.html"


@pytest.fixture(scope="module")
def pages(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind of page, each in a file named like its address."""
    folder = tmp_path_factory.mktemp("pages")
    for path in PATHS:
        text = client.get(path, headers={"Accept": "text/html"}).text
        (folder / f"{quote(path, safe='')}.html").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def found(pages: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the checker says of all pages, of our style sheets and drawings, and of a page that is wrong."""
    wrong = tmp_path_factory.mktemp("wrong") / WRONG
    wrong.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8")
    own = [file for ending in ("css", "svg") for file in sorted(STATIC.glob(f"*.{ending}"))]
    return list(markup_findings([*pages, *own, wrong]))


def test_the_checker_finds_nothing(pages: list[Path], found: list[str]) -> None:
    assert len(pages) == len(PATHS)
    ours = [each for each in found if not each.startswith(WRONG)]
    assert [each for each in ours if not any(f"Property {name} doesn't exist" in each for name in UNKNOWN)] == []


def test_the_checker_would_find_something(found: list[str]) -> None:
    assert [each for each in found if each.startswith(WRONG) and "No “p” element in scope" in each]
