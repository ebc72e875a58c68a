"""The one place that makes IRIs and the local addresses of their pages, both ways.

IRIs are constants of the data, the shapes and the queries. The host that serves is a setting; pages map
between the two by path alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from anyascii import anyascii

ROOT = "https://w3id.org/clustergraph/"
ID = ROOT + "id/"
VOCABULARY = ROOT + "vocabulary/"
GRAPH = ROOT + "graph/"
RELEASE = ROOT + "releases/"
CG = ROOT + "ontology#"
ONTOLOGY = ROOT + "ontology"
SHAPES = ROOT + "shapes#"
NUTS = "http://data.europa.eu/nuts/code/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
SERIES = ID + "series/clusters-meet-regions"

#: Every prefix the project writes, in one table: Turtle files, dumps, the editor and the JSON-LD context use it.
PREFIXES: dict[str, str] = {
    "cg": CG,
    "concept": VOCABULARY,
    "country": COUNTRY,
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "id": ID,
    "nuts": NUTS,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPES,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Prefixes of what catalogue and streams say of the data and their services; no data and no query of ours use them.
CATALOGUE_PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "ldes": "https://w3id.org/ldes#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "tree": "https://w3id.org/tree#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}

#: Prefixes of the vocabularies that the data reuse: each term of theirs in the data has a page that says what for.
REUSED = ("cv", "dct", "foaf", "geo", "org", "prov", "schema", "skos")
#: What follows the address of an edition's page where the record that it was made from is shown.
RECORD = "/record"
#: Kinds with a page of their own.
KINDS = ("series", "edition", "session", "event", "person", "organisation", "place", "document", "source")
#: Kinds shown with the edition whose slug their own slug begins with -> what follows the address of its page there.
PART_KINDS = {
    "participation": "",
    "mention": RECORD,
    "affiliation": RECORD,
    "statistic": "",
    "claim": "",
    "relation": "",
    "citation": RECORD,
}
#: Vocabulary schemes whose concepts have an entity page, and the kind of that page.
PAGED_SCHEMES = {"topic": "topic", "ecosystem": "topic", "policy": "policy"}

VOCABULARIES = (
    "attendance", "coverage", "document-kind", "ecosystem", "evidence", "indicator", "organisation-kind", "policy",
    "qualifier", "relation", "role", "scope", "seen", "session-kind", "standing", "status", "topic",
)  # fmt: skip
#: Prefixes for the things themselves, one a kind and one a vocabulary: they keep the files in ``data/`` readable
#: and the Turtle dumps short. Apart from :data:`PREFIXES`, since some are also names of properties.
SHORT_PREFIXES: dict[str, str] = {
    **{kind: f"{ID}{kind}/" for kind in (*KINDS, *PART_KINDS, "decision")},
    **{f"{name}-concept" if name in PART_KINDS else name: f"{VOCABULARY}{name}/" for name in VOCABULARIES},
}

#: What does not stand in an IRI as it is (RFC 3987), blanks and control characters among it.
NOT_IN_ADDRESSES = re.compile(r'[\x00-\x20<>"{}|\\^`]')
SLUG = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")


def slugify(text: str, limit: int = 80) -> str:
    """ASCII, lower case, one segment: ``"Košice IT Valley"`` -> ``"kosice-it-valley"``.

    :param text: any text; letters of other scripts are transliterated.
    :param limit: longest slug in characters; longer ones are cut at a hyphen.
    """
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")
    return words if len(words) <= limit else words[: limit + 1].rsplit("-", 1)[0].strip("-")


def thing(kind: str, slug: str) -> str:
    """The IRI of a thing of ours: ``thing("edition", "2025-07-01-cluj-napoca")``."""
    return f"{ID}{kind}/{slug}"


def concept(scheme: str, slug: str) -> str:
    """The IRI of a concept of one of our vocabularies: ``concept("role", "panellist")``."""
    return f"{VOCABULARY}{scheme}/{slug}"


def graph(name: str) -> str:
    """The IRI of a named graph: ``graph("registry")``, ``graph("edition/2025-07-01-cluj-napoca")``."""
    return GRAPH + name


def release(name: str) -> str:
    """The IRI of a release by its name, 16 hex digits."""
    return RELEASE + name


def nuts(code: str) -> str:
    """The IRI of a NUTS region by its code, as Eurostat publishes it."""
    return NUTS + code


def country(authority: str) -> str:
    """The IRI of a country by its code in the EU authority table (``ROU``, ``GRC``)."""
    return COUNTRY + authority


def kind_and_slug(iri: str) -> tuple[str, str] | None:
    """What kind of thing an IRI names and by which slug, or None where the IRI has no page of ours.

    ``…/id/person/emil-boc`` -> ``("person", "emil-boc")``; NUTS codes -> ``("region", code)``; authority
    countries -> ``("country", code)``; concepts of :data:`PAGED_SCHEMES` -> ``("topic", slug)`` and so on.
    """
    for base, kind in ((NUTS, "region"), (COUNTRY, "country")):
        if iri.startswith(base):
            return kind, iri[len(base) :]
    for base in (ID, VOCABULARY):
        kind, slash, slug = iri[len(base) :].partition("/") if iri.startswith(base) else ("", "", "")
        if slash and SLUG.fullmatch(slug):
            return (PAGED_SCHEMES.get(kind, kind), slug) if base == VOCABULARY else (kind, slug)
    return None


@lru_cache(maxsize=8192)
def page_path(iri: str) -> str | None:
    """The local address of the page that shows a thing, or None where it has none.

    Parts (participations, claims, …) are shown on the page of their edition or of its record, at a fragment.
    """
    if not iri.startswith(ID) and (document := _document_path(iri)):
        return document
    if iri.startswith(VOCABULARY) and SLUG.fullmatch(iri[len(VOCABULARY) :]):
        return "/vocabulary/" + iri[len(VOCABULARY) :]
    found = kind_and_slug(iri)
    if found is None:
        return None
    kind, slug = found
    if iri.startswith(VOCABULARY) and kind not in PAGED_SCHEMES.values():
        return f"/vocabulary/{kind}/{slug}"
    if kind in PART_KINDS:
        parent, _, rest = slug.partition("--")
        return f"/page/edition/{parent}{PART_KINDS[kind]}#{kind}--{rest}"
    return f"/page/{kind}/{quote(slug)}" if kind in (*KINDS, "region", "country", *PAGED_SCHEMES.values()) else None


def _document_path(iri: str) -> str | None:
    """Where the ontology, the rules and the terms of either are shown, or None."""
    if iri == ONTOLOGY or iri.startswith(SHAPES):
        return "/" + iri[len(ROOT) :]
    return term_path(iri) if shorten(iri).partition(":")[0] in ("cg", *REUSED) else None


def shown_with(iri: str) -> str:
    """The thing on whose page a thing is shown: for a part its edition, for all others the thing itself."""
    kind, slug = kind_and_slug(iri) or ("", "")
    return thing("edition", slug.partition("--")[0]) if kind in PART_KINDS else iri


def version(iri: str, release: str) -> str | None:
    """The IRI of a thing as a release states it, which is where its data are at that release, or None where a thing
    has no data of its own.

    :param release: the name of the release.
    """
    kind, slug = kind_and_slug(iri) or ("", "")
    return f"{ROOT}data/{kind}/{quote(slug)}?release={release}" if kind and iri in candidates(kind, slug) else None


def term_path(iri: str) -> str:
    """The local address of the page of a term that the ontology declares or reuses.

    ``…/ontology#Edition`` -> ``"/ontology/Edition"``, that of a reused one -> ``"/ontology/dct:title"``.
    """
    return "/ontology/" + quote(shorten(iri).removeprefix("cg:"), safe=":")


def term(name: str) -> str:
    """The IRI of a term by its name in the address of its page (the inverse of :func:`term_path`)."""
    prefix, colon, local = name.partition(":")
    return PREFIXES.get(prefix, f"{prefix}:") + local if colon else CG + name


def candidates(kind: str, slug: str) -> list[str]:
    """The IRIs that the page address ``/page/{kind}/{slug}`` may stand for (the inverse of :func:`page_path`)."""
    if kind == "region":
        return [nuts(slug)]
    if kind == "country":
        return [country(slug)]
    schemes = [scheme for scheme, paged in PAGED_SCHEMES.items() if paged == kind]
    return [concept(scheme, slug) for scheme in schemes] or [thing(kind, slug)]


def shorten(iri: str) -> str:
    """An IRI with the longest of our prefixes that fits, ``cg:Edition``, or as it is."""
    fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base) and iri != base]
    return f"{max(fitting)[1]}:{iri[max(fitting)[0] :]}" if fitting else iri


def expand(curie: str) -> str:
    """The IRI of a prefixed name: ``expand("dcat:theme")``.

    :param curie: with a prefix of :data:`PREFIXES` or :data:`CATALOGUE_PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return (PREFIXES.get(prefix) or CATALOGUE_PREFIXES[prefix]) + local


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http(s) address with a host and without blanks or control characters."""
    if NOT_IN_ADDRESSES.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def page_slug_of_url(url: str) -> str:
    """A readable, stable slug for the page at an address; the caller adds what makes it unique."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return slugify(f"{host} {parts.path}", limit=72)
