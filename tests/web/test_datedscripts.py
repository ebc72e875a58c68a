"""Scripts on the pages of an older release in a real browser: what they ask and lead to stays in that release."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from chromium import Browser, listening
from flask import Flask
from test_editor import CODE, ROWS, RUN, VENDOR

from clustergraph.releases import Release

COUNT = "SELECT (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } }"
VAASA = "BASE <https://w3id.org/clustergraph/id/> SELECT ?e { VALUES ?e { <edition/2025-09-24-vaasa> } }"

pytestmark = pytest.mark.needs_command("chromium")
needs_bundle = pytest.mark.skipif(
    not (VENDOR / "editor.js").is_file(), reason=f"the scripts are not bundled; run .ci/bundle {sys.prefix}"
)


@pytest.fixture(scope="module")
def address(two_app: Flask) -> Iterator[str]:
    with listening(two_app) as found:
        yield found


def opened(browser: Browser, address: str) -> Browser:
    """The browser with the editor on its page."""
    browser.open(address)
    browser.wait("document.querySelector('.editor .CodeMirror') && !document.querySelector('.editor .bar').hidden")
    return browser


def ran(browser: Browser, query: str) -> str:
    """The first row of the answer of a query."""
    browser.do(f"{CODE}.setValue({json.dumps(query)})")
    browser.click(RUN)
    browser.wait(f"document.querySelectorAll('{ROWS}').length === 1 && {CODE}.getValue() === {json.dumps(query)}")
    browser.wait("document.querySelector('.editor [data-run]').textContent === 'Run'")
    return browser.text(ROWS)


def all_at(browser: Browser, release: Release) -> bool:
    """Whether everything was asked for at a release, but for scripts and style sheets."""
    asked = [request for request in browser.requests if "/static/" not in request]
    return bool(asked) and all(f"release={release.id}" in request for request in asked)


@needs_bundle
def test_the_editor_asks_completes_and_links_within_the_release(
    browser: Browser, address: str, older_release: Release
) -> None:
    opened(browser, f"{address}/sparql?release={older_release.id}")
    assert str(older_release.about.triples) in ran(browser, COUNT)
    assert browser.do("location.search").startswith(f"?release={older_release.id}&query=SELECT+%28COUNT")
    ran(browser, VAASA)
    browser.do("document.querySelector('.yasr a.iri').addEventListener('click', event => event.preventDefault())")
    browser.click(".yasr a.iri")
    shown = f"{address}/id/edition/2025-09-24-vaasa?release={older_release.id}"
    assert browser.do("document.querySelector('.yasr a.iri').href") == shown
    browser.click("a[data-example$='/never-host.rq']")
    browser.wait(f"document.querySelectorAll('{ROWS}').length > 1")
    assert all_at(browser, older_release)
    assert any("/completions.json?" in request for request in browser.requests)
    assert browser.complaints == []


@needs_bundle
def test_a_permalink_answers_at_its_release(browser: Browser, address: str, older_release: Release) -> None:
    opened(browser, f"{address}/sparql?release={older_release.id}")
    ran(browser, COUNT)
    link = browser.do("location.href")
    opened(browser, link)
    assert browser.do(f"{CODE}.getValue()") == COUNT
    assert str(older_release.about.triples) in browser.text("#answer-panel")
    browser.click("[data-copy=link]")
    browser.wait("!document.querySelector('.copied').hidden")
    assert browser.text(".copied") == link


@needs_bundle
def test_tabs_of_one_release_are_not_those_of_another(
    browser: Browser, address: str, release: Release, older_release: Release
) -> None:
    opened(browser, f"{address}/sparql")
    assert str(release.about.triples) in ran(browser, COUNT)
    opened(browser, f"{address}/sparql?query={quote(COUNT)}&release={older_release.id}")
    assert str(older_release.about.triples) in ran(browser, COUNT + " # older")
    opened(browser, f"{address}/sparql")
    assert browser.do(f"{CODE}.getValue()") == COUNT
    assert str(release.about.triples) in ran(browser, COUNT + " # again")


@needs_bundle
@pytest.mark.needs_command("curl")
@pytest.mark.parametrize("language", ["curl", "python"])
def test_a_copied_program_asks_the_release(
    language: str, browser: Browser, address: str, older_release: Release, tmp_path: Path
) -> None:
    opened(browser, f"{address}/sparql?release={older_release.id}")
    browser.do(f"{CODE}.setValue({json.dumps(COUNT)})")
    browser.click(f"[data-copy={language}]")
    browser.wait("!document.querySelector('.copied').hidden")
    command = ["bash", "-euc"] if language == "curl" else [sys.executable, "-W", "error", "-c"]
    program = [*command, browser.do("document.querySelector('.copied').textContent")]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path)
    assert str(older_release.about.triples) in done.stdout


def test_suggested_names_are_those_of_the_release_and_lead_into_it(
    browser: Browser, address: str, older_release: Release
) -> None:
    browser.open(f"{address}/editions?release={older_release.id}")
    browser.do("document.querySelector('#search-head-text').focus()")
    browser.type("vaasa")
    browser.wait("document.querySelector('#search-head [role=option]')")
    browser.press("ArrowDown", 40)
    browser.press("Enter", 13)
    browser.wait("location.pathname.startsWith('/page/') && document.readyState === 'complete'")
    assert browser.do("location.search") == f"?release={older_release.id}"
    assert all_at(browser, older_release)


@needs_bundle
def test_the_network_is_drawn_from_the_release(browser: Browser, address: str, older_release: Release) -> None:
    browser.open(f"{address}/network?release={older_release.id}")
    browser.wait("document.querySelector('figure.network svg a')")
    links = browser.do("[...document.querySelectorAll('figure.network svg a')].map(a => a.getAttribute('href'))")
    assert links
    assert all(link.endswith(f"?release={older_release.id}") for link in links)
    assert all_at(browser, older_release)
