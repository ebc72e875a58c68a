"""The example queries: files under ``sparql/examples/``, for the gallery of the editor and as RDF.

Each begins with comment lines: what it asks, a few words on how to read the answer, and ``Keywords:``, the first of
which is the group it is shown in. As RDF they are executables in the terms of SHACL, section 5 and its Advanced
Features, with the keywords and the target that collections of SPARQL examples agree on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import queries
from clustergraph.errors import InputError
from clustergraph.iris import PREFIXES, ROOT
from clustergraph.sparqltext import form

#: The document that describes the examples; each has a fragment of it as IRI.
DOCUMENT = ROOT + "sparql/examples"
KEYWORDS = "Keywords:"
#: The vocabulary of the SIB's collection of SPARQL examples, for what SHACL has no term for.
SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
SH = PREFIXES["sh"]
#: Form of a query -> its class and the property that carries its text.
TERMS = {
    "SELECT": (SH + "SPARQLSelectExecutable", SH + "select"),
    "ASK": (SH + "SPARQLAskExecutable", SH + "ask"),
    "CONSTRUCT": (SH + "SPARQLConstructExecutable", SH + "construct"),
    "DESCRIBE": (SPEX + "SPARQLDescribeExecutable", SPEX + "describe"),
}
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class Example:
    """An example query.

    :ivar slug: the name of its file without the ending.
    :ivar title: what it asks.
    :ivar about: how to read the answer.
    :ivar keywords: what it is about; the first is its group.
    :ivar text: the query with its comment lines.
    """

    slug: str
    title: str
    about: str
    keywords: tuple[str, ...]
    text: str

    @property
    def group(self) -> str:
        """The group it is shown in."""
        return self.keywords[0]

    @property
    def form(self) -> str:
        """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``."""
        return form(self.text)

    @property
    def iri(self) -> str:
        """Its IRI: a fragment of :data:`DOCUMENT`."""
        return f"{DOCUMENT}#{self.slug}"


@cache
def load() -> tuple[Example, ...]:
    """All examples, by group and title.

    :raises InputError: a file lacks a title, a description or keywords.
    """
    names = (entry.name for entry in files("clustergraph").joinpath("sparql", "examples").iterdir())
    found = [_read(name.removesuffix(".rq")) for name in names if name.endswith(".rq")]
    return tuple(sorted(found, key=lambda example: (example.group, example.title)))


def _read(slug: str) -> Example:
    text = queries.load(f"examples/{slug}").text
    head = [line.lstrip("# ") for line in text.split("\n\n")[0].splitlines() if line.startswith("#")]
    if len(head) < 3 or not head[-1].startswith(KEYWORDS):
        raise InputError(
            f"sparql/examples/{slug}.rq: begin with a comment line for the title, one or more for the description, "
            f"and one for {KEYWORDS!r}"
        )
    keywords = tuple(word.strip() for word in head[-1].removeprefix(KEYWORDS).split(","))
    return Example(slug, head[0], " ".join(head[1:-1]), keywords, text)


def describe(endpoint: str) -> list[Triple]:
    """All examples as RDF.

    :param endpoint: the public address of the endpoint that answers them.
    """
    return [triple for example in load() for triple in _triples(example, endpoint)]


def _triples(example: Example, endpoint: str) -> Iterator[Triple]:
    subject = NamedNode(example.iri)
    kind, carries = TERMS[example.form]
    yield Triple(subject, RDF_TYPE, NamedNode(SH + "SPARQLExecutable"))
    yield Triple(subject, RDF_TYPE, NamedNode(kind))
    yield Triple(subject, NamedNode(carries), Literal(example.text))
    yield Triple(subject, NamedNode(PREFIXES["rdfs"] + "label"), Literal(example.title, language="en"))
    yield Triple(subject, NamedNode(PREFIXES["rdfs"] + "comment"), Literal(example.about, language="en"))
    yield Triple(subject, NamedNode(PREFIXES["schema"] + "target"), NamedNode(endpoint))
    for keyword in example.keywords:
        yield Triple(subject, NamedNode(PREFIXES["schema"] + "keywords"), Literal(keyword, language="en"))
