"""``/dumps/``: the whole graph, each edition, each class and the tables as files, served as they lie in the release.

What may be read is what the checksums of the release name, and nothing else: a name is looked up, never walked. A
part of a file is sent as the whole is, by the system from the disk (sendfile), so that none passes through memory.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict
from pathlib import Path
from typing import IO

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from clustergraph import dumps
from clustergraph.descriptions import LICENCE
from clustergraph.dumps import CHECKSUMS, Dump
from clustergraph.errors import NotFoundError
from clustergraph.formats import CSV, CSVW, DUMP_FORMATS, HTML, JSON, PARQUET, XLSX, Format, by_name
from clustergraph.releases import Release
from clustergraph.tables.csvw import DESCRIPTION
from clustergraph.web import conditional, shelf, signposts
from clustergraph.web.metadata import Metadata
from clustergraph.web.negotiation import wanted
from clustergraph.web.site import address, site

blueprint = Blueprint("downloads", __name__, url_prefix="/dumps")
#: File ending -> Content-Type. A compressed file is a file of its own, not a coding of another one.
TYPES = {
    ".gz": "application/gzip",
    "": "text/plain; charset=utf-8",
    **{f".{fmt.name}": fmt.content_type for fmt in (*DUMP_FORMATS, CSV, CSVW, PARQUET, XLSX)},
}
#: Seconds: a dump of a named release never changes; the latest one may be another one soon.
FOREVER, SOON = 31_536_000, 300
LATEST = "latest"
OFFERED = (HTML, JSON)


class Part:
    """A part of a file, for the server to send: it begins at the place where the file stands.

    :param file: the open file.
    :param left: bytes of the part.
    """

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self._left = left
        self.fileno = file.fileno
        self.close = file.close

    def read(self, size: int = -1) -> bytes:
        """More of the part; nothing at its end."""
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


@blueprint.get("/")
@blueprint.get("/index.<any(html, json):ending>")
def listing(ending: str = "") -> Response:
    """What there is to download: a page for people, the same as JSON for programs."""
    fixed = by_name(ending, OFFERED)
    fmt = fixed or wanted(OFFERED)
    return conditional.respond(fmt, lambda: _listing(site().release, fmt), negotiated=fixed is None)


def _listing(release: Release, fmt: Format) -> str:
    groups = _groups()
    if fmt is HTML:
        head = Metadata(
            "Downloads",
            f"Release {release.id} as files: the whole graph, tables, single classes and single editions.",
            address("/dumps/"),
            alternates=[(JSON.media_type, JSON.label, "/dumps/index.json")],
        )
        return render_template("dumps.html", release=release, groups=groups, metadata=head)
    files = [asdict(file) for group in groups.values() for file in group]
    return json.dumps({"release": release.id, "license": LICENCE.value, "files": files}, indent=1) + "\n"


@blueprint.get("/<name>/<path:file>")
def download(name: str, file: str) -> Response:
    """A file of the release being served (``latest``) or of another one that is kept (RFC 9110, section 14)."""
    latest = name in (LATEST, site().release.id)
    release = site().release if latest else shelf.named(site().settings.releases, name)
    digest = _digest(release, file)
    response = Response(content_type=TYPES.get(Path(file).suffix, "application/octet-stream"))
    response.set_etag(digest)
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(digest)).decode()}:"
    response.headers["Content-Disposition"] = f'inline; filename="{_own_name(release, file)}"'
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Link"] = signposts.of_dump(_description(name, file))
    response.cache_control.public = True
    response.cache_control.max_age = SOON if name == LATEST else FOREVER
    response.cache_control.no_transform = True  # its checksum is published
    if request.if_none_match.contains_weak(digest):
        response.status_code = 304
        return response
    return _with_content(response, _place(release, file), digest)


def _description(name: str, file: str) -> str:
    """The path of what describes a table to programs (CSVW, section 5.2 of the tabular data model); else empty."""
    return f"/dumps/{name}/tables/{DESCRIPTION}" if file.startswith("tables/") and file.endswith(".csv") else ""


def _with_content(response: Response, path: Path, digest: str) -> Response:
    """The answer with the whole file, or with the one part of it that is asked for."""
    size = path.stat().st_size
    start, end = _wanted(size, digest) or (0, size)
    if end - start < size:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.content_length = end - start
    if request.method == "HEAD":
        return response
    file = path.open("rb")
    file.seek(start)
    response.direct_passthrough = True
    response.response = wrap_file(request.environ, Part(file, end - start))  # type: ignore[arg-type]
    return response


def _wanted(size: int, digest: str) -> tuple[int, int] | None:
    """The first byte that is asked for and the one after the last, or None: the whole.

    Several parts at once are answered with the whole, as RFC 9110, section 14.2 lets a server do.
    """
    wanted, condition = request.range, request.if_range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return None
    if condition.date or (condition.etag and condition.etag != digest):
        return None
    found = wanted.range_for_length(size)
    if found is None:
        raise RequestedRangeNotSatisfiable(size, description=f"the file has {size:,} bytes; ask for some of these")
    return found


def _digest(release: Release, file: str) -> str:
    """The checksum of a file of a release.

    :raises NotFoundError: the release has no such file.
    """
    digest = dumps.checksums(release.dumps).get(file)
    if digest is None:
        raise NotFoundError(f"release {release.id} has no file of that name; see /dumps/ for those it has")
    return digest


def _place(release: Release, file: str) -> Path:
    """Where a file of a release stands; no link leads out of the folder.

    :raises NotFoundError: it is not there, or a link stands in its place.
    """
    path = release.dumps / file
    if path.resolve() != release.dumps.resolve() / file or not path.is_file():
        raise NotFoundError(f"release {release.id} has no file of that name; see /dumps/ for those it has")
    return path


def _own_name(release: Release, file: str) -> str:
    """The name that a saved file gets: it says of which release it is."""
    return f"{release.id}-{file.replace('/', '-')}" if file != CHECKSUMS else file


def _groups() -> dict[str, list[Dump]]:
    """Files of the release being served by the folder they stand in; those of the whole under an empty name."""
    groups: dict[str, list[Dump]] = {"": [], "tables": [], "classes": [], "editions": []}
    for name, file in site().dumps.items():
        groups.setdefault(name.rpartition("/")[0], []).append(file)
    return groups
