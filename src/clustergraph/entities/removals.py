"""Tombstones: what the editors' decisions say of an address that no longer names a thing.

A decision holds the SHA-256 of the address and not the address, which may be a person's name.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities.values import day
from clustergraph.errors import ClustergraphError, GoneError, MovedError, UnknownThingError
from clustergraph.forgotten import hash_of
from clustergraph.iris import candidates, kind_and_slug


def missing(graph: Engine, kind: str, slug: str) -> ClustergraphError:
    """What to say of an address under which the graph describes no thing: it moved, is gone, or never was.

    :returns: a :class:`MovedError`, :class:`GoneError` or :class:`UnknownThingError`, to be raised.
    """
    for iri in candidates(kind, slug):
        rows = graph.select(queries.load("thing/removal").text, {"hash": Literal(hash_of(iri))})
        if not rows:
            continue
        told = f"on {day(rows[0]['date'].value)}: {rows[0]['reason'].value}"
        replacement = rows[0]["replacement"]
        new = kind_and_slug(replacement.value) if isinstance(replacement, NamedNode) else None
        if new:
            return MovedError(
                f"this {kind} has another address, {'/'.join(new)}, since a decision {told}", (kind, slug), new
            )
        return gone(kind, rows[0]["date"].value, rows[0]["reason"].value)
    return UnknownThingError(kind, slug)


def gone(kind: str, date: str, reason: str) -> GoneError:
    """What to say of a thing that was removed, and not renamed."""
    return GoneError(f"this {kind} was removed on {day(date)}: {reason}")
