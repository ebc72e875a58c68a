"""Pages of releases and of hostile data in a real browser: none wider than the screen, and nothing forbidden."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chromium import Browser, Chromium, listening
from flask import Flask
from flask.testing import FlaskClient

from clustergraph.releases import Release

pytestmark = pytest.mark.needs_command("chromium")

#: Every kind of page; see test_access.py.
PATHS = (
    "/", "/about", "/cite", "/privacy", "/accessibility", "/addresses", "/developers",
    "/editions", "/organisations", "/organisations?country=ROU&sort=editions", "/sources", "/places",
    "/people?role=moderator", "/events", "/search", "/search?q=cluster", "/search?q=romanain", "/search?q=qqqqq",
    "/ontology", "/ontology/Edition", "/ontology/cv:role",
    "/vocabulary/", "/vocabulary/role", "/vocabulary/role/speaker",
    "/shapes", "/validation",
    "/dumps/", "/releases", "/feeds", "/catalogue", "/void", "/sparql", "/nowhere",
    "/page/series/clusters-meet-regions",
    "/page/edition/2023-03-29-kosice", "/page/edition/2025-07-01-cluj-napoca", "/page/edition/2024-06-18-graz",
    "/page/edition/2023-03-29-kosice/record",
    "/page/session/2025-07-01-cluj-napoca--opening", "/page/person/jan-philipp-kramer",
    "/page/organisation/romanian-cluster-association", "/page/place/cluj-napoca", "/page/region/RO11",
    "/page/country/ROU", "/page/region/RO1", "/countries/matrix",
    "/network", "/network?by=edition&country=ROU", "/network?kind=ministry",
    "/page/topic/digital", "/page/policy/eu-funding-programmes",
    "/changes/edition/2025-07-01-cluj-napoca",
    "/between", "/between?a=cluster&b=qqqqq",
    "/compare", "/compare?e=2023-11-21-iasi&e=2025-07-01-cluj-napoca",
    "/compare?e=2022-02-16-malaga&e=2023-03-29-kosice&e=2023-11-21-iasi&e=2024-06-18-graz&e=2024-10-10-chisinau"
    "&e=2025-07-01-cluj-napoca",
    "/between/organisation/european-cluster-collaboration-platform/person/jan-philipp-kramer",
    "/between/person/daniel-cosnita/person/eduard-heger", "/between/country/POL/country/ROU",
)  # fmt: skip
HOSTILE = (
    "/page/organisation/hostile", "/organisations", "/page/topic/ceramics", "/search?q=script",
    "/organisations?q=script",
)  # fmt: skip
WIDTHS = (390, 1440)
#: Width of the content, style sheets and main headings of a page.
MEASURE = """[document.documentElement.scrollWidth, document.styleSheets.length,
              document.querySelectorAll("h1").length]"""


def measured(app: Flask, paths: tuple[str, ...], chromium: Chromium) -> Iterator[tuple[str, int, int, int, int]]:
    """Path, width of the screen, width of the content, style sheets and main headings of each page."""
    with listening(app) as address, Browser(chromium) as browser:
        for width in WIDTHS:
            browser.resize(width, 900)
            for path in paths:
                browser.open(address + path)
                yield path, width, *browser.do(MEASURE)


def test_no_page_of_a_release_is_wider_than_the_screen(
    two_app: Flask, release: Release, older_release: Release, chromium: Chromium
) -> None:
    older, newer = older_release.id, release.id
    paths = (
        "/releases",
        f"/releases/{older}",
        f"/releases/{older}...{newer}",
        "/changes/edition/2025-11-26-regensburg",
        f"/page/edition/2025-09-24-vaasa?release={older}",
        f"/sparql?release={older}",
    )
    found = list(measured(two_app, paths, chromium))
    assert len(found) == len(paths) * len(WIDTHS)
    assert [each for each in found if each[2] > each[1]] == []


def test_hostile_names_do_not_stretch_a_page(hostile_client: FlaskClient, chromium: Chromium) -> None:
    found = list(measured(hostile_client.application, HOSTILE, chromium))
    assert [each for each in found if each[2] > each[1]] == []


def test_page_needs_nothing_that_its_policy_forbids(app: Flask, chromium: Chromium) -> None:
    with listening(app) as address, Browser(chromium) as browser:
        browser.open(address + "/page/edition/2025-07-01-cluj-napoca")
        assert "Clusters Meet Regions in Cluj-Napoca" in browser.text("h1")
        assert browser.complaints == []


def test_more_columns_than_fit_scroll_in_a_box_of_their_own(app: Flask, chromium: Chromium) -> None:
    """On a screen too wide for cards and too narrow for the table."""
    path = next(path for path in PATHS if path.count("&e=") > 3)
    with listening(app) as address, Browser(chromium) as browser:
        browser.resize(800, 900)
        browser.open(address + path)
        assert browser.do("document.documentElement.scrollWidth") <= 800
        assert browser.do("document.querySelector('.wide').scrollWidth") > 800


def test_page_prints_as_a_briefing_that_says_what_it_leaves_out(app: Flask, chromium: Chromium) -> None:
    height = "document.querySelector('{}').getBoundingClientRect().height"
    with listening(app) as address, Browser(chromium) as browser:
        browser.on_paper()
        browser.open(address + "/page/edition/2023-03-29-kosice")
        shown = {each: browser.do(height.format(each)) for each in ("#programme li", "#figures table", "#sources li")}
        assert min(shown.values()) > 0, shown
        browser.open(address + "/page/organisation/european-cluster-collaboration-platform")
        left = {each: browser.do(height.format(each)) for each in (".masthead nav", ".queries", "ul.records")}
        assert max(left.values()) == 0, left
        named = "#names-as-printed-and-what-sources-say"
        assert browser.do(height.format(f"{named} h2")) > 0
        style = f"getComputedStyle(document.querySelector('{named}'), '::after').content"
        assert browser.do(style) == '"Not printed: see the page itself."'


def test_record_of_an_edition_prints_in_full(app: Flask, chromium: Chromium) -> None:
    with listening(app) as address, Browser(chromium) as browser:
        browser.on_paper()
        browser.open(address + "/page/edition/2023-03-29-kosice/record")
        for panel in ("everyone-named-as-printed", "sources-read-for-this-edition"):
            records = f"document.querySelector('#{panel} ul.records').getBoundingClientRect().height"
            assert browser.do(records) > 1000
            assert browser.do(f"getComputedStyle(document.querySelector('#{panel}'), '::after').content") == "none"
