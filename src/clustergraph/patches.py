"""RDF Patch: what makes one release out of another, quad by quad (Apache Jena, RDF Delta, text form).

Dumps are canonical N-Quads: one line a quad, sorted, without blank nodes. So a difference is the merge of two files,
read once, and nothing but what differs is ever held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge

from pyoxigraph import RdfFormat, parse, serialize

from clustergraph.errors import InputError

KEPT, ADDED, REMOVED = b"", b"A", b"D"
ROW = re.compile(rb"(H|TX|TC|A|D)(?:[ \t]+(.*?))?[ \t]*\.")
HEAD = re.compile(rb"(id|prev)[ \t]+<([^<>\s]*)>")


@dataclass(frozen=True)
class Patch:
    """A patch that was read.

    :ivar head: ``id`` (what applying it gives) and ``prev`` (what it applies to), IRIs, where it states them.
    :ivar added: lines of canonical N-Quads to add.
    :ivar removed: lines to remove.
    """

    head: dict[str, str] = field(default_factory=dict)
    added: set[bytes] = field(default_factory=set)
    removed: set[bytes] = field(default_factory=set)


def compared(older: Iterable[bytes], newer: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Every line of two canonical dumps in order, each with what became of it: kept, added, removed."""
    left, right = iter(older), iter(newer)
    old, new = next(left, None), next(right, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old < new):
            yield REMOVED, old or b""
            old = next(left, None)
        elif old is None or new < old:
            yield ADDED, new
            new = next(right, None)
        else:
            yield KEPT, old
            old, new = next(left, None), next(right, None)


def write(prev: str, name: str, lines: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """A patch, line by line.

    :param prev: the IRI of what it applies to.
    :param name: the IRI of what it gives.
    :param lines: from :func:`compared`.
    """
    yield from (f"H id <{name}> .\n".encode(), f"H prev <{prev}> .\n".encode(), b"TX .\n")
    for became, line in lines:
        if became != KEPT:
            yield became + b" " + line
    yield b"TC .\n"


def read(lines: Iterable[bytes]) -> Patch:
    """A patch from its lines; where two rows speak of one quad, the later one counts.

    :raises InputError: a line is no row of RDF Patch, or the transaction is not whole.
    """
    patch, state = Patch(), b""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith(b"#"):
            continue
        row = ROW.fullmatch(line.strip())
        if row is None:
            raise InputError(f"line {number} of the patch is none of the rows H, TX, A, D, TC: {_shown(line)}")
        state = _take(patch, state, row[1], row[2] or b"", number)
    if state != b"TC":
        raise InputError("the patch does not end with TC: it is cut off; fetch it again")
    return patch


def _take(patch: Patch, state: bytes, code: bytes, rest: bytes, number: int) -> bytes:
    """Take one row into a patch; returns the code of the last row that began or ended a transaction."""
    if code == b"H":
        if head := HEAD.fullmatch(rest):
            patch.head[head[1].decode()] = head[2].decode("utf-8", "replace")
        return state
    if code in (b"TX", b"TC"):
        if (code == b"TC") != (state == b"TX"):
            raise InputError(f"line {number} of the patch: {code.decode()} stands where no transaction allows it")
        return code
    if state != b"TX":
        raise InputError(f"line {number} of the patch stands outside TX and TC")
    quad = _canonical(rest, number)
    wanted, other = (patch.added, patch.removed) if code == ADDED else (patch.removed, patch.added)
    other.discard(quad)
    wanted.add(quad)
    return state


def _canonical(rest: bytes, number: int) -> bytes:
    try:
        quads = list(parse(rest + b" .\n", RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise InputError(f"line {number} of the patch is no quad in N-Quads: {error.msg}") from error
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def apply(patch: Patch, dump: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a canonical dump after a patch, canonical again.

    :raises InputError: the dump is not in order, or lacks a quad that the patch removes: it is another release.
    """
    missing = set(patch.removed)
    last = b""
    for line in merge(_left(dump, missing), sorted(patch.added)):
        if line != last:
            yield line
        last = line
    if missing:
        raise InputError(
            f"the patch removes what the dump does not hold, it is for another release: {_shown(min(missing))}"
        )


def _left(dump: Iterable[bytes], missing: set[bytes]) -> Iterator[bytes]:
    """The lines of a dump that stay; what is found of the removed ones is taken from ``missing``."""
    before = b""
    for number, line in enumerate(dump, start=1):
        if line <= before:
            raise InputError(f"line {number} of the dump is not in order; take clustergraph.nq of a release")
        before = line
        if line in missing:
            missing.remove(line)
        else:
            yield line


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:200]
