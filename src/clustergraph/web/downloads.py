"""``/dumps/``: the whole graph and each edition as files, served as they lie in the release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

from clustergraph.formats import CSV, CSVW, DUMP_FORMATS, XLSX
from clustergraph.web import conditional, shelf, signposts
from clustergraph.web.site import site

blueprint = Blueprint("downloads", __name__, url_prefix="/dumps")
#: File ending -> Content-Type. A compressed file is a file of its own, not a coding of another one.
TYPES = {
    ".gz": "application/gzip",
    "": "text/plain; charset=utf-8",
    **{f".{fmt.name}": fmt.content_type for fmt in (*DUMP_FORMATS, CSV, CSVW, XLSX)},
}
#: Seconds: a dump of a named release never changes; the latest one may be another one soon.
FOREVER, SOON = 31_536_000, 300


@dataclass(frozen=True)
class Dump:
    """A file to download: its path under the release, and its size in bytes."""

    path: str
    size: int


@blueprint.get("/")
def listing() -> Response:
    """What there is to download."""
    return conditional.page(
        lambda: render_template(
            "dumps.html",
            release=site().release,
            whole=list(_files(site().release.dumps)),
            tables=list(_files(site().release.dumps / "tables", "tables/")),
            classes=list(_files(site().release.dumps / "classes", "classes/")),
            editions=list(_files(site().release.dumps / "editions", "editions/")),
            formats=DUMP_FORMATS,
        )
    )


@blueprint.get("/<name>/<path:file>")
def download(name: str, file: str) -> Response:
    """A file of the release being served (``latest``) or of another one that is kept."""
    latest = name in ("latest", site().release.id)
    folder = site().release.dumps if latest else shelf.named(site().settings.releases, name).dumps
    kind = TYPES.get(Path(file).suffix, "application/octet-stream")
    response = send_from_directory(folder, file, mimetype=kind, max_age=SOON if name == "latest" else FOREVER)
    response.content_type = kind
    response.headers["Link"] = signposts.of_dump()
    response.cache_control.public = True
    response.cache_control.no_cache = None
    response.cache_control.no_transform = True  # its checksum is published
    return response


def _files(folder: Path, prefix: str = "") -> Iterator[Dump]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield Dump(prefix + path.name, path.stat().st_size)
