"""Stated figures: what was counted, of what, how exactly, and who says so."""

from __future__ import annotations

import re
from decimal import Decimal

from clustergraph import iris
from clustergraph.importing.draft import Draft, slug_of
from clustergraph.importing.matching import Matcher
from clustergraph.importing.sheet import Figure
from clustergraph.importing.terms import CG, PROV, RDF, SCHEMA, Literal, URIRef, concept, describe
from clustergraph.names import fold

_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


def write(draft: Draft, organisations: Matcher) -> None:
    """Write the figures of a sheet."""
    for figure in draft.sheet.statistics:
        _figure(draft, figure, organisations)


def _figure(draft: Draft, figure: Figure, organisations: Matcher) -> None:
    known = draft.vocabulary.labelled("indicator", figure.what)
    indicator = known or draft.registry.open_concept("indicator", "indicators", figure.what)
    scopes = set(draft.vocabulary.scopes_of(indicator))
    about: set[URIRef] = set()
    for text in figure.of:
        scope = draft.vocabulary.labelled("scope", text)
        if scope:
            scopes.add(scope)
        else:
            about.update(_about(draft, text, organisations))
    describe(
        draft.graph,
        draft.numbered("statistic", slug_of(indicator)),
        {
            RDF.type: CG.Statistic,
            CG.statedAt: draft.edition,
            CG.indicator: indicator,
            CG.about: about or draft.edition,
            CG.scope: scopes,
            CG.aboutText: [Literal(text) for text in figure.of],
            CG.qualifier: concept("qualifier", figure.qualifier) if figure.qualifier else None,
            PROV.wasDerivedFrom: draft.cited(figure.src),
            **_value(figure),
        },
    )


def _value(figure: Figure) -> dict[URIRef, int | Decimal | str | None]:
    """The value as number or words, with the bounds that its words imply."""
    if isinstance(figure.value, str):
        bounds = _RANGE.fullmatch(figure.value)
        low, high = (int(bounds[1]), int(bounds[2])) if bounds else (None, None)
        return {CG.textValue: figure.value, SCHEMA.minValue: low, SCHEMA.maxValue: high}
    return {
        SCHEMA.value: figure.value,
        SCHEMA.minValue: figure.value if figure.qualifier == "over" else None,
        SCHEMA.maxValue: figure.value if figure.qualifier in ("nearly", "below") else None,
    }


def _about(draft: Draft, text: str, organisations: Matcher) -> list[URIRef]:
    """What a printed ``of`` means: a session, country, region, the series or a body; nothing where unsure.

    A region comes before its authority of the same name: the figures are about clusters, jobs and firms there.
    """
    if text in {record.id for record in draft.sheet.sessions}:
        return [draft.session(text)]
    home = draft.country(draft.sheet.edition.country)
    assert home is not None
    country = draft.country(text) if re.fullmatch("[A-Z]{2}", text) else draft.registry.country_called(text)
    region = draft.registry.region_called(text, home, draft.region(draft.sheet.edition.nuts))
    series = URIRef(iris.SERIES) if fold(text) == "clusters meet regions" else None
    body = draft.bodies.get(text) or organisations.called(text)
    return [found for found in (country or region or series or body,) if found]
