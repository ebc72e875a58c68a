"""The dataset a build works on: triples, each in exactly one named graph, and the files they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from clustergraph import store
from clustergraph.errors import InputError

PREFIX_LINE = re.compile(r"\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
#: A subject of canonical Turtle: an IRI or a prefixed name at the very start of a line.
SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):(\S*))(?:\s|$)")


@dataclass(frozen=True)
class Origin:
    """Where triples come from.

    :ivar graph: the named graph they belong to.
    :ivar path: the file they were read from, or None where the build derived them.
    """

    graph: NamedNode
    path: Path | None = None

    def __str__(self) -> str:
        return str(self.path) if self.path else f"the derived triples of {self.graph.value}"


class Dataset:
    """Triples, each in exactly one named graph.

    :param project: the folder that file names in messages are relative to.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self._origins: dict[Triple, Origin] = {}
        self._homes: dict[NamedNode, Origin] = {}
        self._lines: dict[Path, dict[str, int]] = {}

    def __len__(self) -> int:
        return len(self._origins)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._origins

    def add(self, triple: Triple, origin: Origin) -> None:
        """Put a triple where it belongs.

        :raises InputError: it already stands in another file: the union of the graphs would count it twice.
        """
        before = self._origins.setdefault(triple, origin)
        if before != origin:
            raise InputError(
                f"{origin}: this triple already stands in {before}: {triple}; keep it in one of the two files"
            )
        if isinstance(triple.subject, NamedNode):
            self._homes.setdefault(triple.subject, origin)

    def derive(self, triples: Iterable[Triple], graph: str | None = None) -> int:
        """Add triples that follow from others, each to the graph its subject is described in, none that is stated.

        :param triples: what follows.
        :param graph: the IRI of the graph for subjects that no graph describes yet. Without it their triples are left
            out: nothing is derived about a thing that is only referred to, and validation names the reference.
        :returns: how many were added.
        """
        before = len(self)
        new = Origin(NamedNode(graph)) if graph else None
        for triple in triples:
            origin = self._homes.get(triple.subject, new) if isinstance(triple.subject, NamedNode) else None
            if origin and triple not in self:
                self.add(triple, Origin(origin.graph))
        return len(self) - before

    def quads(self) -> Iterator[Quad]:
        """Every triple with its graph, in the order of reading."""
        return (Quad(t.subject, t.predicate, t.object, origin.graph) for t, origin in self._origins.items())

    def graph(self) -> store.Graph:
        """The dataset as it is now, in a form that can be asked."""
        return store.in_memory(self.quads())

    def where(self, subject: str) -> str:
        """In which file, and on which line where that can be told, a thing is described.

        :param subject: the IRI of the thing.
        :returns: ``"data/registry/people.ttl:12"``; an empty text where no file describes the thing.
        """
        home = self._homes.get(NamedNode(subject))
        if home is None or home.path is None:
            return ""
        if home.path not in self._lines:
            self._lines[home.path] = subject_lines((self.project / home.path).read_text(encoding="utf-8"))
        line = self._lines[home.path].get(subject)
        return f"{home.path}:{line}" if line else str(home.path)


def subject_lines(text: str) -> dict[str, int]:
    """The line on which each subject of a Turtle text begins, counted from 1.

    :param text: Turtle whose subjects begin their lines, as canonical Turtle does; others are left out.
    """
    prefixes: dict[str, str] = {}
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if prefix := PREFIX_LINE.match(line):
            prefixes[prefix[1]] = prefix[2]
        elif subject := SUBJECT.match(line):
            iri, name, local = subject.groups()
            full = iri if iri is not None else prefixes.get(name, f"{name}:") + local.replace("\\", "")
            found.setdefault(full, number)
    return found
