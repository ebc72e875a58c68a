"""What pages are assembled from: the graph of the real data."""

from __future__ import annotations

import pytest

from clustergraph.releases import Release
from clustergraph.store import Graph, open_read_only


@pytest.fixture(scope="session")
def graph(real_release: Release) -> Graph:
    """The graph of the real data."""
    return open_read_only(real_release.path / "store")
