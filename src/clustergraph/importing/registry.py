"""The registry: who is who and where is where, in ``data/registry/*.ttl``, and the editors' decisions beside it.

The importer only ever adds to it: what an editor wrote by hand stays.
"""

from __future__ import annotations

from pathlib import Path

from clustergraph import iris, turtle
from clustergraph.importing.terms import (
    CG,
    DCT,
    FOAF,
    RDF,
    SCHEMA,
    SKOS,
    Graph,
    Literal,
    URIRef,
    concept,
    describe,
    english,
    thing,
)
from clustergraph.names import fold, without_acronym

#: The registry's files, and the kind or vocabulary each holds.
FILES = (
    "people", "organisations", "places", "regions", "countries", "topics", "policies", "indicators", "events",
    "sources", "series",
)  # fmt: skip


class Registry:
    """The registry in memory, one graph a file.

    :param folder: ``data/registry``.
    :ivar files: file name without ending -> graph.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Graph] = {name: turtle.read(folder / f"{name}.ttl") for name in FILES}
        self._places = self._index("places", FOAF.name, SKOS.altLabel)
        self._by_url = {
            str(url): URIRef(str(node)) for node, url in self.files["sources"].subject_objects(SCHEMA.url)
        }
        self._countries = {
            str(code): URIRef(str(node)) for node, code in self.files["countries"].subject_objects(CG.iso2)
        }

    def _index(self, file: str, *predicates: URIRef) -> dict[str, list[URIRef]]:
        index: dict[str, list[URIRef]] = {}
        for predicate in predicates:
            for subject, label in self.files[file].subject_objects(predicate):
                index.setdefault(fold(str(label)), []).append(URIRef(str(subject)))
        return index

    def country(self, iso2: str) -> URIRef | None:
        """The country of an ISO code, or None where the registry has none."""
        return self._countries.get(iso2)

    def nuts_prefix(self, iso2: str) -> str:
        """The two letters that a country's NUTS codes begin with (EL for GR), empty where it has none."""
        code = self.files["countries"].value(self._countries.get(iso2), CG.nutsCode)
        return "" if code is None else str(code)

    def country_of_nuts(self, code: str) -> URIRef | None:
        """The country that a NUTS code belongs to, by its first two letters."""
        node = self.files["countries"].value(predicate=CG.nutsCode, object=Literal(code[:2]))
        return None if node is None else URIRef(str(node))

    def country_called(self, name: str) -> URIRef | None:
        """The country of a name, in any spelling the registry has; a note in parentheses is left aside."""
        labels = self._index("countries", SKOS.prefLabel, SKOS.altLabel)
        return next(iter(labels.get(fold(name)) or labels.get(fold(_before_parenthesis(name)), [])), None)

    def region(self, code: str, country: URIRef) -> URIRef:
        """The region of a NUTS code; one not met before is added with its chain of broader regions.

        Its official name is not in the sheet: the code stands for it until an editor gives the name.
        """
        node = URIRef(iris.nuts(code))
        graph = self.files["regions"]
        if (node, RDF.type, None) not in graph:
            broader = self.region(code[:3], country) if len(code) > 3 else country
            describe(
                graph,
                node,
                {
                    RDF.type: [SKOS.Concept, CG.Region],
                    SKOS.notation: code,
                    CG.nutsLevel: len(code) - 2,
                    SKOS.prefLabel: english(code),
                    SKOS.inScheme: URIRef("http://data.europa.eu/nuts"),
                    SKOS.broader: broader,
                    DCT.spatial: country,
                },
            )
        return node

    def region_called(self, name: str, country: URIRef, preferred: URIRef | None) -> URIRef | None:
        """The region of a name in a country, the preferred one first; a note in parentheses is left aside."""
        wanted = {fold(name), fold(_before_parenthesis(name))}
        graph = self.files["regions"]
        found = [
            URIRef(str(node))
            for predicate in (SKOS.prefLabel, SKOS.altLabel)
            for node, label in graph.subject_objects(predicate)
            if {fold(str(label)), fold(_before_parenthesis(str(label)))} & wanted
            and (node, DCT.spatial, country) in graph
        ]
        return preferred if preferred in found else next(iter(sorted(found, key=str)), None)

    def place(self, city: str, country: URIRef | None) -> URIRef | None:
        """The place of a city's name, or None where the registry has none in that country."""
        graph = self.files["places"]
        return next(
            (
                node
                for node in self._places.get(fold(city), [])
                if country is None or (node, DCT.spatial, country) in graph
            ),
            None,
        )

    def place_or_new(self, city: str, country: URIRef, region: URIRef | None) -> URIRef:
        """The place of a city; one not met before is added, without coordinates until an editor gives them."""
        node = self.place(city, country)
        if node is None:
            node = self.free("places", "place", city)
            self._places.setdefault(fold(city), []).append(node)
            describe(
                self.files["places"],
                node,
                {RDF.type: SCHEMA.Place, FOAF.name: city, DCT.spatial: country, CG.region: region},
            )
        return node

    def free(self, file: str, kind: str, name: str) -> URIRef:
        """A new IRI for a thing of a name: its slug, with a number where another thing has that slug."""
        slug = iris.slugify(name) or "unnamed"
        number = 1
        while True:
            node = thing(kind, slug if number == 1 else f"{slug}-{number}")
            if (node, None, None) not in self.files[file]:
                return node
            number += 1

    def open_concept(self, scheme: str, file: str, label: str) -> URIRef:
        """The concept of a topic, policy or indicator; one not met before is added, other spellings are kept."""
        node = concept(scheme, iris.slugify(label))
        graph = self.files[file]
        known = graph.value(node, SKOS.prefLabel)
        if known is None:
            scheme_node = URIRef(iris.VOCABULARY + scheme)
            describe(
                graph,
                node,
                {RDF.type: SKOS.Concept, SKOS.inScheme: scheme_node, SKOS.prefLabel: english(label)},
            )
        elif str(known) != label:
            graph.add((node, SKOS.altLabel, Literal(label, lang="en")))
        return node

    def page(self, kind: str, url: str, mark: str) -> URIRef:
        """The one node of a web page; a new one gets a readable slug and a mark that keeps it apart."""
        if url not in self._by_url:
            self._by_url[url] = thing(kind, f"{iris.page_slug_of_url(url)}-{mark}")
        return self._by_url[url]


def _before_parenthesis(name: str) -> str:
    return without_acronym(name).split(" (")[0]
