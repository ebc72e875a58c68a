"""Pages of places, regions and countries count what lies in them, and who hosted whom; expected from the data."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from clustergraph.entities.page import Filled, assemble, find
from clustergraph.entities.tables import Table
from clustergraph.entities.travels import Travels
from clustergraph.store import Graph

CLUJ, IASI = "Clusters Meet Regions in Cluj-Napoca, Romania", "Clusters meet Regions - Iași, Romania"
#: Of those who took part: from Cluj-Napoca itself, from elsewhere in the North-West, from elsewhere in Romania.
FROM_CLUJ = {"Ciprian Morcan", "Doru Pamfil", "Emil Boc", "Cluj Innovation Park"}
FROM_NORTH_WEST = FROM_CLUJ | {"Anca Roman", "North-West Regional Development Agency"}
FROM_ROMANIA = FROM_NORTH_WEST | {
    "Bianca Muntean", "Daniel Coșniță", "Dragoș Pîslaru", "Terente Ciui", "Vasile Asandei", "Smart Transylvania",
    "M100 Mirror Mission Hub Romania", "North-East Regional Development Agency", "Romanian Cluster Association",
}  # fmt: skip


def panels(graph: Graph, kind: str, slug: str) -> dict[str, Filled]:
    """The panels of a page by their headings."""
    page = assemble(graph, find(graph, kind, slug), kind, slug)
    return {filled.panel.heading: filled for filled in page.panels}


def rows(filled: Filled) -> list[list[str]]:
    """The texts of the rows of a table, several values of a cell joined."""
    assert isinstance(filled.content, Table)
    return [["; ".join(v.text for v in cell) for cell in row.cells] for g in filled.content.groups for row in g.rows]


def actors(filled: Filled) -> set[str]:
    assert isinstance(filled.content, Table)
    return {group.heading.text for group in filled.content.groups if group.heading}


@pytest.mark.parametrize(
    ("kind", "slug", "expected"),
    [
        ("place", "cluj-napoca", FROM_CLUJ),
        ("region", "RO11", FROM_NORTH_WEST),
        ("region", "RO1", FROM_NORTH_WEST),
        ("country", "ROU", FROM_ROMANIA),
    ],
)
def test_a_city_a_region_and_a_country_hold_what_lies_in_them(
    graph: Graph, kind: str, slug: str, expected: set[str]
) -> None:
    assert actors(panels(graph, kind, slug)["Who from here took part, and where"]) == expected


def test_levels_of_evidence_are_never_mixed(graph: Graph) -> None:
    shown = panels(graph, "country", "ROU")
    # Hygia Consult is mentioned and nothing else; Bianca Muntean spoke, and is quoted.
    assert "Hygia Consult" in actors(shown["From here, mentioned"])
    assert "Hygia Consult" not in actors(shown["Who from here took part, and where"])
    assert "Bianca Muntean" in actors(shown["From here, quoted"])


def test_each_row_says_where_exactly_and_in_which_roles(graph: Graph) -> None:
    found = rows(panels(graph, "country", "ROU")["Who from here took part, and where"])
    park = [CLUJ, "host", "", "Cluj-Napoca", "North-West"]
    assert park in found
    roles = "co-organiser; partner; session lead"
    assert [CLUJ, roles, "", "", ""] in found, "the Romanian Cluster Association has no city and no region"


def test_regions_and_places_within_are_counted_level_by_level(graph: Graph) -> None:
    shown = panels(graph, "country", "ROU")["Regions and places within"]
    counted = {row[0]: row[-4:] for row in rows(shown)}
    assert counted == {
        "Macroregion One": ["1", "4", "2", "1"],
        "Macroregion Two": ["1", "1", "1", "1"],
        "North-West": ["1", "4", "2", "1"],
        "Centre": ["0", "0", "0", "0"],
        "North-East": ["1", "1", "1", "1"],
        "Alba Iulia": ["0", "0", "0", "0"],
        "Cluj-Napoca": ["1", "3", "1", "1"],
        "Iași": ["1", "0", "0", "0"],
    }
    assert isinstance(shown.content, Table)
    assert [group.heading.text for group in shown.content.groups if group.heading] == ["NUTS 1", "NUTS 2", "Places"]


def test_romania_hosted_two_countries_and_was_the_guest_of_two(graph: Graph) -> None:
    shown = panels(graph, "country", "ROU")
    # Anna Rosenqvist of Interior Cluster Sweden spoke in Cluj-Napoca, and the EPFL of Lausanne pitched there.
    assert rows(shown["As host: from where its guests came"]) == [
        ["Romania", "9", "6", "2"],
        ["Sweden", "1", "0", "1"],
        ["Switzerland", "0", "1", "1"],
    ]
    # The Romanian Cluster Association was in Košice and in Chișinău.
    assert rows(shown["As guest: to where they went"]) == [
        ["Romania", "9", "6", "2"],
        ["Moldova", "0", "1", "1"],
        ["Slovakia", "0", "1", "1"],
    ]


def test_map_tells_editions_held_from_editions_visited(graph: Graph) -> None:
    shown = panels(graph, "country", "ROU")["Held here, and where its people and bodies went"].content
    assert isinstance(shown, Travels)
    assert [(stop.place.text if stop.place else "", stop.here, stop.actors) for stop in shown.stops] == [
        ("Košice", False, 1),
        ("Iași", True, 5),
        ("Chișinău", False, 1),
        ("Cluj-Napoca", True, 12),
    ]
    assert {pin.place.text: pin.here for pin in shown.pins} == {
        "Košice": False, "Iași": True, "Chișinău": False, "Cluj-Napoca": True,
    }  # fmt: skip


def test_place_shows_the_sessions_of_its_editions(graph: Graph) -> None:
    shown = rows(panels(graph, "place", "iasi")["Sessions held here"])
    assert len(shown) == len(graph.select(SESSIONS_OF_IASI)) > 0
    assert {row[-1] for row in shown} == {IASI}


SESSIONS_OF_IASI = """
    PREFIX cg: <https://w3id.org/clustergraph/ontology#> PREFIX edition: <https://w3id.org/clustergraph/id/edition/>
    SELECT ?session { ?session a cg:Session ; cg:statedAt edition:2023-11-21-iasi }"""


def test_matrix_of_all_countries_says_the_same_as_each_country(client: FlaskClient, graph: Graph) -> None:
    pairs = (client.get("/countries/matrix.json").json or {})["pairs"]
    counts = {
        (p["host"]["name"], p["guest"]["name"]): [p["people"], p["organisations"], p["editions"]] for p in pairs
    }
    assert counts["Romania", "Switzerland"] == [0, 1, 1]
    assert counts["Moldova", "Romania"] == [0, 1, 1]
    for slug, name in (("ROU", "Romania"), ("SVK", "Slovakia"), ("LTU", "Lithuania")):
        shown = panels(graph, "country", slug)
        host = {row[0]: list(map(int, row[1:])) for row in rows(shown["As host: from where its guests came"])}
        assert host == {guest: numbers for (one, guest), numbers in counts.items() if one == name}
        guest = {row[0]: list(map(int, row[1:])) for row in rows(shown["As guest: to where they went"])}
        assert guest == {one: numbers for (one, other), numbers in counts.items() if other == name}


def test_matrix_is_the_same_as_page_csv_and_json(client: FlaskClient) -> None:
    pairs = (client.get("/countries/matrix.json").json or {})["pairs"]
    lines = client.get("/countries/matrix.csv").text.splitlines()
    page = client.get("/countries/matrix", headers={"Accept": "text/html"}).text
    assert len(lines) - 1 == len(pairs) == page.count('data-label="Guest"')
    assert 'href="/countries/matrix"' in client.get("/countries").text
    assert 'href="/countries/matrix"' in client.get("/page/country/ROU").text
    assert client.get("/countries/matrix", headers={"Accept": "image/png"}).status_code == 406
