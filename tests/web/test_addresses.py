"""Every address that is given out is there, in the media type it is said to have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse
from serving import ROOT

HOST = "http://localhost"
W3ID = "https://w3id.org/clustergraph"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ATOM = "{http://www.w3.org/2005/Atom}"
#: Predicates whose object is an address to read at.
READ = (
    "dcat#downloadURL",
    "dcat#accessURL",
    "dcat#endpointURL",
    "dcat#landingPage",
    "foaf/0.1/page",
    "void#dataDump",
)
#: As many pages of each kind are opened, chosen by the same dice each time.
FEW = 3
#: An address of the service in the documentation.
DOCUMENTED = re.compile(r"(?:https?://(?:localhost|127\.0\.0\.1):\d+|`(?:GET )?)(/[a-z][\w./?=&%:+~-]*)")
#: Paths in the documentation that stand for others, such as the edition that a guide adds as its example.
NO_ADDRESS = re.compile(r"[<{…*]|\.\.\.|2026-03-04-ljubljana")


def addresses(client: FlaskClient, path: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(client.get(path).data).iter(LOC)]


@pytest.fixture(scope="module")
def listed(client: FlaskClient) -> list[str]:
    """Every path of the site maps."""
    maps = addresses(client, "/sitemap.xml")
    return [page.removeprefix(HOST) for each in maps for page in addresses(client, each.removeprefix(HOST))]


def kind(path: str) -> str:
    """What a path is one of: ``/page/person``, ``/vocabulary``, or the path itself."""
    return "/".join(path.split("/")[:3]) if path.startswith("/page/") else path


def test_pages_of_every_kind_in_the_site_map_are_pages_for_people(client: FlaskClient, listed: list[str]) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in listed:
        kinds[kind(path)].append(path)
    assert len(kinds) > 30
    assert {"/page/person", "/page/edition", "/page/source", "/page/policy"} <= kinds.keys()
    dice = Random(2031)
    for paths in kinds.values():
        for path in dice.sample(paths, min(FEW, len(paths))):
            with client.get(path, headers={"Accept": "text/html"}) as answer:
                assert (answer.status_code, answer.mimetype) == (200, "text/html"), path


def test_every_page_that_pages_lead_to_for_the_whole_stands_in_the_site_map(
    client: FlaskClient, listed: list[str]
) -> None:
    footer = client.get("/").text.partition('<footer class="colophon">')[2]
    led = {path.partition("#")[0] for path in re.findall(r'href="(/[^"?]*)"', footer)}
    named = set(re.findall(r'href="(/[^"?]*)"', client.get("/").text.partition("<main")[0]))
    pages = {path for path in led | named if not path.startswith(("/static/", "/dumps/latest/", "/feeds/"))}
    # Crawlers are asked to leave queries alone, and examples are listed by the page for developers.
    assert pages - {"/sparql", "/sparql/examples", "/search"} - set(listed) == set()


def said(client: FlaskClient, path: str) -> Iterator[tuple[str, str]]:
    """The addresses that a description in RDF says something can be read at, each with its media type or nothing."""
    quads = list(parse(client.get(path).data, format=RdfFormat.TURTLE))
    types = {
        quad.subject: quad.object.value.partition("/media-types/")[2]
        for quad in quads
        if quad.predicate.value == "http://www.w3.org/ns/dcat#mediaType" and isinstance(quad.object, NamedNode)
    }
    compressed = {quad.subject for quad in quads if quad.predicate.value.endswith("dcat#compressFormat")}
    for quad in quads:
        if quad.predicate.value.endswith(READ) and isinstance(quad.object, NamedNode):
            yield quad.object.value, "application/gzip" if quad.subject in compressed else types.get(quad.subject, "")


@pytest.mark.parametrize("path", ["/catalogue.ttl", "/void.ttl"])
def test_addresses_in_descriptions_are_there_in_the_type_said(client: FlaskClient, path: str) -> None:
    found = [(address, media) for address, media in said(client, path) if address.startswith((HOST, W3ID))]
    assert len(found) > 5
    for address, media in found:
        local = address.removeprefix(HOST).removeprefix(W3ID)
        with client.head(local or "/", headers={"Accept": media or "*/*"}, follow_redirects=True) as answer:
            assert answer.status_code == 200, address
            assert not media or answer.mimetype == media, f"{address}: {answer.mimetype}, not {media}"


@pytest.mark.parametrize("path", ["/feeds/releases.atom", "/feeds/changes/person/emil-boc.atom"])
def test_addresses_in_feeds_are_there(client: FlaskClient, path: str) -> None:
    links = list(ElementTree.fromstring(client.get(path).data).iter(f"{ATOM}link"))
    assert links
    for link in links:
        local = (link.get("href") or "").removeprefix(HOST)
        with client.get(local, headers={"Accept": link.get("type") or "*/*"}) as answer:
            assert answer.status_code == 200, local
            assert not link.get("type") or answer.mimetype == link.get("type")


def test_addresses_in_calendars_are_there(client: FlaskClient) -> None:
    text = client.get("/feeds/editions.ics").text.replace("\r\n ", "")
    found = re.findall(r"^URL[^:]*:(.*)\r$", text, re.MULTILINE)
    assert len(found) > 20
    for address in found:
        local = address.removeprefix(HOST).removeprefix(W3ID)
        assert client.get(local, headers={"Accept": "text/html"}, follow_redirects=True).status_code == 200, address


def documented() -> Iterator[tuple[str, str]]:
    """Each address of this service in the documentation: the file, and the path."""
    for file in (*sorted(Path(ROOT, "docs").glob("*.md")), ROOT / "README.md"):
        text = file.read_text(encoding="utf-8")
        for found in DOCUMENTED.findall(text):
            if not NO_ADDRESS.search(found) and not found.endswith("/"):
                yield file.name, found.rstrip(".,:")


def test_addresses_in_the_documentation_are_there(client: FlaskClient) -> None:
    routes = {str(rule).split("<")[0].rstrip("/") for rule in client.application.url_map.iter_rules()} - {""}
    tried = [(file, path) for file, path in sorted(set(documented())) if path.startswith(tuple(routes))]
    assert len(tried) > 5
    for file, path in tried:
        with client.get(path) as answer:
            assert answer.status_code in (200, 301, 302, 303, 308), f"{file}: {path}"
