from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from serving import ROOT

from clustergraph import releases
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web import shelf
from clustergraph.web.app import create_app


@pytest.fixture
def folder(release: Release, older_release: Release, tmp_path: Path) -> Path:
    """Both releases in a folder of their own, the newer one current."""
    for each in (release, older_release):
        shutil.copytree(each.path, tmp_path / each.id, copy_function=os.link)
    releases.point(tmp_path, release.id)
    return tmp_path


@pytest.fixture
def client(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(shelf, "INTERVAL", 0.0)
    settings = Settings(project=ROOT, releases=folder)
    return create_app(settings, releases.current(folder), follow=True).test_client()


def served(client: FlaskClient, wanted: str) -> bool:
    """Whether the service goes over to a release within some seconds, answering all the while."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.get("/data/edition/2025-09-24-vaasa.ttl")
        assert answer.status_code == 200
        if (
            client.get("/editions.json").headers["ETag"]
            == client.get(f"/editions.json?release={wanted}").headers["ETag"]
        ):
            return True
        time.sleep(0.1)
    return False


def test_the_service_goes_over_to_the_release_that_becomes_current(
    client: FlaskClient, folder: Path, release: Release, older_release: Release
) -> None:
    releases.point(folder, older_release.id)
    assert served(client, older_release.id)
    releases.point(folder, release.id)
    assert served(client, release.id)


def test_a_release_removed_while_open_is_not_found_and_the_rest_goes_on(
    client: FlaskClient, folder: Path, older_release: Release
) -> None:
    address = f"/editions.json?release={older_release.id}"
    assert client.get(address).status_code == 200
    releases.remove(folder, older_release.id)
    assert client.get(address).status_code == 404
    assert client.get("/editions.json").status_code == 200


def test_a_release_damaged_while_open_is_refused_and_the_rest_goes_on(
    client: FlaskClient, folder: Path, older_release: Release
) -> None:
    address = f"/editions.json?release={older_release.id}"
    assert client.get(address).status_code == 200
    report = folder / older_release.id / "report.json"
    report.unlink()  # a link to the file of the fixture, which must stay as it is
    report.write_text("{}", encoding="utf-8")
    answer = client.get(address)
    assert answer.status_code == 500
    assert "is damaged" in answer.text
    assert str(folder) not in answer.text
    assert client.get("/editions.json").status_code == 200
