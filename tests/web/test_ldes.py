from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from readers import by_pyoxigraph, by_rdflib, canonical
from serving import ROOT

from clustergraph import iris, releases, versions
from clustergraph.formats import Format
from clustergraph.iris import CATALOGUE_PREFIXES, PREFIXES
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app
from clustergraph.web.ldes import OFFERED, SHAPE, STREAM

HOST = "http://localhost"
TREE, LDES, DCT = CATALOGUE_PREFIXES["tree"], CATALOGUE_PREFIXES["ldes"], PREFIXES["dct"]
TYPE = PREFIXES["rdf"] + "type"
GONE = CATALOGUE_PREFIXES["as"] + "Delete"


def fetched(client: FlaskClient, address: str) -> Store:
    answer = client.get(address.removeprefix(HOST), headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    store = Store()
    store.extend(parse(answer.data, RdfFormat.TURTLE))
    return store


def ends(store: Store, subject: str | None, prop: str) -> list[str]:
    node = NamedNode(subject) if subject else None
    return sorted(quad.object.value for quad in store.quads_for_pattern(node, NamedNode(prop), None))


def walked(client: FlaskClient) -> Iterator[tuple[str, Store]]:
    """Every page that relations lead to from the view, each relation followed."""
    ahead = [HOST + "/ldes"]
    for number in count():
        if not ahead:
            return
        assert number < 1000
        page = ahead.pop(0)
        store = fetched(client, page)
        yield page, store
        ahead += sorted(set(ends(store, None, TREE + "node")))


@pytest.fixture(scope="module")
def pages(two_client: FlaskClient) -> dict[str, Store]:
    found = list(walked(two_client))
    assert len(dict(found)) == len(found), "a page is reached twice"
    return dict(found)


def subjects(release: Release) -> dict[str, set[tuple[str, str]]]:
    """What a release says of each thing, read apart from the code under test."""
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in parse((release.path / releases.CANONICAL).read_bytes(), RdfFormat.N_QUADS):
        kind, slug = iris.kind_and_slug(quad.subject.value) or ("", "")
        if quad.subject.value in iris.candidates(kind, slug):
            found.setdefault(quad.subject.value, set()).add((str(quad.predicate), str(quad.object)))
    return found


def of_thing(store: Store, member: str) -> str:
    (thing,) = ends(store, member, DCT + "isVersionOf")
    return thing


def test_the_root_says_what_a_client_has_to_know(two_client: FlaskClient) -> None:
    root = fetched(two_client, "/ldes")
    assert ends(root, STREAM, TYPE) == [LDES + "EventStream"]
    assert ends(root, STREAM, TREE + "view") == [HOST + "/ldes"]
    assert ends(root, STREAM, LDES + "timestampPath") == [DCT + "created"]
    assert ends(root, STREAM, LDES + "versionOfPath") == [DCT + "isVersionOf"]
    assert ends(root, STREAM, LDES + "versionDeleteObject") == [GONE]
    assert ends(root, STREAM, TREE + "shape") == [SHAPE]
    assert len(ends(root, SHAPE, PREFIXES["sh"] + "property")) == 2
    assert len(ends(root, None, TREE + "node")) == 4


def test_following_all_relations_reaches_every_version_exactly_once(
    pages: dict[str, Store], release: Release, older_release: Release
) -> None:
    old, new = subjects(older_release), subjects(release)
    changed = {thing for thing in old.keys() | new.keys() if old.get(thing) != new.get(thing)}
    wanted = [iris.version(thing, older_release.id) for thing in old]
    wanted += [iris.version(thing, release.id) for thing in changed]
    reached = [member for store in pages.values() for member in ends(store, STREAM, TREE + "member")]
    assert sorted(reached) == sorted(map(str, wanted))
    assert len(set(reached)) == len(reached)


def test_who_follows_the_stream_holds_the_release(pages: dict[str, Store], release: Release) -> None:
    held: dict[str, tuple[str, set[tuple[str, str]]]] = {}
    for store in pages.values():
        for member in ends(store, STREAM, TREE + "member"):
            (time,) = ends(store, member, DCT + "created")
            said = {
                (str(quad.predicate), str(quad.object))
                for quad in store.quads_for_pattern(NamedNode(member), None, None)
                if quad.predicate.value not in (DCT + "created", DCT + "isVersionOf")
            }
            thing = of_thing(store, member)
            held[thing] = max(held.get(thing, ("", set())), (time, said), key=lambda each: each[0])
    left = {thing: said for thing, (_, said) in held.items() if said != {(f"<{TYPE}>", f"<{GONE}>")}}
    assert left == subjects(release)


def test_relations_bound_what_stands_on_the_page_they_lead_to(pages: dict[str, Store]) -> None:
    bounds: dict[str, dict[str, str]] = {}
    for store in pages.values():
        for quad in store.quads_for_pattern(None, NamedNode(TREE + "node"), None):
            relation = quad.subject.value
            (kind,), (value,) = ends(store, relation, TYPE), ends(store, relation, TREE + "value")
            assert ends(store, relation, TREE + "path") == [DCT + "created"]
            bounds.setdefault(quad.object.value, {})[kind.removeprefix(TREE)] = value
    for page, found in bounds.items():
        low, high = found["GreaterThanOrEqualToRelation"], found["LessThanOrEqualToRelation"]
        assert set(ends(pages[page], None, DCT + "created")) == {low} == {high}
        assert low.endswith("Z")


def test_pages_are_bounded(pages: dict[str, Store]) -> None:
    sizes = [len(ends(store, STREAM, TREE + "member")) for store in pages.values()]
    assert max(sizes) == versions.MEMBERS


def test_each_version_is_found_at_its_address(two_client: FlaskClient, pages: dict[str, Store]) -> None:
    """Every fiftieth of them, and each that is gone: by its statements, or by 410."""
    found = [(member, store) for store in pages.values() for member in ends(store, STREAM, TREE + "member")]
    gone = [each for each in found if GONE in ends(each[1], each[0], TYPE)]
    for member, store in [*found[::50], *gone]:
        path = "/" + member.removeprefix(iris.ROOT)
        if GONE in ends(store, member, TYPE):
            assert two_client.get(path).status_code in (404, 410)
            continue
        data = fetched(two_client, path)
        thing = of_thing(store, member)
        said = {(q.predicate, q.object) for q in data.quads_for_pattern(NamedNode(thing), None, None)}
        told = {(q.predicate, q.object) for q in store.quads_for_pattern(NamedNode(member), None, None)}
        assert {each for each in told if each[0].value not in (DCT + "created", DCT + "isVersionOf")} <= said


@pytest.fixture
def exact_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have rdflib leave literals as they stand: it would make +00:00 of Z."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.usefixtures("exact_times")
@pytest.mark.parametrize("fmt", OFFERED, ids=lambda fmt: fmt.name)
def test_every_format_holds_the_same_for_both_readers(
    two_client: FlaskClient, release: Release, older_release: Release, fmt: Format, tmp_path: Path
) -> None:
    for path in ("/ldes", f"/ldes/{older_release.id}...{release.id}"):
        answer = two_client.get(f"{path}.{fmt.name}")
        assert answer.status_code == 200
        assert answer.mimetype == fmt.media_type
        turtle = canonical(list(parse(two_client.get(path + ".ttl").data, RdfFormat.TURTLE)))
        file = tmp_path / f"page.{fmt.name}"
        file.write_bytes(answer.data)
        assert by_pyoxigraph(file) == turtle
        assert by_rdflib(file) == turtle
        named = two_client.get(path, headers={"Accept": fmt.media_type})
        assert named.data == answer.data
        assert "Accept" in named.headers["Vary"]


def test_pages_never_change_and_the_root_is_asked_for_again(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    path = f"/ldes/{older_release.id}...{release.id}"
    again = create_app(Settings(project=ROOT, releases=older_release.path.parent), older_release).test_client()
    answer, other = two_client.get(path), again.get(path)
    assert answer.data == other.data
    assert "immutable" in answer.headers["Cache-Control"]
    assert two_client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "immutable" not in two_client.get("/ldes").headers["Cache-Control"]
    assert two_client.get("/ldes").data == again.get("/ldes").data


def test_people_are_led_to_the_page_on_feeds(two_client: FlaskClient) -> None:
    answer = two_client.get("/ldes", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/feeds#ldes")
    assert 'id="ldes"' in two_client.get("/feeds").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ldes/0123456789abcdef", 404),
        ("/ldes/current", 404),
        ("/ldes/..%2f..%2fetc", 404),
        ("/ldes.rdf", 404),
        ("/ldes/{}.rdf", 404),
        ("/ldes/{}?page=0", 404),
        ("/ldes/{}?page=999", 404),
        ("/ldes/{}?pages=2", 400),
        ("/ldes/{}...", 404),
        ("/ldes/...{}", 404),
    ],
)
def test_there_is_no_page_of_what_is_not(two_client: FlaskClient, release: Release, path: str, status: int) -> None:
    assert two_client.get(path.format(release.id)).status_code == status


def test_a_thing_that_is_gone_is_told_of_without_statements(
    two_client: FlaskClient, release: Release, older_release: Release
) -> None:
    """From the newer release to the older, in which the last edition is not recorded."""
    store = fetched(two_client, f"/ldes/{release.id}...{older_release.id}.ttl")
    gone = [q.subject.value for q in store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(GONE))]
    assert {of_thing(store, member) for member in gone} == subjects(release).keys() - subjects(older_release).keys()
    assert len(list(store.quads_for_pattern(NamedNode(gone[0]), None, None))) == 3
