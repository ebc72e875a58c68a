"""The lists there are: of which things, with which columns, sorted and chosen by what."""

from __future__ import annotations

from dataclasses import dataclass

from clustergraph.entities.facets import Aspect, Facet
from clustergraph.entities.panels import Column

#: The evidence that counts in every ranking.
PRESENCE = "took-part"

_EDITION = Column("edition", "Edition")
_EDITIONS = Column("editions", "Editions")
_TOOK_PART = Column("editions", "Took part in (editions)")
_KIND = Column("kind", "Kind")
_REGION = Column("region", "Region")
_COUNTRY = Column("country", "Country")
_HELD = Column("editions", "Editions held")
_ADDRESS = Column("address", "Address")

_BY_KIND = Facet("kind", "Kind")
_BY_COUNTRY = Facet("country", "Country")
_BY_REGION = Facet("region", "Region")
_BY_TOPIC = Facet("topic", "Topic")
_BY_EDITION = Facet("edition", "Edition", by_key=True)
_BY_YEAR = Facet("year", "Year", by_key=True)
_APPEARANCES = Aspect(
    "facets/appearances", (Facet("evidence", "Evidence"), Facet("role", "Role"), _BY_EDITION, _BY_YEAR),
    apart="evidence", usual=PRESENCE,
)  # fmt: skip


@dataclass(frozen=True)
class Sort:
    """An order of a list.

    :ivar name: its name in addresses.
    :ivar heading: its name for people.
    :ivar variable: the column that decides; empty for the names, without regard to letter case and diacritics.
    :ivar down: whether the largest or latest stands first.
    """

    name: str
    heading: str
    variable: str = ""
    down: bool = False


_BY_NAME = Sort("name", "Name")
_MOST = Sort("editions", "Took part most often", "editions", down=True)
_MOST_HELD = Sort("editions", "Most editions held", "editions", down=True)
_BY_DATE = (Sort("date", "Earliest first", "item"), Sort("latest", "Latest first", "item", down=True), _BY_NAME)


