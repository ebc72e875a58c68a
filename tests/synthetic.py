"""A few hundred triples in our model, made up, in three named graphs; and a release that holds nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import releases, search, store
from clustergraph.formats import N_QUADS
from clustergraph.iris import CG, PREFIXES, graph, thing
from clustergraph.validation.report import Report
from clustergraph.writing import write_quads

EDITIONS = 40
#: Statements of each edition in its own graph, and of each person in the registry.
OF_EDITION, OF_PERSON = 5, 2
FIRST, SECOND, REGISTRY = graph("edition/first"), graph("edition/second"), graph("registry")
XSD_DATE = NamedNode(PREFIXES["xsd"] + "date")
SIZE = EDITIONS * (OF_EDITION + OF_PERSON)


def quads() -> Iterator[Quad]:
    """Forty editions, each with a person who took part; the even ones in one graph, the odd ones in another."""
    for number in range(EDITIONS):
        edition, person = thing("edition", f"edition-{number}"), thing("person", f"person-{number}")
        home = FIRST if number % 2 == 0 else SECOND
        yield _quad(edition, PREFIXES["rdf"] + "type", NamedNode(CG + "Edition"), home)
        yield _quad(edition, PREFIXES["dct"] + "title", Literal(f"Édition “{number}”, <b>", language="und"), home)
        yield _quad(edition, PREFIXES["schema"] + "startDate", Literal("2025-07-01", datatype=XSD_DATE), home)
        yield _quad(edition, CG + "statedNumber", Literal(number), home)
        yield _quad(edition, PREFIXES["cv"] + "hasParticipation", NamedNode(person), home)
        yield _quad(person, PREFIXES["rdf"] + "type", NamedNode(PREFIXES["foaf"] + "Person"), REGISTRY)
        yield _quad(person, PREFIXES["foaf"] + "name", Literal(f"Person {number}"), REGISTRY)


def _quad(subject: str, predicate: str, value: NamedNode | Literal, home: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(home))


def release(folder: Path) -> releases.Release:
    """A finished release of these triples in a new folder."""
    canonical = write_quads(quads(), N_QUADS)
    digest = sha256(canonical).hexdigest()
    store.write(quads(), folder / "store")
    search.write(folder / search.INDEX, [], [])
    (folder / "dumps").mkdir()
    (folder / releases.CANONICAL).write_bytes(canonical)
    (folder / "context.jsonld").write_text(json.dumps({"@context": PREFIXES}), encoding="utf-8")
    (folder / releases.RULES).write_bytes(b"")
    (folder / releases.REPORT).write_text(Report.of((), 0, 0).to_json(), encoding="utf-8")
    about = releases.About(digest[:16], digest, releases.FORMAT, "0", "2031-01-01T00:00:00Z", SIZE, {})
    (folder / releases.ABOUT).write_bytes(about.to_json())
    lines = [f"{found}  {name}\n" for name, found in releases.manifest(folder).items()]
    (folder / releases.MANIFEST).write_text("".join(lines), encoding="utf-8")
    return releases.at(folder)
