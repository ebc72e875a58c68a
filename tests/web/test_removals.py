"""Addresses that no longer name a thing: 410 with when and why, 301 where it was renamed, in every format."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from project import make
from pyoxigraph import Literal, NamedNode, Triple
from serving import LAST, ROOT, release_of

from clustergraph import iris
from clustergraph.forgotten import hash_of
from clustergraph.formats import DOCUMENT_FORMATS, HTML, Format
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
GONE = [
    f"/{view}/{kind}/{ending}"
    for kind in ("person", "participation")
    for view, ending in (("id", "nobody-now"), ("page", "nobody-now"), ("data", "nobody-now.ttl"))
]


#: The editions of the made-up data, and the former address of the first.
FIRST, SECOND, OLD = "2031-05-06-aveiro", "2031-10-02-ghent", "2031-05-06-old-town"


def removal(name: str, iri: str, replaced_by: str = "") -> list[Triple]:
    """A decision that an address no longer names a thing."""
    node, dct = NamedNode(iris.thing("decision", name)), iris.PREFIXES["dct"]
    said = {
        iris.PREFIXES["rdf"] + "type": NamedNode(iris.CG + "Removal"),
        iris.CG + "removedHash": Literal(hash_of(iri)),
        dct + "date": Literal("2031-06-02", datatype=NamedNode(iris.PREFIXES["xsd"] + "date")),
        dct + "description": Literal("Removed on request, <b>ș</b>.", language="en"),
    }
    if replaced_by:
        said[dct + "isReplacedBy"] = NamedNode(replaced_by)
    return [Triple(node, NamedNode(prop), value) for prop, value in said.items()]


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Asks a service of made-up data from which a person was removed, and in which others were renamed."""
    folder = tmp_path_factory.mktemp("removed")
    decisions = [
        *removal("gone", iris.thing("person", "nobody-now")),
        *removal("gone-part", iris.thing("participation", "nobody-now")),
        *removal("renamed", iris.thing("person", "ana-old"), iris.thing("person", "ana-reis")),
        *removal("country", iris.thing("place", "old-place"), iris.country("PRT")),
    ]
    decisions += removal("edition", iris.thing("edition", OLD), iris.thing("edition", FIRST))
    made = release_of(make(folder / "project").path, folder / "releases", decisions)
    return create_app(Settings(project=ROOT, releases=folder / "releases"), made).test_client()


@pytest.mark.parametrize("path", GONE)
@pytest.mark.parametrize("accept", [BROWSER, "text/turtle", "application/json"])
def test_what_was_removed_is_gone_with_when_and_why(removed: FlaskClient, path: str, accept: str) -> None:
    answer = removed.get(path, headers={"Accept": accept})
    assert answer.status_code == 410
    assert "was removed on 2 June 2031: Removed on request" in answer.text
    assert "<b>ș" not in answer.text or answer.mimetype != "text/html"
    assert removed.head(path, headers={"Accept": accept}).status_code == 410


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/person/ana-old", "/id/person/ana-reis"),
        ("/page/person/ana-old", "/page/person/ana-reis"),
        ("/page/person/ana-old?x=1&q=%C8%99", "/page/person/ana-reis?x=1&q=%C8%99"),
        ("/data/person/ana-old", "/data/person/ana-reis"),
        ("/data/person/ana-old.ttl", "/data/person/ana-reis.ttl"),
        ("/data/person/ana-old.jsonld", "/data/person/ana-reis.jsonld"),
        ("/data/person/ana-old.csv", "/data/person/ana-reis.csv"),
        ("/changes/person/ana-old.json", "/changes/person/ana-reis.json"),
        ("/feeds/changes/person/ana-old.atom", "/feeds/changes/person/ana-reis.atom"),
        ("/page/place/old-place", "/page/country/PRT"),
    ],
)
def test_what_was_renamed_leads_to_its_new_address_in_the_same_format(
    removed: FlaskClient, path: str, location: str
) -> None:
    for accept in (BROWSER, "text/turtle"):
        answer = removed.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["Location"]) == (301, location)
    assert removed.get(location, follow_redirects=True).status_code == 200


