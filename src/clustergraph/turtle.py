"""The project's canonical Turtle: what stands in ``data/``, ``ontology/`` and ``shapes/``.

One statement a line, subjects and predicates in a fixed order, the project's prefixes: a change of one fact is a
change of one line, and the same facts are always the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from clustergraph import nodes
from clustergraph.errors import InputError
from clustergraph.iris import PREFIXES, SHORT_PREFIXES


def empty() -> Graph:
    """A graph that knows the project's prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, **SHORT_PREFIXES}.items():
        graph.bind(prefix, namespace)
    return graph


def read(path: Path) -> Graph:
    """The graph of one Turtle file of the project; an empty one where the file does not exist.

    :raises InputError: the file is not Turtle; the message names file and line.
    """
    graph = empty()
    if path.exists():
        try:
            # The engine's parser takes a third of the time of rdflib's.
            nodes.graph(parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True), graph)
        except (SyntaxError, OSError) as error:
            raise InputError(f"{path}: not valid Turtle: {error}; mend the file and try again") from error
    return graph


def write(graph: Graph) -> bytes:
    """The graph in canonical Turtle, UTF-8, ending in one newline."""
    clean = empty()
    for triple in graph:
        clean.add(triple)
    return clean.serialize(format="longturtle", encoding="utf-8").rstrip() + b"\n"


def save(files: dict[Path, bytes]) -> None:
    """Write several files, each wholly or not at all: all are written beside their places first, then renamed.

    :raises InputError: a file cannot be written (no space, no permission); none has been changed then.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
    except OSError as error:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)
        raise InputError(
            f"{error.filename or path}: cannot be written: {error.strerror}; nothing was changed"
        ) from error
    for name, path in waiting:
        os.replace(name, path)
