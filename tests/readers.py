"""Independent readers of RDF, and what each has read as one text: canonical N-Quads (RDFC-1.0).

pyoxigraph, rdflib, and a third that shares nothing with them: Raptor, in C, or PyLD for JSON-LD.
"""

from __future__ import annotations

import json
import subprocess
import warnings
from pathlib import Path

from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse, serialize
from rdflib import Dataset as RdflibDataset
from rdflib import Graph

#: File ending -> what each reader calls the format; those with named graphs.
ENGINE = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "nq": "nquads", "trig": "trig", "nt": "nt", "rdf": "xml"}
RAPTOR = {"ttl": "turtle", "nq": "nquads", "trig": "trig", "nt": "ntriples", "rdf": "rdfxml"}
NAMED = ("nq", "trig")


def canonical(quads: list[Quad]) -> str:
    """Quads in the canonical form of RDF Dataset Canonicalization 1.0."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted((serialize(dataset, format=RdfFormat.N_QUADS) or b"").decode().splitlines(keepends=True)))


def by_pyoxigraph(path: Path) -> str:
    return canonical(list(parse(path.read_bytes(), format=ENGINE[_ending(path)])))


def by_rdflib(path: Path) -> str:
    ending = _ending(path)
    graph = RdflibDataset() if ending in NAMED else Graph()
    with warnings.catch_warnings():  # its own readers use what it has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        graph.parse(path, format=RDFLIB[ending])
        text = graph.serialize(format="nquads" if ending in NAMED else "nt", encoding="utf-8")
    return canonical(list(parse(text, format=RdfFormat.N_QUADS)))


def by_raptor(path: Path) -> str:
    ending = _ending(path)
    output = "nquads" if ending in NAMED else "ntriples"
    command = ["rapper", "--quiet", "--input", RAPTOR[ending], "--output", output, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return canonical(list(parse(done.stdout, format=RdfFormat.N_QUADS)))


def by_pyld(path: Path) -> str:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}  # the name of RDFC-1.0 before it was one
    return str(jsonld.normalize(json.loads(path.read_text(encoding="utf-8")), options))


def _ending(path: Path) -> str:
    return path.suffix[1:]
