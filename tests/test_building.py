from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from project import Project, make

from clustergraph import building, releases, staging
from clustergraph.errors import InputError, ReleaseError, ValidationError
from clustergraph.validation import report

AVEIRO = "data/editions/2031-05-06-aveiro.ttl"
KILLED = Path(__file__).parent / "killed.py"
RELEASE_OF_REAL_DATA = 29_000


def dumps_of(project: Project) -> dict[str, bytes]:
    folder = releases.current(project.releases).dumps
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(project: Project) -> None:
    """Change one fact, so that the next build makes another release."""
    project.replace(AVEIRO, '"Old Kiln"', '"New Kiln"')


def change_report(project: Project) -> None:
    """Change what validation finds, and no fact: the next build makes a release of the same name."""
    file = project.path / "shapes" / "Edition.ttl"
    with file.open("a", encoding="utf-8") as shapes:
        shapes.write("""
<https://w3id.org/clustergraph/shapes#Edition-venueText-long> a sh:PropertyShape ; sh:severity sh:Info ;
    sh:targetClass cg:Edition ; sh:path cg:venueText ; sh:minLength 100 ; sh:message "Short." ;
    sh:description "Write more." .
""")


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_the_same_files_give_the_same_bytes_in_any_folder_and_under_any_hash_seed(
    built: Project, tmp_path: Path, seed: str
) -> None:
    elsewhere = make(tmp_path / "quite" / "another folder")
    done = elsewhere.start("build", PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH="0", TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert releases.current(elsewhere.releases).id == releases.current(built.releases).id
    assert dumps_of(elsewhere) == dumps_of(built)


def test_a_release_that_is_there_already_is_used_again(built: Project) -> None:
    before = releases.current(built.releases)
    made = building.build(built.path, built.releases)
    assert made.reused
    assert made.release == before
    assert "write" not in made.seconds


def test_a_release_that_is_there_already_is_written_anew_on_request(built: Project) -> None:
    before = releases.current(built.releases)
    made = building.build(built.path, built.releases, force=True)
    assert not made.reused
    assert releases.current(built.releases).path == before.path
    releases.verify(made.release)


def test_a_damaged_release_is_built_anew_under_its_name(built: Project) -> None:
    before = releases.current(built.releases)
    (before.dumps / "clustergraph.ttl").write_text("damaged", encoding="utf-8")
    made = building.build(built.path, built.releases)
    assert not made.reused
    assert made.release.id == before.id
    releases.verify(releases.current(built.releases))


def test_another_report_on_the_same_graph_replaces_the_old_one(built: Project) -> None:
    before = releases.current(built.releases)
    change_report(built)
    made = building.build(built.path, built.releases)
    assert not made.reused
    assert made.release.id == before.id
    report = json.loads((releases.current(built.releases).path / "report.json").read_bytes())
    assert "Edition-venueText-long" in {finding["rule"] for finding in report["findings"]}
    assert [path.name for path in built.releases.iterdir() if path.name.startswith(".building")] == []


def test_one_changed_fact_gives_another_release_beside_the_old_one(built: Project) -> None:
    before = releases.current(built.releases)
    change(built)
    made = building.build(built.path, built.releases)
    assert made.release.id != before.id
    assert releases.current(built.releases) == made.release
    releases.verify(before)


def test_a_build_without_switching_leaves_the_current_release(built: Project) -> None:
    before = releases.current(built.releases)
    change(built)
    made = building.build(built.path, built.releases, switch=False)
    assert releases.current(built.releases) == before
    assert made.release in releases.all_in(built.releases)


def test_every_step_is_told_and_timed(built: Project) -> None:
    told: list[str] = []
    change(built)
    made = building.build(built.path, built.releases, tell=told.append)
    assert [words for words in told if words in building.STEPS] == list(building.STEPS) == list(made.seconds)


def wrong_turtle(project: Project) -> None:
    project.replace(AVEIRO, "cg:statedNumber 1 ;", "cg:statedNumber 1 ; ; .")


def wrong_iri(project: Project) -> None:
    project.replace(AVEIRO, "<https://aveiro.example/event>", "<https://aveiro example/event>")


def wrong_dates(project: Project) -> None:
    project.replace(AVEIRO, 'schema:endDate "2031-05-07"', 'schema:endDate "2031-05-05"')


def wrong_shapes(project: Project) -> None:
    project.write("shapes/Edition.ttl", "shape:Edition a")


def no_shapes(project: Project) -> None:
    shutil.rmtree(project.path / "shapes")


def no_context(project: Project) -> None:
    (project.path / building.CONTEXT).unlink()


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (wrong_turtle, InputError, [AVEIRO, "not valid Turtle"]),
        (wrong_iri, InputError, [AVEIRO, "Invalid IRI"]),
        (wrong_dates, ValidationError, [AVEIRO, "2031-05-06-aveiro", "violation", "do: "]),
        (wrong_shapes, InputError, ["Edition.ttl"]),
        (no_shapes, InputError, ["shapes"]),
        (no_context, InputError, ["context.jsonld"]),
    ],
)
def test_wrong_input_ends_the_build_in_words_and_changes_nothing(
    built: Project, spoil: object, error: type[Exception], words: list[str]
) -> None:
    before = releases.current(built.releases)
    assert callable(spoil)
    spoil(built)
    files = built.digest()
    with pytest.raises(error) as refused:
        building.build(built.path, built.releases)
    assert [word for word in words if word not in str(refused.value)] == []
    assert built.digest() == files
    assert releases.current(built.releases) == before
    assert releases.all_in(built.releases) == [before]
    assert list(built.releases.glob(".building-*")) == []