@dataclass(frozen=True)
class Listed:
    """A list: the query ``list/{name}`` and how its rows are shown.

    :ivar about: a sentence on what the list holds.
    :ivar sorts: its orders, the usual one first; where that is not by name, it is the order of the query.
    :ivar aspects: what it can be chosen by.
    :ivar more: path and name of a page that shows more of its things, or None.
    :ivar other_names: variables with further names, found by the filter and not shown.
    """

    name: str
    heading: str
    about: str
    columns: tuple[Column, ...]
    sorts: tuple[Sort, ...] = (_BY_NAME,)
    aspects: tuple[Aspect, ...] = ()
    other_names: tuple[str, ...] = ("also",)
    more: tuple[str, str] | None = None

    @property
    def keeps_apart(self) -> bool:
        """Whether it tells kinds of evidence apart."""
        return any(aspect.apart for aspect in self.aspects)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What it can be chosen by, in the order shown."""
        return tuple(facet for aspect in self.aspects for facet in aspect.facets)


LISTS = {
    listed.name: listed
    for listed in (
        Listed(
            "editions", "Editions", "Every edition known, by date.", other_names=("place", "country"),
            more=("/compare", "Compare some of them side by side"),
            columns=(Column("start", "Dates", until="end"), Column("place", "City"), _COUNTRY,
                     Column("number", "Number, as stated"), Column("coverage", "Coverage")),
            sorts=_BY_DATE,
            aspects=(
                Aspect("facets/editions-where", (_BY_YEAR, _BY_COUNTRY, _BY_REGION, Facet("coverage", "Coverage"))),
                Aspect("facets/editions-topics", (_BY_TOPIC,)),
                Aspect("facets/editions-policies", (Facet("policy", "Policy or programme"),)),
            ),
        ),
        Listed(
            "sessions", "Sessions", "The sessions of all editions, in order.",
            columns=(_EDITION, _KIND, Column("date", "Date")),
            sorts=(Sort("programme", "Programme", "item"), _BY_NAME),
            aspects=(
                Aspect("facets/sessions-editions", (_BY_KIND, _BY_EDITION, _BY_YEAR)),
                Aspect("facets/sessions-countries", (Facet("country", "Country represented"),)),
                Aspect("facets/sessions-topics", (_BY_TOPIC,)),
            ),
        ),
        Listed(
            "events", "Related events", "Events that sources relate to editions, by date.",
            columns=(Column("start", "Dates", until="end"), Column("place", "City"), _COUNTRY, _EDITION),
            sorts=_BY_DATE,
            aspects=(
                Aspect("facets/events-relations", (Facet("relation", "Relation"), _BY_EDITION)),
                Aspect("facets/events-where", (_BY_COUNTRY, _BY_YEAR)),
            ),
            other_names=("also", "place"),
        ),
        Listed(
            "people", "People", "People named in public sources, in their public professional roles only.",
            columns=(Column("organisation", "Organisations stated"), _TOOK_PART), sorts=(_BY_NAME, _MOST),
            aspects=(_APPEARANCES, Aspect("facets/people-countries", (_BY_COUNTRY,))),
        ),
        Listed(
            "organisations", "Organisations", "Clusters, authorities, companies, universities, projects and others.",
            columns=(Column("acronym", "Acronym"), _KIND, _COUNTRY, _TOOK_PART), other_names=("also", "acronym"),
            sorts=(_BY_NAME, _MOST),
            aspects=(
                Aspect("facets/organisations-kinds", (_BY_KIND,)), _APPEARANCES,
                Aspect("facets/organisations-where", (_BY_COUNTRY, _BY_REGION)),
                Aspect("facets/organisations-topics", (Facet("topic", "Sector"),)),
            ),
        ),
        Listed(
            "places", "Places", "Cities and towns that occur, with the editions held there.",
            columns=(_REGION, _COUNTRY, _HELD), sorts=(_BY_NAME, _MOST_HELD),
            aspects=(Aspect("facets/places-where", (_BY_COUNTRY, _BY_REGION)),),
        ),
        Listed(
            "regions", "Regions", "NUTS regions that occur, of levels 1 and 2.",
            columns=(Column("code", "NUTS code"), Column("level", "Level"), _COUNTRY, _HELD),
            sorts=(_BY_NAME, Sort("code", "NUTS code", "code"), _MOST_HELD),
            aspects=(Aspect("facets/regions-where", (_BY_COUNTRY, Facet("level", "Level of NUTS", by_key=True))),),
            other_names=("code",),
        ),
        Listed(
            "countries", "Countries", "Countries that occur, with the editions held there.",
            columns=(Column("code", "ISO code"), Column("member", "Member of the EU"), _HELD),
            sorts=(_BY_NAME, _MOST_HELD),
            aspects=(Aspect("facets/countries-member", (Facet("member", "Member of the EU"),)),),
            other_names=("code",), more=("/countries/matrix", "Who hosted whom, in one matrix"),
        ),
        Listed(
            "topics", "Topics", "Topics, the 14 industrial ecosystems of the EU, and policies named.",
            columns=(_KIND, _EDITIONS, Column("sessions", "Sessions")),
            sorts=(_BY_NAME, Sort("editions", "Most editions", "editions", down=True),
                   Sort("sessions", "Most sessions", "sessions", down=True)),
            aspects=(Aspect("facets/topics-kinds", (_BY_KIND,)),
                     Aspect("facets/topics-editions", (_BY_EDITION, _BY_YEAR))),
        ),
        Listed(
            "documents", "Documents", "Input papers, agendas, recordings and other documents of editions.",
            columns=(_KIND, _EDITION, _ADDRESS),
            aspects=(Aspect("facets/documents-editions", (_BY_KIND, _BY_EDITION, _BY_YEAR)),),
        ),
        Listed(
            "sources", "Sources", "The public pages that every fact is drawn from.", other_names=("publisher",),
            columns=(Column("publisher", "Publisher"), Column("issued", "Published"), Column("edition", "Cited for")),
            sorts=(_BY_NAME, Sort("latest", "Latest first", "issued", down=True)),
            aspects=(
                Aspect("facets/sources-publishers", (Facet("publisher", "Publisher"),)),
                Aspect("facets/sources-editions", (_BY_EDITION, _BY_YEAR)),
            ),
        ),
    )
}  # fmt: skip
