"""Distributions: the files of a release, each with size, checksum, format and licence (DCAT-AP 3.0.1, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from clustergraph import dumps
from clustergraph.dcat import authorities
from clustergraph.dcat.publication import SERVICE
from clustergraph.formats import FILE_FORMATS, XLSX, Format, by_name
from clustergraph.iris import ROOT
from clustergraph.releases import Release
from clustergraph.statements import about, english, typed

GZIP = "gz"


@dataclass(frozen=True)
class File:
    """A file of a release that holds the whole graph, or one table of it.

    :ivar path: its path under the dumps of the release.
    :ivar size: in bytes.
    :ivar digest: SHA-256, in hex.
    :ivar fmt: its format; of a compressed file, that of what is in it.
    """

    path: str
    size: int
    digest: str
    fmt: Format
    compressed: bool


def files(release: Release) -> list[File]:
    """The files of a release that the catalogue lists: those of single editions and classes are parts of these."""
    found = []
    for path, digest in dumps.checksums(release.dumps).items():
        name, _, ending = path.rpartition(".")
        compressed = ending == GZIP
        fmt = by_name(name.rpartition(".")[2] if compressed else ending, FILE_FORMATS)
        if fmt and path.partition("/")[0] in (path, "tables"):
            found.append(File(path, (release.dumps / path).stat().st_size, digest, fmt, compressed))
    return found


def describe(release: Release, name: str, base: str) -> Iterator[Triple]:
    """The distributions of a release.

    :param name: the release as dump addresses name it: its identifier, or ``"latest"``.
    :param base: the public address of the service.
    """
    found = files(release)
    for file in found:
        yield from _file(file, release, name, base)
    kinds = {file.fmt.media_type for file in found} | ({"application/gzip"} if found else set())
    yield from authorities.of_formats({file.fmt.file_type for file in found}, kinds)


def iri(name: str, file: File) -> NamedNode:
    """The IRI of a distribution: the permanent address of its file."""
    return NamedNode(f"{ROOT}dumps/{name}/{file.path}")


def _file(file: File, release: Release, name: str, base: str) -> Iterator[Triple]:
    node = iri(name, file).value
    address = NamedNode(f"{base}/dumps/{name}/{file.path}")
    yield from about(
        node,
        "dcat:Distribution",
        {
            "dct:title": english(file.path),
            "dct:description": english(_words(file)),
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dcat:accessService": NamedNode(SERVICE),
            "dcat:byteSize": typed(str(file.size), "nonNegativeInteger"),
            "dcat:mediaType": authorities.media_type(file.fmt.media_type),
            "dcat:compressFormat": authorities.media_type("application/gzip") if file.compressed else None,
            "dcatap:availability": authorities.term(authorities.STABLE),
            "dct:format": authorities.file_type(file.fmt.file_type),
            "dct:issued": typed(release.about.created, "dateTime"),
            "dct:license": NamedNode(authorities.LICENCE),
            "dct:rights": authorities.term(authorities.PUBLIC),
            "spdx:checksum": NamedNode(f"{node}#checksum"),
        },
    )
    yield from about(
        f"{node}#checksum",
        "spdx:Checksum",
        {
            "spdx:algorithm": NamedNode(authorities.SHA256),
            "spdx:checksumValue": typed(file.digest, "hexBinary"),
        },
    )


def _words(file: File) -> str:
    what = "One table of the graph" if "/" in file.path else "All tables" if file.fmt is XLSX else "The whole graph"
    return f"{what} as {file.fmt.label}" + (", compressed with gzip" if file.compressed else "")
