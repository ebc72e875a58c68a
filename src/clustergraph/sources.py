"""The facts as people keep them: the Turtle files of ``ontology/`` and ``data/``, read strictly into a dataset.

Which file belongs to which named graph:

=====================  ====================================
ontology/*.ttl         graph/ontology
ontology/schemes/*.ttl graph/vocabulary
data/registry/*.ttl    graph/registry
data/decisions/*.ttl   graph/decisions
data/editions/X.ttl    graph/edition/X, a graph each
data/additions/X.ttl   graph/edition/X as well
=====================  ====================================

An edition's file is what its fact sheet gives, and importing the sheet again writes it anew; what an editor adds to
it by hand (a fact that a source states and the sheet leaves out) stands in its additions, which no import touches.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from clustergraph import iris
from clustergraph.dataset import Dataset, Origin
from clustergraph.errors import InputError

EDITIONS = "data/editions"
ADDITIONS = "data/additions"
#: Folder -> the name of its graph, in the order of reading: what several files describe is at home in the first.
FOLDERS = {
    "ontology": "ontology",
    "ontology/schemes": "vocabulary",
    "data/registry": "registry",
    "data/decisions": "decisions",
    EDITIONS: "edition",
    ADDITIONS: "edition",
}


def read(project: Path) -> Dataset:
    """The dataset that the files of a project state.

    :param project: the folder that holds ``data/`` and ``ontology/``.
    :raises InputError: a file that is not UTF-8, not NFC, not Turtle, or holds a blank node or a triple of another
        file; or a Turtle file outside the folders of :data:`FOLDERS`. The message names file and line.
    """
    dataset = Dataset(project)
    for path in _files(project):
        origin = Origin(NamedNode(_graph_of(path)), path)
        for triple in triples(project, path):
            dataset.add(triple, origin)
    return dataset


def triples(project: Path, path: Path) -> Iterator[Triple]:
    """The triples of one Turtle file (RDF 1.1 Turtle), in the order of the file.

    :param path: the file, relative to the project, as messages name it.
    :raises InputError: as in :func:`read`.
    """
    text = _text(project, path)
    try:
        for quad in parse(text, format=RdfFormat.TURTLE):
            _refuse_nameless(quad.triple, path)
            yield quad.triple
    except SyntaxError as error:
        reason = str(error.msg).partition(": ")[2] or error.msg
        raise InputError(f"{path}:{error.lineno}: not valid Turtle: {reason}; mend that line") from error


def _files(project: Path) -> list[Path]:
    for room in ("data", "ontology"):
        if not (project / room).is_dir():
            raise InputError(
                f"{project} has no folder {room}/; run clustergraph in the project's folder, or name it in "
                "CLUSTERGRAPH_PROJECT"
            )
    found = [path.relative_to(project) for room in ("ontology", "data") for path in (project / room).rglob("*.ttl")]
    for path in found:
        if path.parent.as_posix() not in FOLDERS:
            raise InputError(f"{path}: no graph belongs to this folder; move the file to one of {', '.join(FOLDERS)}")
    order = list(FOLDERS)
    return sorted(found, key=lambda path: (order.index(path.parent.as_posix()), path.name))


def _graph_of(path: Path) -> str:
    folder = path.parent.as_posix()
    if folder not in (EDITIONS, ADDITIONS):
        return iris.graph(FOLDERS[folder])
    if not iris.SLUG.fullmatch(path.stem):
        raise InputError(f"{path}: name the file as the edition, in lower case: 2025-07-01-cluj-napoca.ttl")
    return iris.graph(f"edition/{path.stem}")


def _text(project: Path, path: Path) -> str:
    try:
        content = (project / path).read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    if not unicodedata.is_normalized("NFC", text):
        lines = enumerate(text.splitlines(), start=1)
        line = next(number for number, part in lines if not unicodedata.is_normalized("NFC", part))
        raise InputError(f"{path}:{line}: letters in decomposed form; write the line in Unicode NFC")
    return text


def _refuse_nameless(triple: Triple, path: Path) -> None:
    for term in (triple.subject, triple.object):
        if not isinstance(term, (NamedNode, Literal)):
            raise InputError(
                f"{path}: a blank node or a quoted triple at {triple.predicate} of {triple.subject}; published data "
                "have neither: give the node an IRI"
            )
