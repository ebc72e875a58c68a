"""RDF files of any content in an engine folder, to be asked as a release is: for tests and for trying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from clustergraph import store
from clustergraph.errors import InputError, TooLargeError
from clustergraph.releases import FORMAT, About, Release

#: Bytes of all files together: what the engine loads in well under a minute.
MAX_BYTES = 256 * 2**20
ENDINGS = ".ttl, .nt, .nq, .trig, .rdf, .jsonld"


@dataclass(frozen=True)
class RdfFile:
    """A file to read.

    :ivar path: Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, as its ending says.
    :ivar graph: the IRI of the graph its triples go to, which is also the base of relative IRIs; None: where the file
        itself puts them, which is the default graph for all but N-Quads, TriG and JSON-LD.
    """

    path: Path
    graph: str | None = None


def write(files: Sequence[RdfFile], folder: Path) -> Release:
    """Read files into a new engine folder; the result is named by a hash of them.

    :param folder: an empty folder; the engine's one is made in it.
    :raises InputError: a file cannot be read or parsed, or its graph is named by no absolute IRI.
    :raises TooLargeError: together they have more than :data:`MAX_BYTES`.
    """
    digest = _digest(files)
    store.write(quads(files), folder / "store")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    size = len(store.open_read_only(folder / "store"))
    return Release(folder, About(digest[:16], digest, FORMAT, version("clustergraph"), now, size, {}))


def quads(files: Iterable[RdfFile]) -> Iterator[Quad]:
    """What the files state; each has blank nodes of its own.

    :raises InputError: a file cannot be parsed; the message names the line.
    """
    for file in files:
        try:
            yield from _parsed(file)
        except SyntaxError as error:
            raise InputError(f"{file.path}:{error.lineno or 1}: cannot be parsed: {error.msg}") from error
        except (OSError, ValueError) as error:
            raise InputError(f"{file.path}: cannot be read: {error}") from error


def _parsed(file: RdfFile) -> Iterator[Quad]:
    found = parse(
        path=str(file.path),
        format=_format(file.path),
        base_iri=file.graph or file.path.resolve().as_uri(),
        without_named_graphs=file.graph is not None,
        rename_blank_nodes=True,
    )
    name = NamedNode(file.graph) if file.graph else None
    return (Quad(quad.subject, quad.predicate, quad.object, name) for quad in found) if name else found


def _format(path: Path) -> RdfFormat:
    found = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if found is None:
        raise InputError(f"{path}: the ending says no format; name the file by one of {ENDINGS}")
    return found


def _digest(files: Sequence[RdfFile]) -> str:
    """A hash of the files and of where they go, made before anything is parsed."""
    found, size = sha256(), 0
    for file in files:
        try:
            size += file.path.stat().st_size
            if size > MAX_BYTES:
                raise TooLargeError(f"the files have more than {MAX_BYTES:,} bytes; give fewer or smaller ones")
            found.update(f"{file.graph or ''} {file.path.suffix}\0".encode() + file.path.read_bytes())
        except OSError as error:
            raise InputError(f"{file.path}: cannot be read: {error.strerror}; name a file with RDF") from error
    return found.hexdigest()
