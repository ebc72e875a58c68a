"""Downloads: files served as they lie in the release, and nothing else of the machine."""

from __future__ import annotations

import gzip
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from serving import ROOT

from clustergraph import dumps, releases
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

TYPES = {
    "clustergraph.ttl": "text/turtle; charset=utf-8",
    "clustergraph.jsonld": "application/ld+json",
    "clustergraph.nq": "application/n-quads; charset=utf-8",
    "clustergraph.trig": "application/trig; charset=utf-8",
    "clustergraph.nt": "application/n-triples; charset=utf-8",
    "clustergraph.ttl.gz": "application/gzip",
    "tables/editions.parquet": "application/vnd.apache.parquet",
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


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=10-19", 206, slice(10, 20)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_range_is_sent_as_it_is_asked_for(
    client: FlaskClient, release: Release, asked: str, status: int, part: slice
) -> None:
    whole = (release.dumps / "clustergraph.nt").read_bytes()
    with client.get("/dumps/latest/clustergraph.nt", headers={"Range": asked}) as response:
        assert response.status_code == status
        assert response.data == whole[part]


def test_range_beyond_the_file_is_416_with_its_length(client: FlaskClient, release: Release) -> None:
    size = (release.dumps / "clustergraph.nt").stat().st_size
    with client.get("/dumps/latest/clustergraph.nt", headers={"Range": f"bytes={size}-"}) as response:
        assert response.status_code == 416
        assert response.headers["Content-Range"] == f"bytes */{size}"
        assert f"{size:,} bytes" in response.text


def test_range_of_another_version_is_the_whole(client: FlaskClient) -> None:
    path = "/dumps/latest/SHA256SUMS"
    with client.head(path) as response:
        tag = response.headers["ETag"]
        assert response.headers["Accept-Ranges"] == "bytes"
        assert not response.data
        assert response.content_length
    for held, status in ((tag, 206), ('"another"', 200), ("Mon, 01 Jan 2024 00:00:00 GMT", 200)):
        with client.get(path, headers={"Range": "bytes=0-9", "If-Range": held}) as response:
            assert response.status_code == status


def test_tag_and_digest_are_the_checksum(client: FlaskClient) -> None:
    with client.get("/dumps/latest/clustergraph.xlsx") as response:
        digest = sha256(response.data)
        assert response.headers["ETag"] == f'"{digest.hexdigest()}"'
        assert response.headers["Repr-Digest"] == f"sha-256=:{b64encode(digest.digest()).decode()}:"


def test_link_that_leads_out_of_the_release_is_not_followed(release: Release, tmp_path: Path) -> None:
    kept = tmp_path / "releases" / release.id
    shutil.copytree(release.path, kept)
    outside = tmp_path / "secret.csv"
    outside.write_text("secret", encoding="utf-8")
    asked = kept / "dumps" / "tables" / "people.csv"
    app = create_app(Settings(project=ROOT, releases=tmp_path / "releases"), releases.at(kept))
    asked.unlink()
    asked.symlink_to(outside)
    assert app.test_client().get("/dumps/latest/tables/people.csv").status_code == 404


def test_list_of_files_as_json_has_sizes_and_checksums(client: FlaskClient, release: Release) -> None:
    for path, accept in (("/dumps/index.json", "*/*"), ("/dumps/", "application/json")):
        found = client.get(path, headers={"Accept": accept}).get_json()
        assert found["release"] == release.id
        for file in found["files"]:
            assert file["size"] == (release.dumps / file["path"]).stat().st_size
        digests = {file["path"]: file["digest"] for file in found["files"]}
        assert digests["clustergraph.nq"] == release.about.hash


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
        "/dumps/latest//etc/passwd",
        "/dumps/latest/%2fetc%2fpasswd",
        "/dumps/latest/./clustergraph.ttl",
        "/dumps/latest/clustergraph.docx",
        "/dumps/latest/editions",
        "/dumps/0000000000000000/clustergraph.ttl",
        "/dumps/../clustergraph.ttl",
        "/dumps/current/clustergraph.ttl%00",
    ],
)
def test_anything_else_is_not_found(client: FlaskClient, path: str) -> None:
    with client.get(path, follow_redirects=True) as response:
        assert response.status_code == 404


def test_dump_of_a_release_may_be_kept_for_long_and_the_latest_one_not(client: FlaskClient, release: Release) -> None:
    with client.get(f"/dumps/{release.id}/SHA256SUMS") as kept, client.get("/dumps/latest/SHA256SUMS") as latest:
        assert "max-age=31536000" in kept.headers["Cache-Control"]
        assert "max-age=300" in latest.headers["Cache-Control"]


def test_listing_names_every_file(client: FlaskClient, release: Release) -> None:
    html = client.get("/dumps/", headers={"Accept": "text/html"}).text
    listed = set(re.findall(rf'href="/dumps/{release.id}/([^"]+)"', html))
    there = {path.relative_to(release.dumps).as_posix() for path in release.dumps.rglob("*") if path.is_file()}
    assert listed == there


def test_a_table_links_to_its_description(client: FlaskClient, release: Release) -> None:
    for place in ("latest", release.id):
        with client.head(f"/dumps/{place}/tables/people.csv") as answer:
            found = re.search(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"', answer.headers["Link"])
        assert found
        with client.get(found[1]) as description:
            assert description.content_type == "application/csvm+json"
            assert "people.csv" in {table["url"] for table in description.get_json(force=True)["tables"]}
    with client.head("/dumps/latest/clustergraph.nt") as answer:
        assert "describedby" not in answer.headers["Link"]


def test_sizes_are_read_once(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = create_app(Settings(project=ROOT, releases=release.path.parent), release).test_client()
    files = asking.get("/dumps/index.json").get_json()["files"]
    monkeypatch.setattr(dumps, "listed", None)
    page = asking.get("/dumps/", headers={"Accept": "text/html"}).text
    assert [file["path"] for file in files if f'/{file["path"]}">' not in page] == []