def test_a_header_is_not_broken_by_what_is_asked(removed: FlaskClient) -> None:
    answer = removed.get("/page/person/ana-old?a=%0d%0aX-Evil:%201")
    assert answer.status_code == 301
    assert "X-Evil" not in answer.headers


def test_the_new_page_says_that_it_had_another_address(removed: FlaskClient) -> None:
    assert "had another address before" in removed.get("/page/person/ana-reis").text
    answer = removed.get("/id/decision/renamed", headers={"Accept": "text/html"})
    assert answer.headers["Location"] == "/page/person/ana-reis#editors-decisions"


def test_no_page_holds_the_removed_address(removed: FlaskClient) -> None:
    assert "nobody-now" not in removed.get("/page/person/ana-reis").text
    assert "ana-old" not in removed.get("/data/person/ana-reis.ttl").text


def test_what_only_an_earlier_release_has_is_gone_and_says_where_it_is(
    release: Release, older_release: Release
) -> None:
    """The release without the last edition, as if it were made after the one with it."""
    settings = Settings(project=ROOT, releases=older_release.path.parent)
    about = type(older_release.about)(**{**vars(older_release.about), "created": "2099-01-01T00:00:00Z"})
    client = create_app(settings, Release(older_release.path, about)).test_client()
    path = f"/page/edition/{LAST}"
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 410
    assert f"was in release {release.id} of" in answer.text
    assert "is no longer in that of 1 January 2099" in answer.text
    assert f'href="{path}?release={release.id}"' in answer.text
    assert client.get(f"/data/edition/{LAST}.ttl").status_code == 410
    assert client.get("/page/edition/2000-01-01-nowhere").status_code == 404
    part = next(iter((release.dumps / "clustergraph.nt").read_text("utf-8").split(f"participation/{LAST}--")[1:]))
    assert client.get(f"/id/participation/{LAST}--{part.partition('>')[0]}").status_code == 404


def test_what_a_later_release_has_is_not_found_in_an_earlier_one(older_release: Release) -> None:
    client = create_app(Settings(project=ROOT, releases=older_release.path.parent), older_release).test_client()
    assert client.get(f"/page/edition/{LAST}").status_code == 404


def test_a_comparison_with_a_renamed_edition_leads_to_that_with_its_new_address(removed: FlaskClient) -> None:
    answer = removed.get(f"/compare.csv?e={SECOND}&e={OLD}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/compare.csv?e={FIRST}&e={SECOND}")
    assert removed.get(answer.headers["Location"]).status_code == 200


def test_the_form_keeps_a_renamed_edition_by_its_new_address(removed: FlaskClient) -> None:
    answer = removed.get(f"/compare?e={OLD}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/compare?e={FIRST}")


@pytest.mark.parametrize("fmt", DOCUMENT_FORMATS, ids=lambda fmt: fmt.name)
def test_unknown_gone_and_moved_are_the_same_in_every_format(removed: FlaskClient, fmt: Format) -> None:
    for slug, status in (("nobody-ever", 404), ("nobody-now", 410), ("ana-old", 301)):
        asked = [
            (f"/data/person/{slug}.{fmt.name}", None),
            (f"/data/person/{slug}", fmt),
            (f"/id/person/{slug}", fmt),
        ]
        asked += [(f"/page/person/{slug}", HTML), (f"/id/person/{slug}", HTML)]
        for path, wanted in asked:
            headers = {"Accept": wanted.media_type} if wanted else {}
            answer = removed.get(path, headers=headers)
            assert answer.status_code == status, f"{path} as {wanted}"
            assert dict(removed.head(path, headers=headers).headers) == dict(answer.headers)
            assert "Accept" in answer.headers["Vary"]
            if status == 301:
                led = removed.get(answer.headers["Location"], headers=headers, follow_redirects=True)
                assert (led.status_code, led.mimetype) == (200, (wanted or fmt).media_type)
