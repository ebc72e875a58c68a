"""The pages of things: every kind answers, shows its facts with their sources, and no link is broken."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from clustergraph import iris, queries
from clustergraph.entities.catalogue import PANELS
from clustergraph.entities.page import find
from clustergraph.iris import page_path
from clustergraph.store import Graph

#: People and organisations whose pages must list every edition at which a sheet names them.
FOLLOWED = (
    ("person", "jan-philipp-kramer"),
    ("person", "jakub-boratynski"),
    ("organisation", "romanian-cluster-association"),
    ("organisation", "european-association-of-development-agencies"),
    ("organisation", "directorate-general-for-internal-market-industry-entrepreneurship-and-smes"),
)
#: What the sources of Košice say of how many came.
KOSICE = (
    "200 persons", "over 100 persons", "350 persons", "about 150 persons", "over 330 persons", "over 250 persons",
    "over 200 persons", "about 40 persons",
)  # fmt: skip


class Page(HTMLParser):
    """The text, the links and the fragments of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings = 0
        self.bare = re.findall(r"<bdi[^>]*>(https://w3id\.org/clustergraph/(?:id|vocabulary)[^<]*)", html)
        self.feed(html)
        self.text = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.headings += tag == "h1"
        if identifier := values.get("id"):
            self.ids.append(identifier)
        if tag in ("a", "link", "img", "script", "form"):
            self.links += [values[name] or "" for name in ("href", "src", "action") if name in values]


@cache
def visit(client: FlaskClient, path: str) -> Page:
    """A page that must be there."""
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, f"{path}: {response.text[:500]}"
    return Page(response.text)


def is_there(client: FlaskClient, path: str) -> bool:
    """Whether an address answers."""
    with client.head(path, headers={"Accept": "text/html"}) as response:
        return response.status_code < 400


