"""Editions known only from what other editions' sources say of them: each gets an IRI and a graph of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import iris, queries, store
from clustergraph.engine import Solution
from clustergraph.iris import CG, PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")
TITLE = NamedNode(PREFIXES["dct"] + "title")
ALTERNATIVE = NamedNode(PREFIXES["dct"] + "alternative")
SPATIAL = NamedNode(PREFIXES["dct"] + "spatial")
SERIES = NamedNode(PREFIXES["schema"] + "superEvent")
START = NamedNode(PREFIXES["schema"] + "startDate")
END = NamedNode(PREFIXES["schema"] + "endDate")
LOCATION = NamedNode(PREFIXES["schema"] + "location")
SOURCE = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
CITY = NamedNode(CG + "cityText")
COVERAGE = NamedNode(CG + "coverage")
MENTIONED = NamedNode(iris.concept("coverage", "mentioned"))
EDITION = NamedNode(CG + "Edition")


@dataclass(frozen=True)
class Mention:
    """What one event relation says of an edition that has no file.

    :ivar edition: the IRI the edition has, and keeps once it gets a file.
    :ivar relation: the row of ``link/open-relations``.
    :ivar place: the place its city is, where the registry has it.
    :ivar city: the name of the city.
    """

    edition: NamedNode
    relation: Solution
    place: NamedNode | None
    city: Literal

    @property
    def slug(self) -> str:
        """The slug of the edition."""
        return self.edition.value.rpartition("/")[2]


def mention(graph: store.Graph, relation: Solution) -> Mention | None:
    """What an open relation says of an edition, or None where it does not say enough to tell which.

    It takes the first day, the country, and the city; a city that no source states is taken from a decision.
    """
    if relation["start"] is None or relation["country"] is None:
        return None
    if relation["city"] is None:
        where = {"start": relation["start"], "country": relation["country"]}
        placed = graph.select(queries.load("link/placement").text, where)
        if len(placed) != 1 or placed[0]["city"] is None:
            return None
        return Mention(placed[0]["edition"], relation, placed[0]["place"], placed[0]["city"])
    edition = iris.thing("edition", f"{relation['start'].value}-{iris.slugify(relation['city'].value)}")
    return Mention(NamedNode(edition), relation, _place(graph, relation), relation["city"])


def _place(graph: store.Graph, relation: Solution) -> NamedNode | None:
    where = {"city": relation["city"], "country": relation["country"]}
    found = graph.select(queries.load("link/place").text, where)
    return found[0]["place"] if len(found) == 1 else None


def describe(graph: store.Graph, mentions: list[Mention]) -> list[Triple]:
    """The triples of one edition known by mention.

    :param mentions: what is said of it, the earliest edition to say so first: its title and dates count, the other
        titles become alternatives, and every source is named.
    """
    first = mentions[0]
    titles = list(dict.fromkeys(said.relation["title"] for said in mentions))
    ends = [said.relation["end"] for said in mentions if said.relation["end"]]
    places = [said.place for said in mentions if said.place]
    facts = [
        (TYPE, EDITION),
        (COVERAGE, MENTIONED),
        (SERIES, first.relation["series"]),
        (TITLE, titles[0]),
        (START, first.relation["start"]),
        (SPATIAL, first.relation["country"]),
        (CITY, first.city),
        *((ALTERNATIVE, title) for title in titles[1:]),
        *((END, end) for end in ends[:1]),
        *((LOCATION, place) for place in places[:1]),
        *((SOURCE, source) for source in chain.from_iterable(_sources(graph, said) for said in mentions)),
    ]
    return [Triple(first.edition, predicate, value) for predicate, value in facts]


def _sources(graph: store.Graph, said: Mention) -> list[NamedNode]:
    rows = graph.select(queries.load("link/sources").text, {"relation": said.relation["relation"]})
    return [row["source"] for row in rows]
