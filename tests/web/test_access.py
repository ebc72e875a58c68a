"""Every kind of page as people meet it: by eye, by ear, by keyboard, light and dark, with scripts and without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from checkers import AXE, needs_checkers
from chromium import Browser, Chromium
from test_browser import MEASURE, PATHS, WIDTHS

pytestmark = pytest.mark.needs_command("chromium")

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
FOUND = """axe.run(document, { resultTypes: ["violations"], selectors: false }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`)))"""
#: CodeMirror scrolls with its cursor; the field that takes the keys stands beside what scrolls, where axe-core looks.
KNOWN = 'scrollable-region-focusable: <div class="CodeMirror-scroll"'
#: Pages that scripts change.
SCRIPTED = ("/", "/search", "/search?q=cluster", "/network", "/sparql", "/organisations")
#: Pages that take each kind of link and control.
BY_KEYBOARD = (
    "/", "/organisations?country=ROU&sort=editions", "/page/organisation/romanian-cluster-association",
    "/countries/matrix", "/network?by=edition&country=ROU", "/ontology/cv:role", "/between",
)  # fmt: skip


def measured(browser: Browser, measure: str) -> list[str]:
    found: list[str] = browser.do(f"(() => {{ {MEASURES}; return {measure}; }})()")
    return found


@dataclass(frozen=True)
class Sight:
    """A page as one person meets it.

    :ivar overflow: by how many pixels it is wider than the screen.
    :ivar styles: how many style sheets it has, and ``headings``: how many main headings.
    :ivar flaws: texts that lie over others, and elements without content.
    :ivar findings: of axe-core, where that was fetched.
    """

    overflow: int
    styles: int
    headings: int
    flaws: list[str]
    findings: list[str]


@pytest.fixture(scope="module", params=WIDTHS)
def sights(request: pytest.FixtureRequest, address: str, chromium: Chromium) -> dict[str, Sight]:
    """Each page at one width, every other one dark; at the other width it is those that were light."""
    axe = AXE.read_text(encoding="utf-8") if AXE.is_file() else ""
    found = {}
    with Browser(chromium, request.param) as browser:
        for number, path in enumerate(PATHS):
            browser.dark(number % len(WIDTHS) == WIDTHS.index(request.param))
            browser.open(address + path)
            width, styles, headings = browser.do(MEASURE)
            flaws = measured(browser, "[...overlaps(), ...empties()]")
            said = browser.do(f"{axe}; {FOUND}") if axe else []
            findings = [each for each in said if not each.startswith(KNOWN)]
            found[path] = Sight(width - request.param, styles, headings, flaws, findings)
    return found


def test_no_page_is_wider_than_the_screen(sights: dict[str, Sight]) -> None:
    assert {path: sight.overflow for path, sight in sights.items() if sight.overflow > 0} == {}
    assert {path for path, sight in sights.items() if sight.styles < 1 or sight.headings != 1} == set()


@needs_checkers
def test_axe_finds_nothing(sights: dict[str, Sight]) -> None:
    assert {path: sight.findings for path, sight in sights.items() if sight.findings} == {}


def test_no_text_lies_over_another_and_nothing_is_empty(sights: dict[str, Sight]) -> None:
    assert {path: sight.flaws for path, sight in sights.items() if sight.flaws} == {}


def test_without_scripts_nothing_is_empty_and_everything_has_its_words(browser: Browser, address: str) -> None:
    browser.without_scripts()
    found = {}
    for path in SCRIPTED:
        browser.open(address + path)
        assert len(browser.text("main")) > 100
        found[path] = measured(browser, "[...overlaps(), ...empties()]")
    assert {path: findings for path, findings in found.items() if findings} == {}


def test_the_measures_would_find_something(browser: Browser, address: str) -> None:
    browser.open(f"{address}/about")
    browser.do("document.querySelector('main h2').style.marginTop = '-4rem'")
    browser.do("document.querySelector('main p').after(document.createElement('p'))")
    assert len(measured(browser, "overlaps()")) >= 1
    assert measured(browser, "empties()") == ["<p></p>"]


@pytest.mark.parametrize("path", BY_KEYBOARD)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, address: str, path: str) -> None:
    browser.without_motion()
    browser.open(address + path)
    browser.do(f"{MEASURES}; globalThis.left = new Set(controls()); 1")
    wanted = browser.do("left.size")
    assert wanted > 30
    unseen = []
    # Parts that scroll are stops too.
    for _ in range(wanted + 20):
        browser.press("Tab", 9)
        unseen.append(browser.do("left.delete(document.activeElement) ? unseen() : ''"))
        if not browser.do("left.size"):
            break
    assert browser.do("[...left].map((one) => one.outerHTML.slice(0, 200))") == []
    assert [each for each in unseen if each] == []
