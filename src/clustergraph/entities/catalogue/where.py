"""The pages of places, regions and countries."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import DATES, DECISIONS, FACTS, FIGURES, IN_EDITION, IN_SESSION, KIND
from clustergraph.entities.panels import Column, Panel

EDITIONS_HELD = Panel(
    "where/editions",
    "Editions held here",
    key="edition",
    columns=(IN_EDITION, DATES, Column("city", "City"), Column("region", "Region"), Column("coverage", "Coverage")),
)
ORGANISATIONS = Panel(
    "where/organisations",
    "Organisations from here",
    key="organisation",
    columns=(Column("organisation", "Organisation"), KIND, Column("edition", "Named at")),
)
WITHIN = Panel(
    "where/parts", "Regions and places within", "tags", (Column("part", "Part"),), key="part", group="kind"
)
EVENTS_HELD = Panel(
    "where/events",
    "Related events held here",
    key="event",
    columns=(Column("event", "Event"), DATES, Column("city", "City")),
)

PLACE = (FACTS, EDITIONS_HELD, ORGANISATIONS, EVENTS_HELD, DECISIONS)
REGION = (FACTS, EDITIONS_HELD, ORGANISATIONS, WITHIN, FIGURES, DECISIONS)
COUNTRY = (
    FACTS,
    EDITIONS_HELD,
    ORGANISATIONS,
    Panel(
        "where/people",
        "People stated as from here",
        key="person",
        columns=(Column("person", "Person"), Column("edition", "Named at")),
    ),
    Panel(
        "where/sessions",
        "Sessions at which it was represented",
        key="session",
        columns=(IN_SESSION, KIND, IN_EDITION),
    ),
    EVENTS_HELD,
    FIGURES,
    WITHIN,
    DECISIONS,
)
