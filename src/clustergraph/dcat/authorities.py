"""Values from the EU's authority tables and other registers, with the class and the label a catalogue gives them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from clustergraph.statements import about, english

_TABLES = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_SCHEMES = {
    name: f"{_TABLES}{name}"
    for name in ("access-right", "data-theme", "file-type", "frequency", "language", "planned-availability")
}

#: Code in its table -> class and label.
PUBLIC = ("access-right", "PUBLIC", "dct:RightsStatement", "public")
ENGLISH = ("language", "ENG", "dct:LinguisticSystem", "English")
IRREGULAR = ("frequency", "IRREG", "dct:Frequency", "irregular")
STABLE = ("planned-availability", "STABLE", "skos:Concept", "stable")
THEMES = (
    ("data-theme", "ECON", "skos:Concept", "Economy and finance"),
    ("data-theme", "REGI", "skos:Concept", "Regions and cities"),
    ("data-theme", "TECH", "skos:Concept", "Science and technology"),
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
CREATED = "http://purl.org/adms/changetype/created"
EVENT_STREAMS = "https://w3id.org/ldes/specification"
PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"

Code = tuple[str, str, str, str]


def term(code: Code) -> NamedNode:
    """The IRI of a value of an authority table."""
    return NamedNode(f"{_SCHEMES[code[0]]}/{code[1]}")


def file_type(code: str) -> NamedNode:
    """The IRI of a file type of the EU's table, by its code."""
    return NamedNode(f"{_SCHEMES['file-type']}/{code}")


def media_type(name: str) -> NamedNode:
    """The IRI of a media type as IANA registers it."""
    return NamedNode(_MEDIA_TYPES + name)


def described() -> Iterator[Triple]:
    """What the catalogue says of the values it takes from elsewhere; DCAT-AP wants their classes in the same file."""
    for code in (PUBLIC, ENGLISH, IRREGULAR, STABLE, *THEMES):
        scheme = _SCHEMES[code[0]]
        yield from about(
            term(code).value,
            code[2] if code[2] == "skos:Concept" else f"{code[2]} skos:Concept",
            {"skos:prefLabel": english(code[3]), "skos:inScheme": NamedNode(scheme)},
        )
    for scheme in dict.fromkeys(_SCHEMES[code[0]] for code in THEMES):
        yield from about(scheme, "skos:ConceptScheme", {"dct:title": english("Data themes of the EU")})
    yield from about(LICENCE, "dct:LicenseDocument", {"rdfs:label": english("Creative Commons Attribution 4.0")})
    yield from about(PROFILE, "dct:Standard", {"dct:title": english("DCAT-AP 3.0.1")})
    yield from about(PROTOCOL, "dct:Standard", {"dct:title": english("SPARQL 1.1 Protocol")})
    yield from about(EVENT_STREAMS, "dct:Standard", {"dct:title": english("Linked Data Event Streams")})
    yield from about(SHA256, "spdx:ChecksumAlgorithm", {"rdfs:label": english("SHA-256")})
    yield from about(CREATED, "skos:Concept", {"skos:prefLabel": english("created")})


def of_formats(codes: set[str], media_types: set[str]) -> Iterator[Triple]:
    """The classes of the file types and media types that distributions name."""
    for code in sorted(codes):
        yield from about(file_type(code).value, "dct:MediaTypeOrExtent", {"rdfs:label": english(code)})
    for name in sorted(media_types):
        yield from about(media_type(name).value, "dct:MediaType", {"rdfs:label": english(name)})
