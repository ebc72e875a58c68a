from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from project import Project

from clustergraph import releases
from clustergraph.errors import NotFoundError, ReleaseError
from clustergraph.releases import Release

OTHER = "0123456789abcdef"


@pytest.fixture
def release(built: Project) -> Release:
    return releases.current(built.releases)


@pytest.fixture
def newer(built: Project, rebuilt_once: Project) -> Release:
    """Another release, of changed data, that is not current."""
    made = releases.current(rebuilt_once.releases)
    shutil.copytree(made.path, built.releases / made.id)
    return releases.get(built.releases, made.id)


def test_a_release_says_what_it_is(release: Release) -> None:
    about = release.about
    assert about.hash.startswith(about.id)
    assert release.path.name == about.id
    assert about.created == "2031-01-01T00:00:00Z"
    assert about.counts["cg:Edition"] == 2
    assert len(release.open()) == about.triples
    assert release.context().short("https://schema.org/Event") == "schema:Event"
    assert (release.dumps / "SHA256SUMS").is_file()


def test_a_release_is_listed_from_the_newest_and_the_current_one_is_marked(
    built: Project, release: Release, newer: Release
) -> None:
    assert releases.all_in(built.releases) == [newer, release]
    assert releases.is_current(built.releases, release)


def test_switching_there_and_back_is_the_same_step(built: Project, release: Release, newer: Release) -> None:
    assert releases.switch(built.releases, newer.id) == newer
    assert releases.current(built.releases) == newer
    assert releases.switch(built.releases, release.id) == releases.current(built.releases) == release


@pytest.mark.parametrize(
    "name", ["..", ".", "../x", "/etc", "", "CURRENT", OTHER.upper(), OTHER + "0", OTHER[1:], f"./{OTHER}"]
)
def test_only_names_of_releases_are_looked_up(built: Project, name: str) -> None:
    for refused in (releases.get, releases.switch, releases.remove):
        with pytest.raises(NotFoundError, match="does not name a release"):
            refused(built.releases, name)


def test_a_release_that_is_not_there_is_not_found(built: Project) -> None:
    with pytest.raises(NotFoundError, match="releases list"):
        releases.get(built.releases, OTHER)


def test_without_a_release_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    assert releases.all_in(tmp_path / "releases") == []
    with pytest.raises(NotFoundError, match="clustergraph build"):
        releases.current(tmp_path / "releases")


def every_kind_of_file(release: Release) -> list[Path]:
    store = max((release.path / "store").iterdir(), key=lambda path: path.stat().st_size)
    names = ("release.json", "report.json", "report.ttl", "context.jsonld", "MANIFEST", "dumps/SHA256SUMS")
    dumps = ("dumps/clustergraph.nq", "dumps/editions/2031-10-02-ghent.ttl.gz")
    return [store, *(release.path / name for name in (*names, *dumps))]


def test_one_changed_byte_anywhere_is_found_before_it_is_served(release: Release) -> None:
    for path in every_kind_of_file(release):
        whole = path.read_bytes()
        path.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
        for look in (releases.verify, Release.open):
            with pytest.raises(ReleaseError, match="build again"):
                look(releases.at(release.path) if path.name == "MANIFEST" else release)
        path.write_bytes(whole)
    releases.verify(release)


def test_a_missing_file_and_one_too_many_are_found(release: Release) -> None:
    dump = release.dumps / "clustergraph.ttl"
    (release.path / "note.txt").write_text("by hand", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"note\.txt does not belong to it"):
        releases.verify(release)
    (release.path / "note.txt").unlink()
    dump.unlink()
    with pytest.raises(ReleaseError, match=r"dumps/clustergraph\.ttl is missing"):
        releases.verify(release)


def test_a_release_under_the_name_of_another_is_found(built: Project, release: Release, newer: Release) -> None:
    shutil.rmtree(release.path)
    shutil.copytree(newer.path, release.path)
    about = json.loads((release.path / "release.json").read_bytes())
    (release.path / "release.json").write_text(json.dumps({**about, "id": release.id}), encoding="utf-8")
    with pytest.raises(ReleaseError):
        releases.verify(releases.at(release.path))


def test_a_damaged_release_cannot_be_switched_to(built: Project, release: Release, newer: Release) -> None:
    (newer.path / "store" / "CURRENT").write_bytes(b"MANIFEST-999999\n")
    with pytest.raises(ReleaseError, match="store/CURRENT has changed"):
        releases.switch(built.releases, newer.id)
    assert releases.current(built.releases) == release


def test_a_layout_of_another_version_is_refused_with_what_to_do(release: Release) -> None:
    about = json.loads((release.path / "release.json").read_bytes())
    (release.path / "release.json").write_text(json.dumps({**about, "format": 99}), encoding="utf-8")
    with pytest.raises(ReleaseError, match="layout 99"):
        releases.at(release.path)


def test_the_current_release_is_never_removed(built: Project, release: Release) -> None:
    for name in (release.id, releases.CURRENT):
        with pytest.raises(ReleaseError, match="switch to another one first"):
            releases.remove(built.releases, name)
    assert releases.prune(built.releases, 0) == []
    releases.verify(release)


def test_pruning_keeps_the_newest_and_the_current_one(built: Project, release: Release, newer: Release) -> None:
    assert releases.prune(built.releases, 1) == []
    assert releases.prune(built.releases, 0) == [newer.id]
    assert releases.all_in(built.releases) == [release]
