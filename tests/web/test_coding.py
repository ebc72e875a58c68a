"""Content codings: chosen as HTTP has it, used where they pay."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from clustergraph.web.coding import GZIP, IDENTITY, chosen, pays

STYLE = "/static/style.css"
GZIPPED = [("Accept-Encoding", "gzip")]


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        (None, IDENTITY),
        ("", IDENTITY),
        ("gzip", GZIP),
        ("GZIP;q=0.5", GZIP),
        ("x-gzip", GZIP),
        ("br, deflate", IDENTITY),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", GZIP),
        ("gzip;q=0", IDENTITY),
        ("*", GZIP),
        ("*;q=0", IDENTITY),
        ("gzip;q=0, *", IDENTITY),
        ("identity, gzip;q=0.5", IDENTITY),
        ("identity;q=0.5, gzip", GZIP),
        ("gzip;q=banana", IDENTITY),
    ],
)
def test_the_coding_a_client_wants_most_is_chosen(accept: str | None, coding: str) -> None:
    assert chosen(accept) == coding


@pytest.mark.parametrize(
    ("media_type", "size", "worth"),
    [("text/css", 5_000, True), ("text/css", 500, False), ("text/turtle", 5_000, True), ("font/woff2", 90_000, False),
     ("application/sparql-results+json", 5_000, True), ("application/gzip", 90_000, False)],
)  # fmt: skip
def test_what_is_long_and_not_yet_short_pays(media_type: str, size: int, worth: bool) -> None:
    assert pays(media_type, size) is worth


@pytest.mark.parametrize("path", ["/", "/editions", "/data/edition/2025-07-01-cluj-napoca.ttl", STYLE])
def test_pages_data_and_styles_are_compressed_with_a_tag_of_their_own(client: FlaskClient, path: str) -> None:
    plain, coded = client.get(path, buffered=True), client.get(path, headers=GZIPPED)
    assert gzip.decompress(coded.data) == plain.data
    assert (coded.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in coded.headers["Vary"]
    assert coded.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'


@pytest.mark.parametrize("path", ["/", STYLE])
def test_a_client_that_holds_either_coding_gets_304(client: FlaskClient, path: str) -> None:
    for headers in ([], GZIPPED):
        tag = client.get(path, headers=headers, buffered=True).headers["ETag"]
        again = client.get(path, headers=[*GZIPPED, ("If-None-Match", tag)], buffered=True)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_dumps_are_sent_as_they_lie_in_the_release(client: FlaskClient) -> None:
    reply = client.get("/dumps/latest/clustergraph.ttl", headers=GZIPPED, buffered=True)
    assert ("Content-Encoding" in reply.headers, "no-transform" in reply.headers["Cache-Control"]) == (False, True)


def test_a_part_of_a_file_is_not_compressed(client: FlaskClient) -> None:
    reply = client.get(STYLE, headers=[*GZIPPED, ("Range", "bytes=0-1999")], buffered=True)
    assert (reply.status_code, "Content-Encoding" in reply.headers, len(reply.data)) == (206, False, 2000)
