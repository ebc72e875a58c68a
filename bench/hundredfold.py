"""A release a hundred times as large as the real one: every edition with all that belongs to it, again and again.

Each copy has its people, bodies, sessions and sources under addresses of its own, so what is real has a page as full
as before, among a hundred times as many; its map and its ledger show a hundred times the editions. Vocabularies,
countries and regions stay one. All of them can be searched for. Nothing is validated, and of the dumps there is the
one that the release is named by.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from clustergraph import dumps, releases, search, spellings, store
from clustergraph.iris import ID
from clustergraph.releases import Release

TIMES = 100
#: The addresses that each copy has of its own: those of all things but the series.
OWN = re.compile(rf"(?<=<{re.escape(ID)})((?!series/)[a-z]+/)")
#: What is carried over from the real release.
CARRIED = ("context.jsonld", releases.RULES, releases.REPORT)


def write(real: Release, folder: Path, times: int = TIMES) -> Release:
    """Write the release, and let it be the current one of a new folder.

    :param real: the release that is copied.
    :param folder: the folder of releases to make.
    :param times: how many times as large it is.
    """
    path = folder / "made"
    dump = path / releases.CANONICAL
    dump.parent.mkdir(parents=True)
    with dump.open("w", encoding="utf-8") as stream:
        stream.writelines(_texts((real.path / releases.CANONICAL).read_text(encoding="utf-8"), times))
    store.write(parse(path=str(dump), format=RdfFormat.N_QUADS), path / "store")
    for name in CARRIED:
        shutil.copy(real.path / name, path)
    with dump.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    (dump.parent / dumps.CHECKSUMS).write_text(f"{digest}  {dump.name}\n", encoding="utf-8")
    graph = store.open_read_only(path / "store")
    search.write(path / search.INDEX, spellings.things(graph), spellings.spellings(graph))
    about = replace(real.about, id=digest[:16], hash=digest, triples=len(graph))
    (path / releases.ABOUT).write_bytes(about.to_json())
    lines = [f"{digest}  {name}\n" for name, digest in releases.manifest(path).items()]
    (path / releases.MANIFEST).write_text("".join(lines), encoding="utf-8")
    path.rename(folder / about.id)
    releases.point(folder, about.id)
    return releases.current(folder)


def _texts(real: str, times: int) -> Iterator[str]:
    """The real graph as N-Quads, then the statements of its copies, until there are enough."""
    yield real
    left = (times - 1) * real.count("\n")
    own = "".join(line for line in real.splitlines(keepends=True) if OWN.search(line.partition("> ")[0]))
    for number in range(1, left // own.count("\n") + 2):
        yield OWN.sub(rf"\g<1>copy-{number}-", own)
