"""``/shapes``: every rule of the release dereferences, for people and for programs."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from clustergraph.formats import GRAPH_FORMATS, Format
from clustergraph.iris import SHAPES, page_path
from clustergraph.releases import Release
from clustergraph.validation import rulebook


@pytest.fixture(scope="module")
def names(release: Release) -> set[str]:
    return set(rulebook.read(release.path / "shapes.ttl").rules)


def test_every_rule_has_its_place_on_the_page(client: FlaskClient, names: set[str]) -> None:
    page = client.get("/shapes", headers={"Accept": "text/html"})
    assert "Accept" in page.vary
    assert len(names) > 250
    for name in names:
        assert page_path(SHAPES + name) == f"/shapes#{name}"
        assert page.text.count(f'id="{name}"') == 1, name


@pytest.mark.parametrize("fmt", GRAPH_FORMATS, ids=lambda fmt: fmt.name)
def test_every_rule_dereferences_in_each_format(client: FlaskClient, names: set[str], fmt: Format) -> None:
    negotiated = client.get("/shapes", headers={"Accept": fmt.media_type})
    assert negotiated.content_type == fmt.content_type
    assert negotiated.data == client.get(f"/shapes.{fmt.name}").data
    assert isinstance(fmt.engine, RdfFormat)
    found = Dataset(parse(negotiated.data, format=fmt.engine))
    assert {q.subject.value for q in found if isinstance(q.subject, NamedNode)} == {SHAPES + name for name in names}
    turtle = Dataset(parse(client.get("/shapes.ttl").data, format=RdfFormat.TURTLE))
    for dataset in (found, turtle):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert {quad.triple for quad in found} == {quad.triple for quad in turtle}


def test_rule_is_told_with_its_number_of_values_and_its_remedy(client: FlaskClient) -> None:
    html = client.get("/shapes", headers={"Accept": "text/html"}).text
    row = html.partition('<tr id="Participation-role"')[2].partition("</tr>")[0]
    assert "A participation must have exactly one role" in row
    assert "exactly 1" in row
    assert 'href="/ontology/cv:role"' in row


def test_check_shows_its_query_and_opens_it(client: FlaskClient) -> None:
    html = client.get("/shapes", headers={"Accept": "text/html"}).text
    article = html.partition('id="sources-disagree"')[2].partition("</article>")[0]
    assert "GROUP_CONCAT" in article
    assert 'href="/sparql?query=' in article


def test_there_is_no_other_format(client: FlaskClient) -> None:
    assert client.get("/shapes.docx").status_code == 404
    assert client.get("/shapes", headers={"Accept": "image/png"}).status_code == 406
