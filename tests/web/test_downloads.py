"""Downloads: files served as they lie in the release, and nothing else of the machine."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256

import pytest
from flask.testing import FlaskClient

from clustergraph.releases import Release

TYPES = {
    "clustergraph.ttl": "text/turtle; charset=utf-8",
    "clustergraph.jsonld": "application/ld+json",
    "clustergraph.nq": "application/n-quads; charset=utf-8",
    "clustergraph.trig": "application/trig; charset=utf-8",
    "clustergraph.nt": "application/n-triples; charset=utf-8",
    "clustergraph.ttl.gz": "application/gzip",
    "SHA256SUMS": "text/plain; charset=utf-8",
    "editions/2025-07-01-cluj-napoca.ttl": "text/turtle; charset=utf-8",
}


@pytest.mark.parametrize(("name", "kind"), TYPES.items())
def test_dump_is_served_as_it_lies_there(client: FlaskClient, release: Release, name: str, kind: str) -> None:
    for place in ("latest", release.id):
        with client.get(f"/dumps/{place}/{name}") as response:
            assert response.status_code == 200
            assert response.content_type == kind
            assert "Content-Encoding" not in response.headers
            assert response.data == (release.dumps / name).read_bytes()


def test_compressed_dump_is_the_plain_one_compressed(client: FlaskClient) -> None:
    with (
        client.get("/dumps/latest/clustergraph.nt") as plain,
        client.get("/dumps/latest/clustergraph.nt.gz") as zipped,
    ):
        assert gzip.decompress(zipped.data) == plain.data


def test_checksums_hold(client: FlaskClient) -> None:
    with client.get("/dumps/latest/SHA256SUMS") as response:
        sums = dict(reversed(line.split("  ")) for line in response.text.splitlines())
    with client.get("/dumps/latest/clustergraph.ttl") as response:
        assert sha256(response.data).hexdigest() == sums["clustergraph.ttl"]


def test_part_of_a_file_is_206(client: FlaskClient) -> None:
    with client.get("/dumps/latest/clustergraph.nt", headers={"Range": "bytes=0-99"}) as response:
        assert response.status_code == 206
        assert len(response.data) == 100
        assert response.headers["Content-Range"].startswith("bytes 0-99/")


def test_file_the_client_holds_is_304(client: FlaskClient) -> None:
    with client.get("/dumps/latest/SHA256SUMS") as response:
        tag = response.headers["ETag"]
    with client.get("/dumps/latest/SHA256SUMS", headers={"If-None-Match": tag}) as response:
        assert response.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/latest/../release.json",
        "/dumps/latest/%2e%2e/release.json",
        "/dumps/latest/..%2frelease.json",
        "/dumps/latest/editions/../../release.json",
        "/dumps/latest/nothing.ttl",
        "/dumps/latest/editions",
        "/dumps/0000000000000000/clustergraph.ttl",
        "/dumps/../clustergraph.ttl",
        "/dumps/current/clustergraph.ttl%00",
    ],
)
def test_anything_else_is_not_found(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert response.status_code == 404


def test_dump_of_a_release_may_be_kept_for_long_and_the_latest_one_not(client: FlaskClient, release: Release) -> None:
    with client.get(f"/dumps/{release.id}/SHA256SUMS") as kept, client.get("/dumps/latest/SHA256SUMS") as latest:
        assert "max-age=31536000" in kept.headers["Cache-Control"]
        assert "max-age=300" in latest.headers["Cache-Control"]


def test_listing_names_every_file(client: FlaskClient, release: Release) -> None:
    html = client.get("/dumps/").text
    listed = set(re.findall(rf'href="/dumps/{release.id}/([^"]+)"', html))
    there = {path.relative_to(release.dumps).as_posix() for path in release.dumps.rglob("*") if path.is_file()}
    assert listed == there
