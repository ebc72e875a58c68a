"""What pages say of themselves to search engines and programs, and that they show all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from clustergraph.entities.values import day
from clustergraph.formats import DUMP_FORMATS
from clustergraph.iris import kind_and_slug
from clustergraph.store import Graph

SHOWN = (
    "/page/series/clusters-meet-regions", "/page/edition/2025-07-01-cluj-napoca", "/page/edition/2024-06-18-graz",
    "/page/session/2025-07-01-cluj-napoca--opening", "/page/person/jan-philipp-kramer", "/page/person/emil-boc",
    "/page/organisation/romanian-cluster-association", "/page/place/cluj-napoca", "/page/region/RO11",
    "/page/country/ROU", "/page/topic/digital", "/page/policy/eu-funding-programmes",
    "/page/event/2024-10-10-matchmaking-event-of-clusters-meet-regions-chisinau",
    "/page/document/2023-10-12-lyon--agenda-final-agenda-participants-booklet",
    "/page/source/hempcluster-eu-en-aktuality-clusters-meet-regions-kosice-slovakia-2-4d306d",
)  # fmt: skip


def statements(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    html = client.get(path).text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    found: list[dict[str, Any]] = json.loads(blocks[0])
    return found


def texts(node: Any) -> Iterator[str]:
    """Every value in a statement that a reader could look for on the page."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in ("@type", "@context", "mainEntityOfPage", "eventAttendanceMode", "encodingFormat"):
                yield from texts(value)
    elif isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, str):
        yield day(node) if re.fullmatch(r"\d{4}-\d\d-\d\d", node) else node.removeprefix("http://localhost")


@pytest.mark.parametrize("path", [*SHOWN, "/"])
def test_statements_say_nothing_that_the_page_does_not_show(client: FlaskClient, path: str) -> None:
    body = unescape(client.get(path).text.split("<body>")[1])
    words = " ".join(re.sub(r"<[^>]+>", "", body).split())
    links = {*re.findall(r'href="([^"]*)"', body), path, "https://w3id.org/clustergraph/dataset"}
    for found in statements(client, path):
        for text in texts(found):
            plain = " ".join(text.split())
            in_span = re.fullmatch(r"(\d+) (\w+ \d{4})", plain) and plain.partition(" ")[2] in words
            assert plain in words or text in links or in_span, f"{path}: {text}"


def test_edition_is_an_event_with_dates_place_and_its_sessions(client: FlaskClient) -> None:
    event = statements(client, "/page/edition/2025-07-01-cluj-napoca")[0]
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2025-07-01", "2025-07-02")
    assert event["location"]["address"]["addressLocality"] == "Cluj-Napoca"
    assert event["location"]["address"]["addressCountry"] == "Romania"
    assert len(event["subEvent"]) >= 10
    assert all(session["@type"] == "Event" and session["name"] and session["url"] for session in event["subEvent"])


def test_edition_without_a_date_claims_none(client: FlaskClient, graph: Graph) -> None:
    rows = graph.select(
        "PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX schema: <https://schema.org/> "
        "SELECT ?edition WHERE { ?edition a cg:Edition MINUS { ?edition schema:startDate ?date } }"
    )
    for row in rows:
        assert isinstance(row["edition"], NamedNode)
        _, slug = kind_and_slug(row["edition"].value) or ("", "")
        assert "startDate" not in statements(client, f"/page/edition/{slug}")[0]


def test_person_has_the_post_stated_last(client: FlaskClient) -> None:
    person = statements(client, "/page/person/emil-boc")[0]
    assert person["@type"] == "Person"
    assert person["jobTitle"]


def test_way_to_a_page_is_stated(client: FlaskClient) -> None:
    trail = statements(client, "/page/person/emil-boc")[1]
    assert [step["item"] for step in trail["itemListElement"]] == [
        "http://localhost/people", "http://localhost/page/person/emil-boc",
    ]  # fmt: skip


def test_front_page_is_a_dataset_with_a_description_and_files(client: FlaskClient) -> None:
    dataset = statements(client, "/")[0]
    assert dataset["@type"] == "Dataset"
    assert 50 <= len(dataset["description"]) <= 5000
    assert len(dataset["distribution"]) == len(DUMP_FORMATS)


@pytest.mark.parametrize("path", [*SHOWN, "/", "/about", "/ontology", "/vocabulary/role", "/vocabulary/", "/dumps/"])
def test_page_names_its_one_address(client: FlaskClient, path: str) -> None:
    html = client.get(f"{path}?any=thing", headers={"Accept": "text/html"}).text
    assert re.findall('<link rel="canonical" href="([^"]*)">', html) == [f"http://localhost{path}"]
    assert f'<meta property="og:url" content="http://localhost{path}">' in html
    assert len(re.findall('<meta name="description" content="[^"]{10,}">', html)) == 1


def test_page_says_how_to_cite_it_and_where_its_data_are(client: FlaskClient) -> None:
    html = client.get("/page/person/emil-boc").text.split('id="data"')[1]
    assert "https://w3id.org/clustergraph/id/person/emil-boc</code>" in html
    assert "“Emil Boc”, in: clustergraph" in html
    for ending in ("ttl", "jsonld", "nt", "rdf", "csv"):
        assert f'href="/data/person/emil-boc.{ending}"' in html


def test_front_page_says_how_to_cite_the_whole_and_where_its_files_are(client: FlaskClient) -> None:
    html = client.get("/").text.partition('id="data"')[2]
    assert '<code class="copy">https://w3id.org/clustergraph/</code>' in html
    assert "in: clustergraph" in html
    assert html.count('href="/dumps/latest/clustergraph.') == len(DUMP_FORMATS)