def test_a_time_that_is_none_is_refused(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH='yesterday'"):
        building.build(built.path, built.releases)


@contextmanager
def nearly_full() -> Iterator[None]:
    """No file may grow over 100 kB, as on a disk that takes no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_no_more_ends_the_build_and_leaves_the_current_release(built: Project) -> None:
    before = releases.current(built.releases)
    change(built)
    with nearly_full(), pytest.raises(ReleaseError, match="cannot be written: File too large; raise the limit"):
        building.build(built.path, built.releases)
    assert releases.all_in(built.releases) == [before]
    assert list(built.releases.glob(".building-*")) == []
    before.open()


def test_a_folder_that_cannot_be_written_is_named(built: Project) -> None:
    folder = built.path / "data" / "registry" / "things.ttl" / "releases"
    with pytest.raises(ReleaseError, match=f"{folder} cannot be written: Not a directory"):
        building.build(built.path, folder)


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_goes_on(built: Project) -> None:
    before = releases.current(built.releases)
    with staging.stage(built.releases):
        done = built.start("build")
        assert done.returncode == 4
        assert done.stderr == f"error: another build is at work in {built.releases}; try again when it has ended\n"
    assert releases.current(built.releases) == before
    assert built.run("build").returncode == 0


#: What a build is about to do when it dies: audit event, text in its details, which of them.
MOMENTS = [
    ("os.mkdir", ".building-", 1),
    ("os.mkdir", "dumps", 1),
    ("open", "clustergraph.nq", 1),
    ("open", "SHA256SUMS", 1),
    ("open", "release.json", 1),
    ("open", "MANIFEST'", 1),
    # Written, not yet named.
    ("os.rename", ".building-", 1),
    # Named, not yet current.
    ("os.symlink", "", 1),
    ("os.rename", ".current-", 1),
]
#: The same for a release that takes the place of one of the same name.
MOMENTS_OF_REPLACING = [
    ("os.symlink", "", 1),
    ("os.rename", "", 1),
    ("os.rename", "", 2),
    ("os.link", "", 1),
    ("os.rename", "", 3),
    ("os.symlink", "", 2),
    ("os.rename", "", 4),
    ("os.symlink", "", 3),
]


def stop(project: Project, name: str, event: str, text: str, number: int) -> subprocess.CompletedProcess[str]:
    """Build, and send the build a signal at a moment."""
    command = [sys.executable, str(KILLED), name, event, text, str(number), "build"]
    return subprocess.run(command, env=project.environment(), capture_output=True, text=True, check=False, timeout=60)


def kill(project: Project, event: str, text: str, number: int) -> None:
    done = stop(project, "SIGKILL", event, text, number)
    assert done.returncode == -signal.SIGKILL, done.stderr


def still_serving(project: Project) -> releases.Release:
    """The current release, which is whole, and so is everything that is listed."""
    release = releases.current(project.releases)
    assert len(release.open()) == release.about.triples
    for each in releases.all_in(project.releases):
        releases.verify(each)
    return release


@pytest.mark.parametrize(("event", "text", "number"), MOMENTS)
def test_a_build_killed_at_any_moment_leaves_the_current_release_serving(
    built: Project, event: str, text: str, number: int
) -> None:
    before = releases.current(built.releases)
    change(built)
    kill(built, event, text, number)
    assert still_serving(built) == before
    building.build(built.path, built.releases)
    assert still_serving(built) != before
    assert len(releases.all_in(built.releases)) == 2
    assert [path.name for path in built.releases.iterdir() if path.name.startswith((".building-", ".current-"))] == []


@pytest.mark.parametrize(("event", "text", "number"), MOMENTS_OF_REPLACING)
def test_a_build_killed_while_it_replaces_a_release_leaves_one_of_that_name_serving(
    built: Project, event: str, text: str, number: int
) -> None:
    before = releases.current(built.releases)
    change_report(built)
    kill(built, event, text, number)
    assert still_serving(built).id == before.id
    building.build(built.path, built.releases)
    assert still_serving(built).path == before.path
    assert (before.path / "report.json").read_text(encoding="utf-8").count("Edition-venueText-long") == 1
    assert [path.name for path in built.releases.iterdir() if path.name.startswith((".building-", ".current-"))] == []


def test_a_build_that_is_stopped_by_hand_ends_with_130_and_cleans_up(built: Project) -> None:
    before = releases.current(built.releases)
    change(built)
    done = stop(built, "SIGINT", "open", "clustergraph.nq", 1)
    assert done.returncode == 130
    assert done.stderr == "stopped\n"
    assert list(built.releases.glob(".building-*")) == []
    assert still_serving(built) == before


def test_the_real_data_build_into_a_release_of_27_editions(real_release: releases.Release) -> None:
    assert real_release.about.counts["cg:Edition"] == 27
    assert real_release.about.triples > RELEASE_OF_REAL_DATA
    assert report.of(real_release).with_severity("violation") == []
