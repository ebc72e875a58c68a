"""Every kind of page as people meet it: by eye, by ear, by keyboard, light and dark, with scripts and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checkers import AXE, needs_checkers
from chromium import Browser
from test_browser import PATHS

pytestmark = pytest.mark.needs_command("chromium")

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
#: Width of the screen, whether it is dark, and what axe-core tries: what depends on no colour, once a width.
SIGHTS = (
    (1440, False, {}),
    (390, True, {}),
    (1440, True, {"runOnly": ["color-contrast"]}),
    (390, False, {"runOnly": ["color-contrast"]}),
)
FOUND = """axe.run(%s).then(({ violations }) =>
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


@needs_checkers
@pytest.mark.parametrize(("width", "dark", "rules"), SIGHTS)
def test_axe_finds_nothing(browser: Browser, address: str, width: int, dark: bool, rules: dict[str, object]) -> None:
    axe = AXE.read_text(encoding="utf-8")
    browser.resize(width, 900)
    if dark:
        browser.dark()
    found = {}
    for path in PATHS:
        browser.open(address + path)
        browser.do(f"{axe}; 1")
        said = browser.do(FOUND % json.dumps(rules))
        found[path] = [each for each in said if not each.startswith(KNOWN)]
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_no_text_lies_over_another_and_nothing_is_empty(browser: Browser, address: str, width: int) -> None:
    browser.resize(width, 900)
    found = {}
    for path in PATHS:
        browser.open(address + path)
        found[path] = measured(browser, "[...overlaps(), ...empties()]")
    assert {path: findings for path, findings in found.items() if findings} == {}


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
