"""The service on a release of the real data, and on made-up data with hostile names and addresses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from project import make
from serving import ROOT, hostile, release_of

from clustergraph.pool import Pool
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.store import Graph, open_read_only
from clustergraph.web.app import create_app


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the real data."""
    return release_of(ROOT, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def graph(release: Release) -> Graph:
    """The graph of the real data."""
    return open_read_only(release.path / "store")


@pytest.fixture(scope="session")
def app(release: Release) -> Iterator[Flask]:
    """The service of the real data, with processes for queries."""
    settings = Settings(project=ROOT, releases=release.path.parent)
    with Pool(release.path / "store", settings) as pool:
        yield create_app(settings, release, pool)


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    """Asks the service of the real data."""
    return app.test_client()


@pytest.fixture(scope="session")
def hostile_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Asks a service of made-up data, among them an organisation whose names mean harm."""
    folder = tmp_path_factory.mktemp("hostile")
    made_up = release_of(make(folder / "project").path, folder / "releases", hostile())
    return create_app(Settings(project=ROOT, releases=folder / "releases"), made_up).test_client()
