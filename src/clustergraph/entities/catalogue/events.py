"""The pages of the series, of sessions and of related events."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import (
    AGENT,
    CLAIMS,
    COUNTRY,
    DATES,
    DECISIONS,
    FACTS,
    FIGURES,
    FOR,
    IN_EDITION,
    IN_SESSION,
    KIND,
    POST,
    RELATED,
    REMARKS,
    ROLE,
)
from clustergraph.entities.panels import Column, Panel

SERIES = (
    FACTS,
    Panel(
        "series/editions",
        "Editions",
        key="edition",
        columns=(
            IN_EDITION,
            DATES,
            Column("city", "City"),
            COUNTRY,
            Column("number", "Number, as stated"),
            Column("order", "Place by date (inferred)"),
            Column("coverage", "Coverage"),
        ),
        keys="series/editions-keys",
        by="edition",
    ),
)

PARTS = Panel(
    "session/parts", "Who had which part", columns=(AGENT, ROLE, POST, FOR, COUNTRY, *REMARKS), group="evidence"
)
NAMED = Panel("session/mentions", "Named, without a role", columns=(AGENT, COUNTRY, Column("note", "Note")))
SESSION = (
    FACTS,
    PARTS,
    NAMED,
    FIGURES,
    CLAIMS,
)

EVENT = (
    FACTS,
    Panel("event/relations", "Editions that name it", columns=(IN_EDITION, Column("relation", "Named as"), *RELATED)),
    Panel(
        "event/sessions",
        "Sessions",
        key="session",
        columns=(IN_SESSION, KIND, Column("date", "Date"), Column("edition", "Stated at")),
    ),
    PARTS,
    NAMED,
    CLAIMS,
    DECISIONS,
)
