"""Pages of topics, ecosystems and policies say plainly where they occur first and last; expected from the data."""

from __future__ import annotations

import pytest

from clustergraph.entities.page import assemble, find
from clustergraph.entities.tables import Table
from clustergraph.store import Graph


@pytest.mark.parametrize(
    ("kind", "slug", "expected"),
    [
        # A sector of a cluster that was in Košice, and nothing else anywhere.
        ("topic", "soil", [("First and last", "2023-03-29-kosice", "1")]),
        ("topic", "furniture", [("First", "2024-10-10-chisinau", "2"), ("Last", "2025-07-01-cluj-napoca", "2")]),
        (
            "topic",
            "tourism",
            [("First", "2022-02-16-malaga", "5"), ("Last", "2025-05-14-palma-de-mallorca", "5")],
        ),
        ("policy", "eu-funding-programmes", [("First and last", "2025-07-01-cluj-napoca", "1")]),
    ],
)
def test_first_and_last_occurrence_are_stated(
    graph: Graph, kind: str, slug: str, expected: list[tuple[str, str, str]]
) -> None:
    page = assemble(graph, find(graph, kind, slug), kind, slug)
    shown = next(one.content for one in page.panels if one.panel.heading == "First and last occurrence")
    assert isinstance(shown, Table)
    cells = [row.cells for group in shown.groups for row in group.rows]
    found = [(which[0].text, edition[0].href.rpartition("/")[2], count[0].text) for which, edition, _, count in cells]
    assert found == expected
