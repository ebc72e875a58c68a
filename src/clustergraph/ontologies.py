"""Versions of the ontology: the number that a release states (OWL 2 Structural Specification, section 3.1)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from clustergraph import iris
from clustergraph.iris import PREFIXES

STATED = f"<{iris.ONTOLOGY}> <{PREFIXES['owl']}versionInfo> ".encode()


def version(dump: Path) -> str:
    """The version of the ontology in a canonical dump, such as ``"0.1.0"``; empty where it states none."""
    with suppress(OSError), dump.open("rb") as lines:
        for line in lines:
            if line.startswith(STATED):
                return str(next(iter(parse(line, RdfFormat.N_QUADS))).object.value)
    return ""