def paths(graph: Graph, kind: str, most: int = 1000) -> list[str]:
    """The addresses of the pages of a kind, spread over all of them."""
    found = sorted(path for row in graph.select(SUBJECTS) if (path := page_path(row["thing"].value)))
    of_kind = [path for path in found if path.startswith(f"/page/{kind}/") and "#" not in path]
    return of_kind[:: max(1, len(of_kind) // most)]


SUBJECTS = "SELECT DISTINCT ?thing WHERE { ?thing a ?type }"
KINDS = [kind for kind in PANELS if kind not in ("scheme", "concept", "ontology", "declared")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_answers_with_one_heading_and_its_sources(
    client: FlaskClient, graph: Graph, kind: str
) -> None:
    shown = paths(graph, kind, 8)
    assert shown
    for path in shown:
        page = visit(client, path)
        assert page.headings == 1
        assert len(page.ids) == len(set(page.ids)), path
        assert page.bare == [], f"{path}: things without their names"


def test_every_edition_has_a_page_that_names_everything(client: FlaskClient, graph: Graph) -> None:
    shown = paths(graph, "edition")
    assert len(shown) == 27
    assert {path: page.bare for path in shown if (page := visit(client, path)).bare} == {}


@pytest.mark.parametrize(("kind", "slug"), FOLLOWED)
def test_actor_page_lists_every_edition_that_names_the_actor_with_role_post_organisation_and_source(
    client: FlaskClient, graph: Graph, kind: str, slug: str
) -> None:
    actor = find(graph, kind, slug)
    html = client.get(f"/page/{kind}/{slug}").text
    ledger = html.split('id="appearances"')[1].split("</section>")[0]
    named = graph.select(
        "PREFIX cg: <https://w3id.org/clustergraph/ontology#> "
        "SELECT DISTINCT ?entity ?edition WHERE { ?mention cg:mentions ?entity ; cg:statedAt ?edition }",
        {"entity": actor},
    )
    assert len(named) >= 3
    for row in named:
        assert f'href="{page_path(row["edition"].value)}"' in ledger
    for row in graph.select(queries.load("agent/appearances").text, {"entity": actor}):
        for part in ("post", "roleLabel", "representingLabel", "eventLabel", "evidenceLabel"):
            assert row[part] is None or row[part].value in unescape(ledger), part
        assert f'href="{page_path(row["source"].value)}"' in ledger


@pytest.mark.parametrize("figure", KOSICE)
def test_figures_read_as_their_sources_word_them(client: FlaskClient, figure: str) -> None:
    page = visit(client, "/page/edition/2023-03-29-kosice")
    assert figure in page.text


def test_over_300_of_cluj_napoca_reads_over_300(client: FlaskClient) -> None:
    assert "over 300" in visit(client, "/page/edition/2025-07-01-cluj-napoca").text


def test_place_by_date_is_marked_as_inferred_and_the_stated_number_is_not(client: FlaskClient) -> None:
    facts = client.get("/page/edition/2025-06-24-foligno").text.split('id="facts"')[1].split("</section>")[0]
    text = Page(facts).text
    assert re.search(r"Number, as stated 21 \[1\]", text)
    assert re.search(r"Place by date \(inferred\) 23 inferred Coverage", text)


def test_values_that_sources_disagree_on_stand_side_by_side(client: FlaskClient) -> None:
    page = visit(client, "/page/edition/2023-03-29-kosice")
    assert "EU-Ukraine Business Partnership workshop and matchmaking preferred" in page.text
    assert (
        "European Clusters Integrating Ukrainian Clusters and Companies into EU Value Chains alternative" in page.text
    )


def test_difference_stands_beside_its_reason(client: FlaskClient) -> None:
    html = client.get("/page/edition/2023-03-29-kosice").text
    panel = html.partition('id="where-sources-differ"')[2].partition("</section>")[0]
    assert panel.count('class="preferred"') == 1
    assert "Why: <bdi" in panel
    assert "European Clusters Integrating Ukrainian Clusters" in panel


def test_edition_shows_who_came_back_where_it_was_and_what_no_source_states(client: FlaskClient) -> None:
    html = client.get("/page/edition/2023-03-29-kosice").text
    returning = html.partition('id="also-at-other-editions"')[2].partition("</section>")[0]
    assert "Romanian Cluster Association" in returning
    assert 'href="/page/edition/2025-07-01-cluj-napoca"><bdi>Cluj-Napoca 2025</bdi>' in returning
    place = html.partition('id="where-it-was"')[2].partition("</section>")[0]
    assert place.count('class="here"') == 1
    missing = html.partition('id="what-no-source-states"')[2].partition("</ul>")[0]
    assert "<li>Number in the series</li>" in missing
    assert "<li>Venue</li>" not in missing


def test_ledger_shows_all_editions_with_roles_and_gaps(client: FlaskClient) -> None:
    page = client.get("/page/person/jan-philipp-kramer").text
    ledger = page.partition('id="across-all-editions"')[2].partition("</section>")[0]
    assert ledger.count('<li class="took-part">') == 8
    assert ledger.count('<li class="not-named">') == 15
    assert ledger.count('<li class="no-record">') == 3
    assert 'href="/about#corrections"' in page


def test_edition_known_only_by_mention_says_so_and_shows_who_mentions_it(client: FlaskClient) -> None:
    page = visit(client, "/page/edition/2024-06-18-graz")
    assert "known only from what the sources of other editions say" in page.text
    assert "said-elsewhere" not in page.ids
    assert "what-sources-of-other-editions-say-of-this-one" in page.ids


def test_page_of_a_person_says_that_it_shows_public_roles_only(client: FlaskClient) -> None:
    assert "public professional roles only" in visit(client, "/page/person/emil-boc").text


def test_evidence_levels_stand_apart(client: FlaskClient) -> None:
    page = visit(client, "/page/edition/2025-07-01-cluj-napoca")
    assert {"took-part-outside-the-sessions", "represented", "quoted", "mentioned"} <= set(page.ids)


def test_every_part_of_an_edition_stands_on_its_page_once(client: FlaskClient, graph: Graph) -> None:
    rows = graph.select("SELECT DISTINCT ?part WHERE { ?part a ?type FILTER(CONTAINS(STR(?part), '--')) }")
    parts = [path for row in rows if (path := page_path(row["part"].value)) and "#" in path]
    ids: dict[str, list[str]] = {}
    for path in parts:
        page, _, fragment = path.partition("#")
        if page not in ids:
            ids[page] = visit(client, page).ids
        assert ids[page].count(fragment) == 1, path
    assert len(parts) > 1000


def test_unknown_thing_and_unknown_kind_are_not_found(client: FlaskClient) -> None:
    for path in ("/page/edition/nowhere", "/page/nonsense/x", "/page/region/RO99", "/page/person/a/b"):
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 404, path
        assert "Traceback" not in response.text


def test_no_topic_and_ecosystem_share_an_address(graph: Graph) -> None:
    rows = graph.select("SELECT DISTINCT ?term WHERE { ?term a ?type FILTER(CONTAINS(STR(?term), '/vocabulary/')) }")
    shown = [path for row in rows if (path := page_path(row["term"].value))]
    assert len(shown) == len(set(shown))


def test_every_link_on_every_kind_of_page_leads_somewhere(client: FlaskClient, graph: Graph) -> None:
    starts = [paths(graph, kind, 1)[0] for kind in KINDS]
    starts += ["/", "/about", "/ontology", "/vocabulary/", "/vocabulary/role", "/vocabulary/role/speaker", "/dumps/"]
    starts += ["/editions", "/people", "/sources", "/page/edition/2025-07-01-cluj-napoca"]
    seen: set[str] = set()
    for start in starts:
        page = visit(client, start)
        for link in page.links:
            address, _, fragment = link.partition("#")
            if not address:
                assert fragment in page.ids, f"{start}: {link}"
            elif address.startswith("/") and not address.startswith(("/dumps/latest", "/sparql?")):
                seen.add(address)
            else:
                assert address.startswith(("http://", "https://", "/")), f"{start}: {link}"
    assert len(seen) > 300
    assert [link for link in sorted(seen) if not is_there(client, link)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_panel_query_gives_the_same_rows_to_anyone_who_runs_its_text(graph: Graph, kind: str) -> None:
    entity = find(graph, kind, paths(graph, kind, 1)[0].rpartition("/")[2])
    for panel in PANELS[kind]:
        for name in filter(None, (panel.query, panel.parts)):
            query, bindings = queries.load(name), {"entity": entity, **panel.bindings}
            shown = [str(row) for row in graph.select(query.text, bindings)]
            assert shown == [str(row) for row in graph.select(query.with_values(bindings))], name


def test_programme_leads_to_the_query_of_its_sessions_and_to_that_of_the_parts_in_them(client: FlaskClient) -> None:
    page = visit(client, "/page/edition/2025-07-01-cluj-napoca")
    for name in ("edition/programme", "edition/speakers"):
        [link] = [link for link in page.links if link.startswith(f"/queries/{name}.rq?")]
        assert "2025-07-01-cluj-napoca" in client.get(link).get_data(as_text=True)


def test_links_to_run_a_query_give_its_rows(client: FlaskClient) -> None:
    page = visit(client, "/page/organisation/romanian-cluster-association")
    runs = [link for link in page.links if link.startswith("/sparql?query=")]
    assert len(runs) >= 4
    for run in runs:
        answer = client.get(run, headers={"Accept": "application/sparql-results+json"})
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["results"]["bindings"]


def test_texts_in_a_stated_language_say_it_and_others_do_not(client: FlaskClient) -> None:
    html = client.get("/page/country/ROU").text
    assert 'lang="und"' not in html
    assert '<bdi lang="en">Romania</bdi>' in html
    assert NamedNode(iris.country("ROU")).value in html
