"""Link headers lead from a page to its data and back, and name what they lead to."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from clustergraph.formats import DOCUMENT_FORMATS, DUMP_FORMATS, GRAPH_FORMATS
from clustergraph.iris import ROOT

PAGES = {
    "/page/edition/2025-07-01-cluj-napoca": "Event",
    "/page/person/emil-boc": "Person",
    "/page/organisation/romanian-cluster-association": "Organization",
    "/page/region/RO11": "AdministrativeArea",
    "/page/topic/digital": "DefinedTerm",
}
Links = list[tuple[str, dict[str, str]]]


def links(client: FlaskClient, path: str) -> Links:
    """The targets and parameters of the Link header of an address."""
    with client.head(path, headers={"Accept": "*/*"}) as response:
        found = [parse_options_header(link) for link in response.headers["Link"].split(", ")]
    return [(target.strip("<>"), parameters) for target, parameters in found]


def targets(found: Links, relation: str) -> list[str]:
    return [target for target, parameters in found if parameters["rel"] == relation]


@pytest.mark.parametrize(("path", "cls"), PAGES.items())
def test_page_leads_to_its_permanent_address_its_classes_its_licence_and_its_data(
    client: FlaskClient, path: str, cls: str
) -> None:
    found = links(client, path)
    assert len(targets(found, "cite-as")) == 1
    assert targets(found, "type") == ["https://schema.org/AboutPage", f"https://schema.org/{cls}"]
    assert targets(found, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    data = [(target, each["type"]) for target, each in found if each["rel"] in ("describedby", "alternate")]
    assert [media_type for _, media_type in data] == [fmt.media_type for fmt in DOCUMENT_FORMATS]
    for target, media_type in data:
        assert client.get(target).mimetype == media_type


def test_header_is_short_enough_for_any_server(client: FlaskClient) -> None:
    for path in (*PAGES, "/"):
        header = client.get(path).headers["Link"]
        assert len(header) < 8192
        assert header.count("rel=") <= 12


def test_data_lead_back_to_their_page(client: FlaskClient) -> None:
    for fmt in DOCUMENT_FORMATS:
        found = links(client, f"/data/person/emil-boc.{fmt.name}")
        assert targets(found, "describes") == ["/page/person/emil-boc"]
        assert targets(found, "type") == ["http://xmlns.com/foaf/0.1/Document"]


def test_front_page_leads_to_the_dataset_and_to_every_file_of_it(client: FlaskClient) -> None:
    found = links(client, "/")
    assert targets(found, "cite-as") == [ROOT]
    assert len(targets(found, "item")) == len(DUMP_FORMATS)
    for target in targets(found, "item"):
        back = links(client, target)
        assert targets(back, "collection") == ["/"]


def test_head_and_304_carry_the_same_signposts(client: FlaskClient) -> None:
    path = "/page/person/emil-boc"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.head(path).headers["Link"] == again.headers["Link"] == first.headers["Link"]


def test_address_of_the_dataset_leads_to_the_front_page(client: FlaskClient) -> None:
    response = client.get("/dataset")
    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_graph_formats_describe_and_the_table_is_an_alternate(client: FlaskClient) -> None:
    found = links(client, "/page/person/emil-boc")
    assert len(targets(found, "describedby")) == len(GRAPH_FORMATS)
    assert targets(found, "alternate") == ["/data/person/emil-boc.csv"]
