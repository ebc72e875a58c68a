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


IRI = Column(KEY, datatype="anyURI")
TABLES = (
    Table(
        "editions",
        (
            IRI,
            Column("title", "dct:title"),
            Column("place_by_date", "cg:inferredPlace", datatype="integer"),
            Column("stated_number", "cg:statedNumber", datatype="integer"),
            Column("start_date", "schema:startDate", datatype="date"),
            Column("end_date", "schema:endDate", datatype="date"),
            Column("city", "cg:cityText"),
            Column("place", "schema:location", datatype="anyURI"),
            Column("region", "cg:region", datatype="anyURI", table="regions"),
            Column("region_name"),
            Column("country", "dct:spatial", datatype="anyURI", table="countries"),
            Column("country_name"),
            Column("coverage"),
            Column("theme", "cg:theme"),
            Column("attendance"),
            Column("venue", "cg:venueText"),
            Column("event_page", "schema:url", datatype="anyURI"),
            Column("other_titles", "dct:alternative", many=True),
            Column("topics", many=True),
            Column("policies", many=True),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "sessions",
        (
            IRI,
            Column("edition", "cg:statedAt", datatype="anyURI", table="editions"),
            Column("edition_title"),
            Column("label", "rdfs:label"),
            Column("kind"),
            Column("title", "dct:title"),
            Column("description", "dct:description"),
            Column("date", "schema:startDate", datatype="date"),
            Column("sequence", "cg:sequence", datatype="integer"),
            Column("parent", "cv:parentEvent", datatype="anyURI"),
            Column("place", "schema:location", datatype="anyURI"),
            Column("place_as_stated", "cg:placeText"),
            Column("topics", many=True),
            Column("countries_represented", "cg:representedCountry", datatype="anyURI", many=True, table="countries"),
            Column("countries_represented_names", many=True),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "people",
        (
            IRI,
            Column("name", "foaf:name"),
            Column("other_names", "skos:altLabel", many=True),
            Column("same_as", "skos:exactMatch", datatype="anyURI", many=True),
        ),
    ),
    Table(
        "organisations",
        (
            IRI,
            Column("name", "foaf:name"),
            Column("kind"),
            Column("place", "schema:location", datatype="anyURI"),
            Column("region", "cg:region", datatype="anyURI", table="regions"),
            Column("region_name"),
            Column("country", "dct:spatial", datatype="anyURI", table="countries"),
            Column("country_name"),
            Column("unit_of", "org:unitOf", datatype="anyURI", table="organisations"),
            Column("other_names", "skos:altLabel", many=True),
            Column("acronyms", "cg:acronym", many=True),
            Column("websites", "foaf:homepage", datatype="anyURI", many=True),
            Column("sectors", many=True),
            Column("same_as", "skos:exactMatch", datatype="anyURI", many=True),
        ),
    ),
    Table(
        "participations",
        (
            IRI,
            Column("edition", "cg:statedAt", datatype="anyURI", table="editions"),
            Column("edition_title"),
            Column("event", "cg:inEvent", datatype="anyURI"),
            Column("event_label"),
            Column("person", "cv:hasParticipant", datatype="anyURI", table="people"),
            Column("organisation", "cv:hasParticipant", datatype="anyURI", table="organisations"),
            Column("name"),
            Column("role"),
            Column("evidence"),
            Column("status"),
            Column("representing", "cg:representing", datatype="anyURI", table="organisations"),
            Column("representing_name"),
            Column("post", "cg:statedPost"),
            Column("country", "cg:statedCountry", datatype="anyURI", table="countries"),
            Column("country_name"),
            Column("attendance"),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "statistics",
        (
            IRI,
            Column("edition", "cg:statedAt", datatype="anyURI", table="editions"),
            Column("edition_title"),
            Column("indicator"),
            Column("value", "schema:value", datatype="decimal"),
            Column("text_value", "cg:textValue"),
            Column("qualifier"),
            Column("least", "schema:minValue", datatype="decimal"),
            Column("most", "schema:maxValue", datatype="decimal"),
            Column("scope", many=True),
            Column("about", "cg:about", datatype="anyURI", many=True),
            Column("about_as_stated", "cg:aboutText", many=True),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "affiliations",
        (
            IRI,
            Column("person", "org:member", datatype="anyURI", table="people"),
            Column("person_name"),
            Column("organisation", "org:organization", datatype="anyURI", table="organisations"),
            Column("organisation_name"),
            Column("post", "cg:statedPost"),
            Column("edition", "cg:statedAt", datatype="anyURI", table="editions"),
            Column("edition_title"),
            Column("standing"),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "mentions",
        (
            IRI,
            Column("edition", "cg:statedAt", datatype="anyURI", table="editions"),
            Column("edition_title"),
            Column("name_as_stated", "cg:statedName"),
            Column("acronym", "cg:statedAcronym"),
            Column("kind"),
            Column("country", "cg:statedCountry", datatype="anyURI", table="countries"),
            Column("country_name"),
            Column("region", "cg:statedRegion", datatype="anyURI", table="regions"),
            Column("region_name"),
            Column("city", "cg:cityText"),
            Column("website", "cg:statedWebsite", datatype="anyURI"),
            Column("written_as", "cg:writtenAs", many=True),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "documents",
        (
            IRI,
            Column("title", "dct:title"),
            Column("kind"),
            Column("publisher", "dct:publisher"),
            Column("issued", "dct:issued"),
            Column("address", "schema:url", datatype="anyURI"),
            Column("editions", datatype="anyURI", many=True, table="editions"),
            Column("sources", "prov:wasDerivedFrom", datatype="anyURI", many=True, table="sources"),
        ),
    ),
    Table(
        "sources",
        (
            IRI,
            Column("label", "rdfs:label"),
            Column("title", "dct:title"),
            Column("address", "schema:url", datatype="anyURI"),
            Column("issued", "dct:issued"),
            Column("seen"),
            Column("publishers", "dct:publisher", many=True),
        ),
    ),
    Table(
        "regions",
        (
            IRI,
            Column("name", "rdfs:label"),
            Column("code", "skos:notation"),
            Column("level", "cg:nutsLevel", datatype="integer"),
            Column("within", "skos:broader", datatype="anyURI"),
            Column("country", "dct:spatial", datatype="anyURI", table="countries"),
            Column("country_name"),
            Column("other_names", "skos:altLabel", many=True),
        ),
    ),
    Table(
        "countries",
        (
            IRI,
            Column("name", "rdfs:label"),
            Column("iso2", "cg:iso2"),
            Column("iso3", "cg:iso3"),
            Column("eu_member", "cg:euMember", datatype="boolean"),
            Column("nuts_code", "cg:nutsCode"),
            Column("other_names", "skos:altLabel", many=True),
        ),
    ),
)
