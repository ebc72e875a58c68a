"""The editor of /sparql in a real browser, the page without it, and how it is bundled."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from chromium import Browser
from flask.testing import FlaskClient
from serving import ROOT

from clustergraph.web import querypage

SOURCES = ROOT / "src/clustergraph/web/editor"
VENDOR = ROOT / "src/clustergraph/web/static/vendor"
BUNDLED = ("editor.css", "editor.js", "licences.txt", "network.js")
HTML = {"Accept": "text/html"}
QUERY = "SELECT ?title WHERE {\n  ?edition a cg:Edition ; rdfs:label ?title FILTER(CONTAINS(?title, 'Vaasa'))\n}"
BROKEN = "SELECT * WHERE {\n  ?edition a cg:Edition ;;\n    cg:region nuts:FI19 }}"
#: What the editor shown holds.
CODE = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror"
RUN = ".editor [data-run]"
ROWS = ".editor .yasr_results tbody tr"

needs_bundle = pytest.mark.skipif(
    not (VENDOR / "editor.js").is_file(), reason=f"the editor is not bundled; run .ci/bundle {sys.prefix}"
)
in_browser = [needs_bundle, pytest.mark.needs_command("chromium")]


def opened(browser: Browser, address: str, query: str = "") -> Browser:
    """The browser with the editor on its page."""
    browser.open(f"{address}/sparql" + (f"?query={quote(query)}" if query else ""))
    browser.wait("document.querySelector('.editor .CodeMirror') && !document.querySelector('.editor .bar').hidden")
    return browser


def all_from(browser: Browser, address: str) -> bool:
    return bool(browser.requests) and all(request.startswith(address + "/") for request in browser.requests)


class TestInABrowser:
    pytestmark = in_browser

    def test_the_editor_loads_and_runs_a_query_from_this_host_alone(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.do(f"{CODE}.setValue({json.dumps(QUERY)})")
        browser.click(RUN)
        browser.wait(f"document.querySelectorAll('{ROWS}').length === 1")
        assert "Clusters Meet Regions, Vaasa" in browser.text(ROWS)
        assert browser.complaints == []
        assert all_from(browser, address)

    def test_an_example_opens_in_a_tab_of_its_own_and_runs(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.click("a[data-example$='/moderators.rq']")
        browser.wait(f"document.querySelectorAll('{ROWS}').length > 5")
        assert browser.do("document.querySelectorAll('.tabsList .tab').length") == 2
        assert "Who moderated which session?" in browser.text(".tabsList .tab.active")
        assert browser.complaints == []

    def test_results_lead_to_the_pages_of_this_service(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.click("a[data-example$='/never-host.rq']")
        browser.wait(f"document.querySelectorAll('{ROWS}').length === 10")
        link = "document.querySelector('.yasr a.iri')"
        browser.do(f"{link}.addEventListener('click', event => event.preventDefault())")
        browser.click(".yasr a.iri")
        assert browser.do(f"{link}.href") == f"{address}/page/country/CYP"

    def test_values_that_mean_harm_do_nothing(self, browser: Browser, address: str) -> None:
        harm = "SELECT ('<img src=/harm onerror=harmed=1>' AS ?text) (<javascript:harmed=1> AS ?link) {}"
        opened(browser, address)
        browser.do(f"{CODE}.setValue({json.dumps(harm)})")
        browser.click(RUN)
        browser.wait(f"document.querySelectorAll('{ROWS}').length === 1")
        assert "<img src=/harm onerror=harmed=1>" in browser.text(ROWS)
        assert browser.do("document.querySelectorAll('.yasr_results img, [href^=javascript]').length") == 0
        assert browser.do("'harmed' in window") is False
        assert f"{address}/harm" not in browser.requests

    def test_a_permalink_opens_the_editor_with_its_query_and_answer(self, browser: Browser, address: str) -> None:
        opened(browser, address, QUERY)
        assert browser.do(f"{CODE}.getValue()") == QUERY
        assert "1 row" in browser.text("#answer-panel")

    def test_running_makes_the_address_a_permalink(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.do(f"{CODE}.setValue('ASK {{}}')")
        browser.click(RUN)
        browser.wait("location.search === '?query=ASK+%7B%7D'")
        browser.wait("document.querySelector('.yasr_results .booleanResult')")

    def test_an_error_shows_line_and_column(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.do(f"{CODE}.setValue({json.dumps(BROKEN)})")
        browser.click(RUN)
        browser.wait("document.querySelector('.editor [role=alert] .mark')")
        place = re.search(r"line (\d+), column (\d+)", browser.text(".editor [role=alert]"))
        assert place is not None
        line, column = int(place[1]), int(place[2])
        assert browser.do(f"{CODE}.getCursor().line") == line - 1
        marked, caret = browser.do("document.querySelector('.editor [role=alert] .mark').textContent").split("\n")
        assert marked.endswith(BROKEN.splitlines()[line - 1])
        assert len(caret) == len(marked) - len(BROKEN.splitlines()[line - 1]) + column

    def test_our_classes_and_properties_are_completed(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        hints = "[...document.querySelectorAll('.CodeMirror-hint')].map(hint => hint.textContent)"
        browser.do(f"{CODE}.setValue(''); {CODE}.focus()")
        browser.type("SELECT * { ?e a cg:Edi")
        browser.wait(f"{hints}.includes('cg:Edition – edition')")
        browser.type("tion ; cg:stated")
        browser.wait(f"{hints}.includes('cg:statedNumber – stated number')")
        assert browser.do(f"{CODE}.getValue()").startswith("PREFIX cg: <https://w3id.org/clustergraph/ontology#>")
        assert all_from(browser, address)
        assert browser.complaints == []

    @pytest.mark.parametrize(
        ("name", "start"), [("link", "http"), ("curl", "curl 'http"), ("python", "from SPARQLWrapper import")]
    )
    def test_the_query_as_it_stands_is_copied(self, name: str, start: str, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.do(f"{CODE}.setValue('ASK {{ }}  # changed')")
        browser.click(f"[data-copy={name}]")
        browser.wait("!document.querySelector('.copied').hidden")
        copied = browser.text(".copied")
        assert copied.startswith(start.replace("'http", "http") if name == "curl" else start)
        assert "changed" in copied

    def test_the_keyboard_runs_a_query_and_leaves_the_editor(self, browser: Browser, address: str) -> None:
        opened(browser, address, QUERY)
        browser.do(f"{CODE}.focus()")
        browser.press("Enter", 13, ctrl=True)
        browser.wait(f"document.querySelectorAll('{ROWS}').length === 1")
        browser.press("Escape", 27)
        browser.press("Tab", 9)
        assert not browser.do("document.activeElement.closest('.CodeMirror')")

    def test_the_last_tab_closed_makes_room_for_a_new_one(self, browser: Browser, address: str) -> None:
        opened(browser, address)
        browser.click(".tab.active .closeTab")
        browser.wait("document.querySelectorAll('.tabsList .tab.active').length === 1")
        assert browser.complaints == []

    @pytest.mark.parametrize("width", [390, 1440])
    def test_nothing_is_wider_than_the_screen(self, width: int, browser: Browser, address: str) -> None:
        browser.resize(width, 844)
        opened(browser, address)
        browser.click("a[data-example$='/documents-by-edition.rq']")
        browser.wait(f"document.querySelectorAll('{ROWS}').length > 5")
        assert browser.do("document.documentElement.scrollWidth") <= width

    def test_without_scripts_the_form_asks_and_the_page_answers(self, browser: Browser, address: str) -> None:
        browser.without_scripts()
        browser.open(f"{address}/sparql?query={quote(QUERY)}")
        assert "Clusters Meet Regions, Vaasa" in browser.text("#answer-panel")
        assert "curl" in browser.text("#take")
        browser.do("document.querySelector('#query').value = 'ASK {}'; document.querySelector('form.query').submit()")
        browser.wait("document.querySelector('#answer')?.textContent === 'Yes'")
        assert browser.complaints == []


def test_without_the_bundle_the_page_is_the_form(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(querypage, "EDITOR", "vendor/none.js")
    page = client.post("/sparql", data={"query": "ASK {}"}, headers=HTML).text
    assert "vendor" not in page
    assert '<form class="query"' in page
    assert 'id="examples"' in page


def test_only_the_editor_may_bring_a_style_of_its_own(client: FlaskClient) -> None:
    policies = [client.get(path).headers["Content-Security-Policy"] for path in ("/sparql", "/sparql/examples", "/")]
    styles = [re.search(r"style-src ([^;]*)", policy) for policy in policies]
    assert [style and bool(re.fullmatch(r"'self'( 'sha256-[\w+/=]+')?", style[1])) for style in styles] == [True] * 3
    assert ["sha256" in policy for policy in policies] == [True, False, False]
    assert not any("unsafe" in policy for policy in policies)


@pytest.mark.parametrize("folder", [SOURCES, ROOT / "tests/web/checkers"])
def test_the_lock_file_names_versions_and_checksums_and_no_download_addresses(folder: Path) -> None:
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if not package.get("integrity")] == []
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text(encoding="utf-8").splitlines()


@needs_bundle
def test_bundling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([ROOT / ".ci/bundle", sys.prefix, tmp_path], check=True, capture_output=True, timeout=300)
    for name in BUNDLED:
        assert (tmp_path / name).read_bytes() == (VENDOR / name).read_bytes()


@needs_bundle
def test_the_licence_of_every_package_comes_with_the_bundle() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    told = (VENDOR / "licences.txt").read_text(encoding="utf-8")
    for path, package in lock["packages"].items():
        if path and not package.get("dev"):
            assert f"{path.removeprefix('node_modules/')} {package['version']}: " in told


@needs_bundle
def test_a_wheel_contains_the_editor(tmp_path: Path) -> None:
    copied = tmp_path / "source"
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copied.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copied)
    shutil.copytree(ROOT / "src", copied / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    subprocess.run([*command, "--wheel-dir", tmp_path], cwd=copied, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    names = ZipFile(wheel).namelist()
    assert {f"clustergraph/web/static/vendor/{name}" for name in BUNDLED} <= set(names)
