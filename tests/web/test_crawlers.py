"""Crawlers find every page once, and are asked to leave queries alone."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from flask.testing import FlaskClient

from clustergraph.iris import page_path
from clustergraph.store import Graph

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: FlaskClient, path: str) -> list[str]:
    response = client.get(path)
    assert response.mimetype == "application/xml"
    return [found.text or "" for found in ElementTree.fromstring(response.data).iter(f"{SPACE}loc")]


def test_site_maps_list_every_page_once(client: FlaskClient, graph: Graph) -> None:
    listed = [path for site_map in addresses(client, "/sitemap.xml") for path in addresses(client, site_map[16:])]
    assert all(path.startswith("http://localhost/") for path in listed)
    assert len(listed) == len(set(listed))
    rows = graph.select("SELECT DISTINCT ?thing WHERE { ?thing a ?class }")
    paths = {path for row in rows if (path := page_path(row["thing"].value)) and path.startswith("/page/")}
    assert {path[16:] for path in listed if "/page/" in path} == {path.partition("#")[0] for path in paths}


def test_pages_of_the_site_map_are_there(client: FlaskClient) -> None:
    listed = addresses(client, "/sitemap-1.xml")
    for address in listed[:: len(listed) // 40]:
        assert client.head(address[16:], headers={"Accept": "text/html"}).status_code == 200, address


def test_site_map_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sitemap-0.xml").status_code == 404
    assert client.get("/sitemap-9.xml").status_code == 404


def test_crawlers_are_kept_from_queries_and_shown_the_rest(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    for path in ("/", "/people", "/page/person/emil-boc", "/data/person/emil-boc.ttl", "/static/style.css"):
        assert rules.can_fetch("any", path)
    for path in ("/sparql", "/queries/list/people.rq", "/search"):
        assert not rules.can_fetch("any", path)
    assert re.search(r"^Disallow: /\*\?$", text, re.MULTILINE)
    assert "Sitemap: http://localhost/sitemap.xml" in text
