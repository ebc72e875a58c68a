"""The W3C's test suites of SPARQL 1.0 and 1.1: their files, fetched once, and the tests that their manifests list."""

from __future__ import annotations

import os
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import registry
from pyoxigraph import Literal, RdfFormat, parse
from registry import Archive, NotFetchedError

from clustergraph.engine import Solution
from clustergraph.store import in_memory

#: The source distribution on PyPI that holds the suites as the W3C publishes them, and its SHA-256.
SUITES_AT = Archive(
    "rdflib", "7.6.0", "6c831288d5e4a5a7ece85d0ccde9877d512a3d0f02d7c06455d00d6d0ea379df", source=True
)
INSIDE = f"{SUITES_AT.package}-{SUITES_AT.version}/test/data/suites/w3c/"
#: Folder of a suite -> the address the W3C publishes it at.
SUITES = {
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
READABLE = (".ttl", ".nt", ".rdf")

#: The tests of a manifest that the W3C has approved.
LISTED = """
PREFIX dawgt: <http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#>
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

SELECT ?test ?type ?query ?result ?lax (GROUP_CONCAT(DISTINCT STR(?data)) AS ?default)
  (GROUP_CONCAT(DISTINCT STR(?graph)) AS ?named) WHERE {
  ?manifest mf:entries/rdf:rest*/rdf:first ?test .
  ?test a ?type ; mf:action ?action ; dawgt:approval dawgt:Approved .
  OPTIONAL { ?action qt:query ?asked }
  OPTIONAL { ?action qt:data ?data }
  OPTIONAL { ?action qt:graphData ?graph }
  OPTIONAL { ?test mf:result ?result }
  BIND(COALESCE(?asked, ?action) AS ?query)
  BIND(EXISTS { ?test mf:resultCardinality mf:LaxCardinality } AS ?lax)
}
GROUP BY ?test ?type ?query ?result ?lax
ORDER BY ?test
"""


@dataclass(frozen=True)
class Case:
    """One test of a suite.

    :ivar name: suite, folder and test: ``"sparql11/bind/bind01"``.
    :ivar type: ``"QueryEvaluationTest"``, ``"NegativeSyntaxTest"`` and so on, without the version.
    :ivar text: its query.
    :ivar query: the address of its query, against which relative IRIs resolve.
    :ivar default: addresses of the data of its default graph.
    :ivar named: addresses of its named graphs.
    :ivar result: the address of the answer expected, or None.
    :ivar lax: whether duplicate rows may be fewer than expected.
    """

    name: str
    type: str
    text: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: str | None
    lax: bool

    @property
    def is_positive(self) -> bool:
        """Whether its query is good SPARQL."""
        return not self.type.startswith("Negative")


@dataclass(frozen=True)
class Suite:
    """The files of both suites.

    :ivar path: the folder that holds the folders of :data:`SUITES`.
    """

    path: Path

    def file(self, address: str) -> Path:
        """The file that stands for an address."""
        return next(self.path / name / address[len(at) :] for name, at in SUITES.items() if address.startswith(at))

    @cached_property
    def graphs(self) -> dict[str, Path]:
        """Address -> file of everything in the folders of tests that can be read as a graph."""
        return {
            base + file.relative_to(self.path / name).as_posix(): file
            for name, base in SUITES.items()
            for file in sorted((self.path / name).glob("*/*"))
            if file.suffix in READABLE and "manifest" not in file.name
        }

    def cases(self, folder: str) -> list[Case]:
        """The approved tests in a folder: ``"sparql11/bind"``."""
        name, _, rest = folder.partition("/")
        manifest = self.path / folder / "manifest.ttl"
        base = f"{SUITES[name]}{rest}/manifest.ttl"
        listed = in_memory(parse(path=str(manifest), format=RdfFormat.TURTLE, base_iri=base))
        return [self._case(folder, row) for row in listed.select(LISTED)]

    def _case(self, folder: str, row: Solution) -> Case:
        query = row["query"].value
        return Case(
            name=f"{folder}/{row['test'].value.partition('#')[2]}",
            type=row["type"].value.partition("#")[2].removesuffix("11"),
            text=self.file(query).read_text(encoding="utf-8"),
            query=query,
            default=_addresses(row["default"]),
            named=_addresses(row["named"]),
            result=row["result"].value if row["result"] else None,
            lax=row["lax"].value == "true",
        )


def _addresses(joined: Literal | None) -> tuple[str, ...]:
    return tuple(joined.value.split()) if joined else ()


def fetched(cache: Path) -> Suite:
    """The suites, from a folder that keeps them or else from the package registry.

    :raises NotFetchedError: the registry cannot be reached, or what it gives is not what is expected.
    """
    kept = cache / f"{SUITES_AT.package}-{SUITES_AT.version}"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            archive = registry.download(SUITES_AT, Path(folder))
            _unpack(archive, Path(folder) / "out")
            # In one step: of two processes that fetch at once, the second finds the folder full.
            try:
                os.rename(Path(folder) / "out" / INSIDE, kept)
            except OSError as error:
                if not kept.exists():
                    raise NotFetchedError(f"{kept} cannot be written: {error}") from error
    return Suite(kept)


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content and member.name.startswith(tuple(INSIDE + name for name in SUITES)):
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
