"""The service on a release of the real data, and on made-up data with hostile names and addresses."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, Chromium, listening
from flask import Flask
from flask.testing import FlaskClient
from project import Once, make
from serving import BEFORE, LAST, NOW, ROOT, hostile, release_of

from clustergraph import releases
from clustergraph.pool import Pool
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app


@pytest.fixture(scope="session")
def release(real_release: Release) -> Release:
    """The release of the real data."""
    return real_release


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


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where a browser finds the service of the real data."""
    with listening(app) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """A running browser."""
    with Chromium(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A page with an empty profile."""
    with Browser(chromium) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_client(once: Once) -> FlaskClient:
    """Asks a service of made-up data, among them an organisation whose names mean harm."""

    def making(folder: Path) -> None:
        release_of(make(folder / "project").path, folder / "releases", hostile())

    folder = once("hostile", making) / "releases"
    return create_app(Settings(project=ROOT, releases=folder), releases.current(folder)).test_client()


@pytest.fixture(scope="session")
def older_release(release: Release, once: Once) -> Release:
    """The real data without the record of the last edition, and an older ontology, kept beside the release of all."""

    def making(folder: Path) -> None:
        for name in ("data", "ontology", "shapes"):
            shutil.copytree(ROOT / name, folder / "project" / name)
        (folder / f"project/data/editions/{LAST}.ttl").unlink()
        ontology = folder / "project/ontology/clustergraph.ttl"
        ontology.write_text(ontology.read_text(encoding="utf-8").replace(NOW, BEFORE), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
            release_of(folder / "project", folder / "releases")
        shutil.copytree(release.path, folder / "releases" / release.id, copy_function=os.link)

    return releases.current(once("two", making) / "releases")


@pytest.fixture(scope="session")
def two_client(release: Release, older_release: Release) -> FlaskClient:
    """Asks a service of the real data that keeps the older release too."""
    return create_app(Settings(project=ROOT, releases=older_release.path.parent), release).test_client()


@pytest.fixture(scope="session")
def two_app(release: Release, older_release: Release) -> Iterator[Flask]:
    """The service of both releases side by side, the newer one current, with processes for queries."""
    settings = Settings(project=ROOT, releases=older_release.path.parent)
    with Pool(release.path / "store", settings) as pool:
        yield create_app(settings, release, pool)
