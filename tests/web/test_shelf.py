from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from project import Project
from serving import ROOT
from werkzeug.test import Client

from clustergraph import building, releases
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web import shelf
from clustergraph.web.app import Opener, create_app, opened
from clustergraph.web.meters import Meters
from clustergraph.web.shelf import Opened, Shelf


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


def test_a_current_release_made_anew_under_its_name_is_noticed(
    client: FlaskClient, folder: Path, release: Release, tmp_path: Path
) -> None:
    before = client.get("/editions.json").headers["ETag"]
    anew = tmp_path / "anew"
    shutil.copytree(release.path, anew, copy_function=os.link)
    rules = (anew / releases.RULES).read_bytes() + b"# changed by hand\n"
    (anew / releases.RULES).unlink()
    (anew / releases.RULES).write_bytes(rules)
    listed = (anew / releases.MANIFEST).read_text(encoding="utf-8")
    old = next(line for line in listed.splitlines() if line.endswith(f"  {releases.RULES}"))
    (anew / releases.MANIFEST).unlink()
    new = f"{sha256(rules).hexdigest()}  {releases.RULES}"
    (anew / releases.MANIFEST).write_text(listed.replace(old, new), encoding="utf-8")
    (folder / release.id).rename(tmp_path / "before")
    anew.rename(folder / release.id)
    until = time.monotonic() + 60
    while client.get("/editions.json").headers["ETag"] == before:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_release_of_unknown_layout_is_refused_and_the_rest_goes_on(
    client: FlaskClient, folder: Path, older_release: Release
) -> None:
    about = folder / older_release.id / releases.ABOUT
    text = about.read_text(encoding="utf-8").replace(f'"format": {releases.FORMAT}', '"format": 99')
    about.unlink()  # a link to the file of the fixture, which must stay as it is
    about.write_text(text, encoding="utf-8")
    answer = client.get(f"/editions.json?release={older_release.id}")
    assert answer.status_code == 500
    assert "of another version, and is not served; take another one of /releases" in answer.text
    assert str(folder) not in answer.text
    assert [each["id"] for each in client.get("/releases.json").get_json()] == [releases.current(folder).id]
    assert client.get("/editions.json").status_code == 200


def test_a_release_without_what_this_version_needs_is_refused_and_the_rest_goes_on(
    client: FlaskClient, folder: Path, older_release: Release
) -> None:
    kept = folder / older_release.id
    lines = (kept / releases.MANIFEST).read_text(encoding="utf-8").splitlines(keepends=True)
    for name in (releases.RULES, releases.MANIFEST):
        (kept / name).unlink()
    left = "".join(line for line in lines if not line.endswith(f"  {releases.RULES}\n"))
    (kept / releases.MANIFEST).write_text(left, encoding="utf-8")
    releases.verify(releases.at(kept))
    answer = client.get(f"/editions.json?release={older_release.id}")
    assert answer.status_code == 500
    assert "is not served; take another one of /releases" in answer.text
    assert client.get("/editions.json").status_code == 200


def test_the_release_asked_last_longest_ago_is_closed_when_too_many_are_open(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Joris Maes", *(f"Joris Maes {letter}" for letter in "ab")]
    for old, new in pairwise(names):
        for file in ("data/registry/things.ttl", "data/editions/2031-05-06-aveiro.ttl"):
            built.replace(file, f'"{old}"', f'"{new}"')
        building.build(built.path, built.releases, switch=False)
    current = releases.current(built.releases)
    one, two = (each for each in releases.all_in(built.releases) if each != current)
    monkeypatch.setattr(shelf, "MOST_OPEN", 1)
    settings = Settings(project=built.path, releases=built.releases)
    closed: list[str] = []
    opener = Opener(settings, None, Meters())

    def beside(release: Release) -> Opened:
        return replace(opener.beside(release), close=lambda: closed.append(release.id))

    first = opened(create_app(settings, current), current, None)
    client = Client(Shelf(built.releases, first, beside))
    asked = (one, two, two, current, one)
    for each in asked:
        assert json.loads(client.get(f"/health?release={each.id}").data)["release"] == each.id
    assert closed == [one.id, two.id]
