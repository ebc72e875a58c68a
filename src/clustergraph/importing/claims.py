"""What sources say differently of an edition: each value kept as a claim, the preferred one marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from clustergraph.importing.draft import Draft
from clustergraph.importing.terms import (
    CG,
    DCT,
    PROV,
    RDF,
    SCHEMA,
    XSD,
    Literal,
    URIRef,
    concept,
    describe,
    english,
    words,
)

#: Keys of the edition that ``variants`` may name -> the property they are about.
VARIANT_FIELDS = {
    "title": DCT.title,
    "theme": CG.theme,
    "region": CG.regionText,
    "venue": CG.venueText,
    "start": SCHEMA.startDate,
    "end": SCHEMA.endDate,
}
_LANGUAGED = (DCT.title, CG.theme)
_PREFERRED = "the fact sheet's own value; what other sources say is kept beside it"


@dataclass(frozen=True)
class _Claim:
    field: str
    predicate: URIRef
    value: Literal
    src: tuple[str, ...]
    reason: str | None = None
    end: date | None = None


def write(draft: Draft) -> None:
    """Write the claims of a sheet: every alternative, and for each property that has one, the preferred value."""
    alternatives = list(_alternatives(draft))
    for field, predicate in dict.fromkeys((claim.field, claim.predicate) for claim in alternatives):
        value = draft.graph.value(draft.edition, predicate)
        if value is not None:
            edition = draft.sheet.edition
            end = edition.end if field == "dates" else None
            own = _Claim(field, predicate, Literal(value), edition.src, _PREFERRED, end)
            _write(draft, own, "preferred")
    for claim in alternatives:
        _write(draft, claim, "alternative")


def _alternatives(draft: Draft) -> list[_Claim]:
    edition = draft.sheet.edition
    found = [
        _Claim("dates", SCHEMA.startDate, Literal(item.start), item.src, item.where, item.end)
        for item in edition.alternative_dates
    ]
    found += [
        _Claim("venue", CG.venueText, Literal(item.venue), item.src, item.where)
        for item in edition.alternative_venues
    ]
    found += [
        _Claim("title", DCT.title, Literal(item.title, lang="und"), item.src, item.where)
        for item in edition.alternative_titles
    ]
    for item in edition.variants:
        value, reason = _typed(VARIANT_FIELDS[item.field], item.value)
        found.append(_Claim(item.field, VARIANT_FIELDS[item.field], value, item.src, reason))
    return found


def _typed(predicate: URIRef, text: str) -> tuple[Literal, str | None]:
    """The value of a variant, and the note in parentheses after a date."""
    if predicate in (SCHEMA.startDate, SCHEMA.endDate):
        dated = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\s*\((.+)\))?", text)
        return (Literal(dated[1], datatype=XSD.date), dated[2]) if dated else (Literal(text), None)
    return (words(text) or Literal(text)) if predicate in _LANGUAGED else Literal(text), None


def _write(draft: Draft, claim: _Claim, standing: str) -> None:
    describe(
        draft.graph,
        draft.numbered("claim", claim.field),
        {
            RDF.type: CG.Claim,
            RDF.subject: draft.edition,
            RDF.predicate: claim.predicate,
            RDF.object: claim.value,
            SCHEMA.endDate: claim.end,
            CG.standing: concept("standing", standing),
            CG.reason: english(claim.reason),
            CG.statedAt: draft.edition,
            PROV.wasDerivedFrom: draft.cited(claim.src),
        },
    )
