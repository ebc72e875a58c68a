from __future__ import annotations

from collections.abc import Iterator

import pytest

from bombs.service import Service, service


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that all bombs go to."""
    with service(tmp_path_factory.mktemp("bombs"), CLUSTERGRAPH_CLIENT_SECONDS="1000") as started:
        yield started
