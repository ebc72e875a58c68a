"""The closed vocabularies of ``ontology/schemes/``, as the importer needs them: is a value known, and as what."""

from __future__ import annotations

from pathlib import Path

from clustergraph import turtle
from clustergraph.errors import InputError
from clustergraph.importing.terms import CG, SKOS, Graph, URIRef, concept
from clustergraph.iris import slugify


class Vocabulary:
    """All concepts of the closed vocabularies.

    :param folder: ``ontology/schemes``.
    :raises InputError: a file is not Turtle, or the folder is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._graph = Graph()
        files = sorted(folder.glob("*.ttl"))
        if not files:
            raise InputError(f"{folder}: no vocabularies here; run this in the project's folder")
        for file in files:
            self._graph += turtle.read(file)
        self._by_label: dict[tuple[str, str], URIRef] = {}
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for subject, label in self._graph.subject_objects(predicate):
                scheme = str(subject).rsplit("/", 2)[-2]
                self._by_label.setdefault((scheme, slugify(str(label))), URIRef(str(subject)))

    def codes(self, scheme: str) -> list[str]:
        """The codes of a vocabulary as sheets write them, sorted."""
        prefix = str(concept(scheme, ""))
        found = {str(subject) for subject in self._graph.subjects(SKOS.inScheme, URIRef(prefix.rstrip("/")))}
        return sorted(iri.removeprefix(prefix).replace("-", "_") for iri in found)

    def labelled(self, scheme: str, label: str) -> URIRef | None:
        """The concept with this label, preferred or other, whatever its case and punctuation."""
        return self._by_label.get((scheme, slugify(label)))

    def scopes_of(self, indicator: URIRef) -> list[URIRef]:
        """The scopes that an indicator implies (registered participants: registered)."""
        return sorted(URIRef(str(scope)) for scope in self._graph.objects(indicator, CG.scope))
