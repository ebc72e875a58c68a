"""A running service over a remote engine goes over to the release that is published there, and mixes nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from engines import Remote, oxigraph
from project import Project
from served import served

from clustergraph import releases
from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.remote.graphstore import GraphStore
from clustergraph.remote.publishing import Publisher

#: What a page of each release says, from two of its graphs.
OLD, NEW = ("Old Kiln", "Kiln webinar"), ("New Kiln", "Oven webinar")
EDITION = "/page/edition/2031-05-06-aveiro"
BOTH = """SELECT ?text ?title { <https://w3id.org/clustergraph/id/edition/2031-05-06-aveiro> cg:venueText ?text .
<https://w3id.org/clustergraph/id/event/2031-04-01-kiln-webinar> dct:title ?title FILTER(%d > 0) }"""
PATIENCE = 60.0
_fresh = count(1)


class Stopped(Exception):  # noqa: N818
    """Ends a publishing half way."""


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Remote]:
    (tmp_path / "engine").mkdir()
    with oxigraph(tmp_path / "engine") as running:
        yield running


def publish(remote: Remote, release: Release, stop_at: int = 0) -> None:
    """Publish a release, or only the graphs before one of a number."""
    begun: list[str] = []

    def tell(name: str) -> None:
        begun.append(name)
        if len(begun) == stop_at:
            raise Stopped

    settings = remote.settings(release.path.parent)
    Publisher(release.id, release.open(), opening.endpoint(settings), GraphStore(settings), tell).publish()


def newer(built: Project) -> Release:
    """A second release, current from now on, that differs in two of its graphs."""
    built.replace("data/editions/2031-05-06-aveiro.ttl", OLD[0], NEW[0])
    built.replace("data/registry/things.ttl", f'"{OLD[1]}"', f'"{NEW[1]}"')
    assert built.run("build").returncode == 0
    return releases.current(built.releases)


def asked(port: int, path: str) -> tuple[int, str, str]:
    """Status, text and Retry-After of an answer that nothing has kept."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode(), ""
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get("Retry-After", "")


def looked_at(port: int) -> list[tuple[int, str, str]]:
    """A page and a query, both of which read two graphs."""
    number = next(_fresh)
    return [
        asked(port, f"{EDITION}?asked={number}"),
        asked(port, f"/sparql?format=csv&query={quote(BOTH % number)}"),
    ]


def told(text: str) -> str:
    """Of which release a text is."""
    shown = [all(word in text for word in words) for words in (OLD, NEW)]
    assert shown != [True, True]
    return "old" if shown[0] else "new" if shown[1] else f"a mixture: {[word in text for word in (*OLD, *NEW)]}"


def awaited(port: int, release: Release) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        status, text, _ = asked(port, "/health")
        if status == 200 and json.loads(text)["release"] == release.id:
            return
        assert time.monotonic() < until, text
        time.sleep(0.1)


def test_the_service_goes_over_once_the_engine_holds_the_current_release(
    built: Project, remote: Remote, tmp_path: Path
) -> None:
    older = releases.current(built.releases)
    publish(remote, older)
    seen: list[tuple[int, str, str]] = []
    ended = Event()
    with ExitStack() as stack:
        environment = built.environment(**remote.environment())
        port = stack.enter_context(served(folder=tmp_path, **environment))
        staying = stack.enter_context(served("--release", older.id, folder=built.path, **environment))

        def watch() -> None:
            while not ended.is_set():
                seen.extend(looked_at(port))

        watching = Thread(target=watch)
        watching.start()
        stack.callback(watching.join)
        stack.callback(ended.set)

        release = newer(built)
        time.sleep(2.5)  # the service has looked, and the engine holds the older one still
        assert [told(text) for _, text, _ in looked_at(port)] == ["old", "old"]

        with pytest.raises(Stopped):
            publish(remote, release, stop_at=3)
        time.sleep(1.5)
        halfway = [*looked_at(port), asked(port, "/health")]
        assert [(status, retry.isdigit()) for status, _, retry in halfway] == [(503, True)] * 3
        assert f"a part of release {release.id}" in halfway[0][1]

        publish(remote, release)
        awaited(port, release)
        assert [told(text) for _, text, _ in looked_at(port)] == ["new", "new"]
        assert "Old Kiln" in asked(port, f"{EDITION}?release={older.id}")[1]
        assert asked(staying, "/health")[0] == 503
    assert {status for status, _, _ in seen} == {200, 503}
    assert {told(text) for status, text, _ in seen if status == 200} == {"old", "new"}


def test_the_service_waits_until_what_the_engine_holds_is_current_here(
    built: Project, remote: Remote, tmp_path: Path
) -> None:
    older = releases.current(built.releases)
    release = newer(built)
    assert built.run("releases", "switch", older.id).returncode == 0
    publish(remote, older)
    with served(folder=tmp_path, **built.environment(**remote.environment())) as port:
        publish(remote, release)
        time.sleep(1.5)
        assert [status for status, _, _ in looked_at(port)] == [503, 503]
        assert built.run("releases", "switch", release.id).returncode == 0
        awaited(port, release)
        assert [told(text) for _, text, _ in looked_at(port)] == ["new", "new"]
