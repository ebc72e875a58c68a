"""Who was forgotten is not named by what is told of older releases that still hold the name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from project import make
from serving import release_of

from clustergraph import releases
from clustergraph.importing import forgetting, job
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

SLUG, NAME = "joris-maes", "Joris Maes"
TOLD = "this person was removed on 3 June 2031: Removed at the request of the person."


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, Release, Path]:
    """A release with a person, the one in which the person was forgotten, and the folder of both."""
    folder = tmp_path_factory.mktemp("forgotten")
    project = make(folder / "project").path
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1924992000")
        older = release_of(project, folder / "releases")
        patch.setenv("SOURCE_DATE_EPOCH", "1925992000")
        job.save(forgetting.prepare(SLUG, project, "Removed at the request of the person.", date(2031, 6, 3)).changes)
        newer = release_of(project, folder / "releases")
    return older, newer, folder / "releases"


@pytest.fixture(scope="module")
def forgot(pair: tuple[Release, Release, Path]) -> FlaskClient:
    """Asks a service whose current release has forgotten a person."""
    return create_app(Settings(project=make_root(pair), releases=pair[2]), pair[1]).test_client()


def make_root(pair: tuple[Release, Release, Path]) -> Path:
    return pair[2].parent / "project"


def names(text: str) -> bool:
    return SLUG in text or NAME in text


def test_the_older_release_still_holds_the_name(pair: tuple[Release, Release, Path]) -> None:
    older, newer, _ = pair
    assert names((older.path / releases.CANONICAL).read_text("utf-8"))
    assert not names((newer.path / releases.CANONICAL).read_text("utf-8"))


@pytest.mark.parametrize(
    "path",
    [
        "/releases/{}...{}",
        "/releases/{}...{}.json",
        "/releases/{}...{}.csv",
        "/changes/edition/2031-05-06-aveiro",
        "/changes/edition/2031-05-06-aveiro.json",
        "/feeds/releases.atom",
        "/feeds/releases.json",
        "/feeds/changes/edition/2031-05-06-aveiro.atom",
        "/feeds/changes/edition/2031-05-06-aveiro.json",
        "/ldes.ttl",
        "/ldes/{}.ttl",
        "/ldes/{}...{}.nt",
        "/ldes/{}...{}.jsonld",
        "/",
    ],
)
def test_what_is_told_of_releases_does_not_name_the_forgotten(
    forgot: FlaskClient, pair: tuple[Release, Release, Path], path: str
) -> None:
    for older, newer in (pair[:2], (pair[1], pair[0])):
        answer = forgot.get(path.format(older.id, newer.id))
        assert answer.status_code == 200
        assert not names(answer.text)


def test_a_difference_says_how_much_is_left_out(forgot: FlaskClient, pair: tuple[Release, Release, Path]) -> None:
    path = f"/releases/{pair[0].id}...{pair[1].id}"
    withheld = forgot.get(path + ".json").json["withheld"]  # type: ignore[index]
    old = (pair[0].path / releases.CANONICAL).read_text("utf-8").splitlines()
    assert withheld == sum(names(line) for line in old) > 0
    assert f"{withheld} statements on persons removed at their own request are left out" in forgot.get(path).text


def test_a_history_and_the_feeds_say_how_much_is_left_out(
    forgot: FlaskClient, pair: tuple[Release, Release, Path]
) -> None:
    """All statements that name the person stand on the page of one edition, but those on the person alone."""
    old = (pair[0].path / releases.CANONICAL).read_text("utf-8").splitlines()
    whole = sum(names(line) for line in old)
    here = sum(names(line) and "2031-05-06-aveiro" in line.partition(" ")[0] for line in old)
    assert 0 < here < whole
    said = f"{here} statements on persons removed at their own request are left out."
    history = "/changes/edition/2031-05-06-aveiro"
    assert said in forgot.get(history, headers={"Accept": "text/html"}).text
    found = forgot.get(f"{history}.json").json
    assert found is not None
    assert (found["withheld"], [step["withheld"] for step in found["steps"]]) == (here, [here])
    for ending in ("atom", "json"):
        assert said in forgot.get(f"/feeds/changes/edition/2031-05-06-aveiro.{ending}").text
        assert said.replace(str(here), str(whole), 1) in forgot.get(f"/feeds/releases.{ending}").text
    assert "removed at their own request" not in forgot.get("/changes/person/ana-reis").text


def test_a_patch_that_would_name_the_forgotten_is_refused(
    forgot: FlaskClient, pair: tuple[Release, Release, Path]
) -> None:
    for older, newer in (pair[:2], (pair[1], pair[0])):
        answer = forgot.get(f"/releases/{older.id}...{newer.id}.rdfp")
        assert answer.status_code == 410
        assert "removed at their own request" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/page/person/{}",
        "/changes/person/{}.json",
        "/feeds/changes/person/{}.atom",
        "/feeds/person/{}.ics",
        "/data/person/{}",
        "/data/person/{}.ttl",
        "/id/person/{}",
    ],
)
def test_an_older_release_answers_as_the_current_one(
    forgot: FlaskClient, pair: tuple[Release, Release, Path], path: str
) -> None:
    for asked in ("", f"?release={pair[0].id}"):
        answer = forgot.get(path.format(SLUG) + asked)
        assert answer.status_code == 410
        assert TOLD in answer.text


def test_parts_that_name_the_forgotten_are_gone_in_the_older_release_too(
    forgot: FlaskClient, pair: tuple[Release, Release, Path]
) -> None:
    dump = (pair[0].path / releases.CANONICAL).read_text("utf-8")
    subjects = {line[1 : line.index(">")] for line in dump.splitlines()}
    parts = {iri.partition("/id/")[2] for iri in subjects if f"--{SLUG}" in iri}
    assert parts
    for part in parts:
        assert forgot.get(f"/data/{part}?release={pair[0].id}").status_code == 410


def test_others_stay_in_the_older_release(forgot: FlaskClient, pair: tuple[Release, Release, Path]) -> None:
    assert forgot.get(f"/page/person/ana-reis?release={pair[0].id}").status_code == 200
    assert "Ana Reis" in forgot.get(f"/ldes/{pair[0].id}.ttl").text
