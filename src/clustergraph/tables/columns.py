"""The tables and their columns: what each cell says, of which type, and which other table it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Integers and decimals that survive being a double.
NUMBER = re.compile(r"-?\d{1,15}|-?(?=[\d.]{1,16}$)\d+\.\d+")
#: The column that every table begins with: the permanent address of the thing that the row is about.
KEY = "iri"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    :ivar name: the variable of the query, and the heading.
    :ivar says: the property whose values stand in the cells, as a prefixed name; empty where they only name what
        stands in the column before, or come by a longer way.
    :ivar datatype: one of CSVW: ``string``, ``anyURI``, ``date``, ``integer``, ``decimal``, ``boolean``.
    :ivar many: whether a cell may have several values.
    :ivar table: the table in which the things that the cells name have their rows, or empty.
    """

    name: str
    says: str = ""
    datatype: str = "string"
    many: bool = False
    table: str = ""

    @property
    def width(self) -> int:
        """How wide a workbook shows it, in characters."""
        return 12 if self.datatype in ("date", "integer", "decimal", "boolean") else 28


@dataclass(frozen=True)
class Table:
    """A table.

    :ivar name: of its query below ``sparql/tables/``, of its file and of its sheet.
    """

    name: str
    columns: tuple[Column, ...]


def _table(name: str, *columns: Column) -> Table:
    return Table(name, columns)


def _link(name: str, says: str = "", many: bool = False, table: str = "") -> Column:
    """A column of addresses."""
    return Column(name, says, "anyURI", many, table)


IRI = _link(KEY)
SOURCES = _link("sources", "prov:wasDerivedFrom", many=True, table="sources")
EDITION = (_link("edition", "cg:statedAt", table="editions"), Column("edition_title"))
#: How a table of parts begins: each is stated at an edition.
STATED = (IRI, *EDITION)
REGION = (_link("region", "cg:region", table="regions"), Column("region_name"))
COUNTRY = (_link("country", "dct:spatial", table="countries"), Column("country_name"))
STATED_COUNTRY = (_link("country", "cg:statedCountry", table="countries"), Column("country_name"))
OTHER_NAMES = Column("other_names", "skos:altLabel", many=True)
SAME_AS = _link("same_as", "skos:exactMatch", many=True)
TABLES = (
    _table(
        "editions",
        IRI,
        Column("title", "dct:title"),
        Column("place_by_date", "cg:inferredPlace", datatype="integer"),
        Column("stated_number", "cg:statedNumber", datatype="integer"),
        Column("start_date", "schema:startDate", datatype="date"),
        Column("end_date", "schema:endDate", datatype="date"),
        Column("city", "cg:cityText"),
        _link("place", "schema:location"),
        *REGION,
        *COUNTRY,
        Column("coverage"),
        Column("theme", "cg:theme"),
        Column("attendance"),
        Column("venue", "cg:venueText"),
        _link("event_page", "schema:url"),
        Column("other_titles", "dct:alternative", many=True),
        Column("topics", many=True),
        Column("policies", many=True),
        SOURCES,
    ),
    _table(
        "sessions",
        *STATED,
        Column("label", "rdfs:label"),
        Column("kind"),
        Column("title", "dct:title"),
        Column("description", "dct:description"),
        Column("date", "schema:startDate", datatype="date"),
        Column("sequence", "cg:sequence", datatype="integer"),
        _link("parent", "cv:parentEvent"),
        _link("place", "schema:location"),
        Column("place_as_stated", "cg:placeText"),
        Column("topics", many=True),
        _link("countries_represented", "cg:representedCountry", many=True, table="countries"),
        Column("countries_represented_names", many=True),
        SOURCES,
    ),
    _table(
        "people",
        IRI,
        Column("name", "foaf:name"),
        OTHER_NAMES,
        SAME_AS,
    ),
    _table(
        "organisations",
        IRI,
        Column("name", "foaf:name"),
        Column("kind"),
        _link("place", "schema:location"),
        *REGION,
        *COUNTRY,
        _link("unit_of", "org:unitOf", table="organisations"),
        OTHER_NAMES,
        Column("acronyms", "cg:acronym", many=True),
        _link("websites", "foaf:homepage", many=True),
        Column("sectors", many=True),
        SAME_AS,
    ),
    _table(
        "participations",
        *STATED,
        _link("event", "cg:inEvent"),
        Column("event_label"),
        _link("person", "cv:hasParticipant", table="people"),
        _link("organisation", "cv:hasParticipant", table="organisations"),
        Column("name"),
        Column("role"),
        Column("evidence"),
        Column("status"),
        _link("representing", "cg:representing", table="organisations"),
        Column("representing_name"),
        Column("post", "cg:statedPost"),
        *STATED_COUNTRY,
        Column("attendance"),
        SOURCES,
    ),
    _table(
        "statistics",
        *STATED,
        Column("indicator"),
        Column("value", "schema:value", datatype="decimal"),
        Column("text_value", "cg:textValue"),
        Column("qualifier"),
        Column("least", "schema:minValue", datatype="decimal"),
        Column("most", "schema:maxValue", datatype="decimal"),
        Column("scope", many=True),
        _link("about", "cg:about", many=True),
        Column("about_as_stated", "cg:aboutText", many=True),
        SOURCES,
    ),
    _table(
        "affiliations",
        IRI,
        _link("person", "org:member", table="people"),
        Column("person_name"),
        _link("organisation", "org:organization", table="organisations"),
        Column("organisation_name"),
        Column("post", "cg:statedPost"),
        *EDITION,
        Column("standing"),
        SOURCES,
    ),
    _table(
        "mentions",
        *STATED,
        Column("name_as_stated", "cg:statedName"),
        Column("acronym", "cg:statedAcronym"),
        Column("kind"),
        *STATED_COUNTRY,
        _link("region", "cg:statedRegion", table="regions"),
        Column("region_name"),
        Column("city", "cg:cityText"),
        _link("website", "cg:statedWebsite"),
        Column("written_as", "cg:writtenAs", many=True),
        SOURCES,
    ),
    _table(
        "documents",
        IRI,
        Column("title", "dct:title"),
        Column("kind"),
        Column("publisher", "dct:publisher"),
        Column("issued", "dct:issued"),
        _link("address", "schema:url"),
        _link("editions", many=True, table="editions"),
        SOURCES,
    ),
    _table(
        "sources",
        IRI,
        Column("label", "rdfs:label"),
        Column("title", "dct:title"),
        _link("address", "schema:url"),
        Column("issued", "dct:issued"),
        Column("seen"),
        Column("publishers", "dct:publisher", many=True),
    ),
    _table(
        "regions",
        IRI,
        Column("name", "rdfs:label"),
        Column("code", "skos:notation"),
        Column("level", "cg:nutsLevel", datatype="integer"),
        _link("within", "skos:broader"),
        *COUNTRY,
        OTHER_NAMES,
    ),
    _table(
        "countries",
        IRI,
        Column("name", "rdfs:label"),
        Column("iso2", "cg:iso2"),
        Column("iso3", "cg:iso3"),
        Column("eu_member", "cg:euMember", datatype="boolean"),
        Column("nuts_code", "cg:nutsCode"),
        OTHER_NAMES,
    ),
)
