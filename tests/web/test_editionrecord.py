"""The record of an edition, what its page was made from, is whole on a page of its own; each leads to the other."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from test_metadata import statements
from test_pages import visit
from test_signposts import links, targets

from clustergraph.iris import candidates, page_path, thing
from clustergraph.store import Graph

KOSICE = "2023-03-29-kosice"
PAGE = f"/page/edition/{KOSICE}"
RECORD = f"{PAGE}/record"
MENTIONED = "/page/edition/2024-06-18-graz"
PARTS = """
    PREFIX cg: <https://w3id.org/clustergraph/ontology#>
    SELECT ?entity ?part {
      ?part cg:statedAt ?entity ; a ?class FILTER(?class IN (cg:Mention, cg:Affiliation, cg:Citation))
    }"""


@pytest.mark.parametrize("slug", [KOSICE, "2025-07-01-cluj-napoca"])
def test_record_shows_every_mention_affiliation_and_citation_of_its_edition(
    client: FlaskClient, graph: Graph, slug: str
) -> None:
    [edition] = candidates("edition", slug)
    parts = [row["part"].value for row in graph.select(PARTS) if row["entity"].value == edition]
    assert len(parts) > 10
    shown = visit(client, f"/page/edition/{slug}/record").ids
    for part in parts:
        path, _, fragment = (page_path(part) or "").partition("#")
        assert path == f"/page/edition/{slug}/record"
        assert fragment in shown


def test_page_and_record_lead_to_each_other(client: FlaskClient) -> None:
    assert RECORD in visit(client, PAGE).links
    assert PAGE in visit(client, RECORD).links


def test_queries_behind_the_record_give_its_rows(client: FlaskClient) -> None:
    html = client.get(RECORD).text
    runs = re.findall(r'<p class="queries"><a href="[^"]*">Query</a> · <a href="([^"]*)">Run it</a>', html)
    assert len(runs) == 3
    for run in runs:
        answer = client.get(unescape(run), headers={"Accept": "application/sparql-results+json"})
        assert answer.json is not None
        assert answer.json["results"]["bindings"]


def test_record_has_an_address_and_a_place_of_its_own_and_the_data_of_its_edition(client: FlaskClient) -> None:
    head = client.get(RECORD).text.split("</head>")[0]
    assert f'<link rel="canonical" href="http://localhost{RECORD}">' in head
    assert "<title>Record of " in head
    [crumbs] = statements(client, RECORD)
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        f"http://localhost{path}" for path in ("/editions", PAGE, RECORD)
    ]
    found = links(client, RECORD)
    assert targets(found, "cite-as") == [thing("edition", KOSICE)]
    assert f"/data/edition/{KOSICE}.ttl" in targets(found, "describedby")


def test_edition_of_which_no_source_was_read_has_no_record_and_says_so(client: FlaskClient) -> None:
    assert "This edition is known only from" in client.get(MENTIONED).text
    assert "/record" not in client.get(MENTIONED).text
    answer = client.get(f"{MENTIONED}/record", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert f"what is known is at {MENTIONED}" in answer.text
    held = client.get(RECORD).headers["ETag"]
    assert client.get(f"{MENTIONED}/record", headers={"If-None-Match": held}).status_code == 404


def test_record_of_what_is_no_edition_is_not_found(client: FlaskClient) -> None:
    for path in ("/page/edition/nowhere/record", "/page/person/emil-boc/record", f"{PAGE}/record/record"):
        assert client.get(path).status_code == 404


def test_record_that_the_client_holds_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(RECORD).headers["ETag"]
    again = client.get(RECORD, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
