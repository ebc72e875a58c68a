"""A release of the real data, and engines that it is published to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import EACH, ENGINES, Remote

from clustergraph.releases import Release


@pytest.fixture(scope="session")
def release(real_release: Release) -> Release:
    """The release of the real data, the current one of its folder."""
    return real_release


@pytest.fixture(scope="module", params=EACH)
def remote(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """A new and empty engine, for the tests of one module."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    with ENGINES[request.param](folder) as running:
        yield running
