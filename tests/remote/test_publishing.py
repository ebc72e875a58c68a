"""Publishing puts exactly a release into an engine, in as many attempts as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from engines import Remote
from project import Project
from pyoxigraph import Literal, NamedNode, Triple
from served import health, served

from clustergraph import iris, releases
from clustergraph.errors import InputError, UnavailableError
from clustergraph.releases import Release
from clustergraph.remote import forwarding, graph, opening, published
from clustergraph.remote.graphstore import GraphStore
from clustergraph.remote.publishing import Outcome, Publisher
from clustergraph.settings import Settings, load
from clustergraph.web.app import create_app

SECONDS = 30.0
OTHER = "http://example.org/not-ours"
SOMETHING = [Triple(NamedNode("http://example.org/a"), NamedNode("http://example.org/b"), Literal("c"))]


class Stopped(Exception):  # noqa: N818
    """Stands for whatever ends a publishing half way."""


@pytest.fixture
def small(built_once: Project) -> Release:
    """A release with few graphs."""
    return releases.current(built_once.releases)


@pytest.fixture
def settings(remote: Remote, small: Release) -> Iterator[Settings]:
    """Settings for an engine without a graph of ours."""
    settings = remote.settings(small.path.parent)
    store = GraphStore(settings)
    for name in published.counts(opening.endpoint(settings), SECONDS):
        store.delete(name)
    yield settings
    store.delete(OTHER)


def publisher(release: Release, settings: Settings, stop_at: int | None = None, name: str = "") -> Publisher:
    """A publisher that is stopped before the graph of a number.

    :param name: calls the release something else.
    """
    begun: list[str] = []

    def tell(name: str) -> None:
        begun.append(name)
        if len(begun) == stop_at:
            raise Stopped

    return Publisher(name or release.id, release.open(), opening.endpoint(settings), GraphStore(settings), tell)


def counts(settings: Settings) -> dict[str, int]:
    return published.counts(opening.endpoint(settings), SECONDS)


def wanted(release: Release) -> dict[str, int]:
    """Named graph -> statements it should hold, the union of all among them."""
    graph = release.open()
    return {name: len(list(graph.stream(name))) for name in graph.graph_names()} | {published.ALL: len(graph)}


def found(settings: Settings) -> dict[str, int]:
    return {name: count for name, count in counts(settings).items() if name != published.NOTES}


def test_every_graph_arrives_with_its_statements(small: Release, settings: Settings) -> None:
    graphs = len(small.open().graph_names())
    assert publisher(small, settings).publish() == Outcome(written=graphs, kept=0, removed=0)
    assert found(settings) == wanted(small)
    assert opening.published_release(settings, small).whole


def test_publishing_again_changes_nothing(small: Release, settings: Settings) -> None:
    graphs = len(small.open().graph_names())
    publisher(small, settings).publish()
    assert publisher(small, settings).publish() == Outcome(written=0, kept=graphs, removed=0)
    assert found(settings) == wanted(small)


def test_after_a_failure_it_goes_on_where_it_stopped(small: Release, settings: Settings) -> None:
    with pytest.raises(Stopped):
        publisher(small, settings, stop_at=4).publish()
    with pytest.raises(UnavailableError, match="a part of release"):
        opening.published_release(settings, small)
    assert publisher(small, settings).publish().kept == 3
    assert found(settings) == wanted(small)


def test_another_release_replaces_all_graphs_and_removes_those_it_does_not_have(
    small: Release, settings: Settings
) -> None:
    old = "0" * 16
    stray = iris.graph("edition/2031-01-01-nowhere")
    GraphStore(settings).put(stray, SOMETHING)
    publisher(small, settings, name=old).publish()
    GraphStore(settings).put(stray, SOMETHING)
    with pytest.raises(UnavailableError, match=f"holds release {old}, and {small.id} is to be served"):
        opening.published_release(settings, small)
    assert publisher(small, settings).publish().removed == 1
    assert found(settings) == wanted(small)


def test_a_graph_that_was_changed_there_is_written_again(small: Release, settings: Settings) -> None:
    publisher(small, settings).publish()
    GraphStore(settings).add(iris.graph("registry"), SOMETHING)
    assert publisher(small, settings).publish().kept == 0
    assert found(settings) == wanted(small)


def test_graphs_of_others_stay(small: Release, settings: Settings) -> None:
    GraphStore(settings).put(OTHER, SOMETHING)
    publisher(small, settings).publish()
    rows = opening.endpoint(settings).ask(f"ASK {{ GRAPH <{OTHER}> {{ ?s ?p ?o }} }}", [], SECONDS, 10_000)
    assert b"true" in rows.body or b'"1"' in rows.body


def test_an_engine_without_a_release_is_not_served(small: Release, settings: Settings) -> None:
    with pytest.raises(UnavailableError, match="holds no release"):
        opening.open_graph(settings, small)


def test_a_service_gives_no_answer_of_another_release_that_was_published_meanwhile(
    small: Release, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (graph, forwarding):
        monkeypatch.setattr(module, "EVERY", 0.0)  # a look at each panel, not one a second
    publisher(small, settings).publish()
    client = create_app(settings, small, opening.open_forwarder(settings, small)).test_client()
    edition = "/page/edition/2031-05-06-aveiro"

    def statuses(number: int) -> list[int]:
        fresh = f"ASK {{ ?s ?p {number} }}"
        # What was asked before is kept, and of the release that is served: each time asks anew.
        paths = ("/health", f"{edition}?asked={number}", f"/sparql?query={quote(fresh)}")
        return [client.get(path).status_code for path in paths]

    assert statuses(1) == [200, 200, 200]
    publisher(small, settings, name="0" * 16).publish()
    assert statuses(2) == [503, 503, 503]
    assert f"holds release {'0' * 16} now, and release {small.id} is served here" in client.get("/health").text
    with pytest.raises(Stopped):
        publisher(small, settings, stop_at=3).publish()
    assert statuses(3) == [503, 503, 503]
    assert "a part of release" in client.get("/health").text
    publisher(small, settings).publish()
    assert statuses(4) == [200, 200, 200]


def test_a_page_is_refused_where_another_release_came_while_it_was_made(
    small: Release, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "EVERY", 1000.0)  # each panel trusts the look of the first
    publisher(small, settings).publish()
    client = create_app(settings, small).test_client()
    page = "/page/edition/2031-05-06-aveiro"
    assert client.get(f"{page}?asked=1").status_code == 200
    GraphStore(settings).put(published.NOTES, [published.note_release("0" * 16)])
    answer = client.get(f"{page}?asked=2")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5")
    monkeypatch.setattr(graph, "EVERY", 0.0)
    publisher(small, settings).publish()
    assert client.get(f"{page}?asked=3").status_code == 200


def test_the_graph_store_of_a_tested_engine_is_known(remote: Remote, settings: Settings) -> None:
    assert opening.graph_store(replace(settings, graph_store="")) == remote.graph_store


def test_the_password_is_never_shown(remote: Remote, settings: Settings) -> None:
    assert not remote.password or f"'{remote.password}'" not in repr(replace(settings, endpoint_user=""))


@pytest.mark.parametrize("password", ["", "wrong"])
def test_wrong_credentials_are_refused_in_words(
    remote: Remote, small: Release, settings: Settings, password: str
) -> None:
    if remote.user:
        mine = replace(settings, endpoint_user=remote.user if password else "", endpoint_password=password)
        with pytest.raises(UnavailableError, match="refuses the credentials"):
            publisher(small, mine).publish()


def test_the_command_publishes_and_the_service_answers_from_there(
    remote: Remote, built_once: Project, settings: Settings, tmp_path: Path
) -> None:
    environment = remote.environment()
    assert "holds no release" in built_once.run("serve", **environment).stderr
    done = built_once.start("publish", **environment)
    assert done.returncode == 0, done.stderr
    assert remote.endpoint in done.stdout
    with served(folder=tmp_path, **built_once.environment(**environment)) as port:
        assert health(port)["query_network_blocked"] is None
    assert not remote.password or remote.password not in (tmp_path / "log").read_text().split()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "name an endpoint with --to"),
        (("--to", "ftp://example.org/"), "not an absolute http"),
        (("--to", "http://me:secret@127.0.0.1:9/"), "holds credentials"),
        (("--to", "http://127.0.0.1:9/query"), "cannot be reached: Connection refused"),
    ],
)
def test_a_wrong_call_is_refused_in_words(built_once: Project, arguments: tuple[str, ...], says: str) -> None:
    done = built_once.run("publish", *arguments)
    assert done.returncode in (2, 5)
    assert says in done.stderr
    assert "secret" not in done.stderr


def test_settings_with_a_password_in_an_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERGRAPH_ENDPOINT", "http://me:secret@example.org/sparql")
    with pytest.raises(InputError, match="CLUSTERGRAPH_ENDPOINT holds credentials") as caught:
        load()
    assert "secret" not in caught.value.message
