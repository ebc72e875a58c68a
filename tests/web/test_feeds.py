from __future__ import annotations

import html
import re
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from serving import LAST, ROOT

from clustergraph import iris
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

OF_LAST = f"/feeds/changes/edition/{LAST}.atom"


def parsed(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.data)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_feed_of_releases_tells_of_each_with_what_is_new(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    feed = parsed(two_client, "/feeds/releases.atom")
    assert feed.version == "atom10"
    assert [entry.id for entry in feed.entries] == [iris.release(release.id), iris.release(older_release.id)]
    assert feed.feed.updated == feed.entries[0].updated == release.about.created
    assert feed.entries[0].link == f"http://localhost/releases/{release.id}"
    told = feed.entries[0].content[0].value
    assert "Cross-Innovation in Regensburg – Unlocking" in told
    assert "Novemberfest (conference evening)" in told
    assert "Since the release before" not in feed.entries[1].content[0].value


def test_the_feed_of_a_thing_tells_what_changed_of_it_and_nothing_else(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    feed = parsed(two_client, OF_LAST)
    assert [entry.title.partition(":")[0] for entry in feed.entries] == ["Added"]
    assert feed.entries[0].link.startswith(f"http://localhost/releases/{older_release.id}...{release.id}?thing=")
    assert "start date: + 26 November 2025" in feed.entries[0].content[0].value
    assert two_client.get(feed.entries[0].link.removeprefix("http://localhost")).status_code == 200
    assert parsed(two_client, "/feeds/changes/edition/2025-07-01-cluj-napoca.atom").entries == []


def test_a_feed_has_all_that_the_format_requires(two_client: FlaskClient) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2; each id once."""
    for path in ("/feeds/releases.atom", OF_LAST, "/feeds/changes/region/RO11.atom"):
        feed = parsed(two_client, path)
        assert feed.feed.id == iris.ROOT + path[1:]
        assert all((feed.feed.title, feed.feed.updated_parsed, feed.feed.author))
        assert {link.rel: link.href for link in feed.feed.links}["self"] == "http://localhost" + path
        assert all(entry.id and entry.title and entry.updated_parsed and entry.link for entry in feed.entries)
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize("path", ["/feeds/releases.atom", OF_LAST, "/feeds/releases.json"])
def test_a_feed_is_the_same_bytes_after_a_restart_and_not_sent_twice(
    two_client: FlaskClient, release: Release, older_release: Release, path: str
) -> None:
    again = create_app(Settings(project=ROOT, releases=older_release.path.parent), release).test_client()
    answer, other = two_client.get(path), again.get(path)
    assert answer.data == other.data
    assert again.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/feeds/releases", OF_LAST.removesuffix(".atom"), "/feeds/changes/region/RO11"])
def test_the_same_as_json_feed(two_client: FlaskClient, path: str) -> None:
    """JSON Feed 1.1: what it requires, and item by item what the Atom feed has."""
    atom, answer = parsed(two_client, path + ".atom"), two_client.get(path + ".json")
    assert answer.content_type == "application/feed+json"
    feed = answer.json
    assert feed
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == atom.feed.title
    assert feed["feed_url"] == f"http://localhost{path}.json"
    assert two_client.get(feed["home_page_url"].removeprefix("http://localhost")).status_code == 200
    items = [(item["id"], item["url"], item["title"], item["date_published"]) for item in feed["items"]]
    assert items == [(entry.id, entry.link, entry.title, entry.updated) for entry in atom.entries]
    for item, entry in zip(feed["items"], atom.entries, strict=True):
        assert [re.sub("<[^>]*>", "", line) for line in entry.content[0].value.split("</p><p>")] == [
            html.escape(line, quote=False) for line in item["content_text"].split("\n\n")
        ]


def test_the_page_on_feeds_leads_to_each_kind_and_every_link_works(two_client: FlaskClient) -> None:
    text = two_client.get("/feeds").text
    main = text[text.index("<main") : text.index("</main>")]
    links = set(re.findall(r'href="(/[^"#]*)"', main))
    assert {"/feeds/editions.ics", "/feeds/country/ROU.ics", "/feeds/releases.json", OF_LAST, "/ldes.jsonld"} <= links
    assert {link: two_client.get(link).status_code for link in links if two_client.get(link).status_code != 200} == {}
    assert 'href="/feeds"' in two_client.get("/").text
    assert "/feeds</loc>" in two_client.get("/sitemap-1.xml").text


def test_pages_name_their_feeds_in_their_heads(two_client: FlaskClient) -> None:
    for page, feed in (("/", "/feeds/releases.atom"), (f"/page/edition/{LAST}", OF_LAST)):
        line = f'<link rel="alternate" type="application/atom+xml" title="{{}}" href="{feed}">'
        title = "Releases" if page == "/" else "Changes"
        assert line.format(title) in two_client.get(page).text


@pytest.mark.parametrize("path", ["/feeds/changes/person/nobody.atom", "/feeds/changes/x/y.atom", "/feeds/x.atom"])
def test_there_is_no_feed_of_what_is_not(two_client: FlaskClient, path: str) -> None:
    assert two_client.get(path).status_code == 404


def test_hostile_names_stay_text(hostile_client: FlaskClient) -> None:
    feed = parsed(hostile_client, "/feeds/changes/organisation/hostile.atom")
    assert feed.entries == []
    assert "<script" not in hostile_client.get("/feeds/changes/organisation/hostile.atom").text
