"""The pages of people and organisations."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import (
    AS_STATED,
    CLAIMS,
    COUNTRY,
    DATES,
    DAY,
    DECISIONS,
    EVIDENCE,
    FIGURES,
    FOR,
    IN_EDITION,
    IN_EVENT,
    POST,
    REMARKS,
    ROLE,
    STANDING,
    WRITTEN,
)
from clustergraph.entities.panels import Column, Panel

REGISTRY = "Names and identifiers as kept in the registry; marks lead to the sources that state the same."
APPEARANCES = "Taking part, being announced, represented, quoted and mentioned are different things."
MENTIONS = Panel(
    "agent/mentions",
    "Names as printed, and what sources say",
    "records",
    group="edition",
    group_note="date",
    columns=(WRITTEN, *AS_STATED),
)

LEDGER = Panel(
    "agent/ledger",
    "Across all editions",
    "ledger",
    key="edition",
    about="One mark for each edition, in order. The mark shows the strongest evidence there is for it.",
)
COMPANIONS = Panel(
    "agent/companions",
    "In the same sessions",
    key="other",
    columns=(
        Column("other", "Person or body"),
        Column("sessions", "Sessions shared"),
        Column("editions", "Editions"),
        Column("entity", "Between the two", other="other"),
    ),
    about="The 25 that shared most sessions. Only parts that sources state as taken count, on both sides.",
    more=("/network?around={}", "All of them as a network"),
)

PERSON = (
    LEDGER,
    Panel(
        "agent/appearances",
        "Appearances",
        about=APPEARANCES,
        group="edition",
        group_note="date",
        columns=(ROLE, IN_EVENT, POST, FOR, EVIDENCE, *REMARKS),
    ),
    Panel(
        "person/affiliations",
        "Posts and organisations over time",
        columns=(DAY, POST, Column("organisation", "Organisation"), IN_EDITION, STANDING),
    ),
    Panel("agent/facts", "Names and identifiers", "facts", about=REGISTRY),
    COMPANIONS,
    MENTIONS,
    CLAIMS,
    DECISIONS,
)

ORGANISATION = (
    LEDGER,
    Panel(
        "organisation/hosted",
        "Editions it hosted or organised",
        key="edition",
        columns=(IN_EDITION, ROLE, DATES, Column("city", "City"), COUNTRY),
    ),
    Panel(
        "agent/appearances",
        "Appearances",
        about=APPEARANCES,
        group="edition",
        group_note="date",
        columns=(ROLE, IN_EVENT, FOR, EVIDENCE, *REMARKS),
    ),
    Panel(
        "organisation/represented-by",
        "Parts that people had on its behalf",
        group="edition",
        group_note="date",
        columns=(Column("agent", "Person"), ROLE, IN_EVENT, POST, EVIDENCE),
    ),
    Panel(
        "organisation/people",
        "People stated as belonging to it",
        columns=(Column("person", "Person"), POST, IN_EDITION, DAY, STANDING),
    ),
    Panel("agent/facts", "Facts", "facts", about=REGISTRY),
    Panel("organisation/units", "Units", "tags", (Column("unit", "Unit"),), "unit"),
    COMPANIONS,
    FIGURES,
    MENTIONS,
    Panel(
        "organisation/publications",
        "Published by it",
        key="document",
        columns=(Column("document", "Document"), Column("issued", "Published on"), Column("address", "Address")),
    ),
    CLAIMS,
    DECISIONS,
)
