"""The pages of sources and documents: every fact drawn from them."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import (
    ABOUT_TEXT,
    AGENT,
    CLAIM,
    DATES,
    FACTS,
    FOR,
    IN_EDITION,
    IN_EVENT,
    INDICATOR,
    POST,
    ROLE,
    SCOPE,
    STANDING,
    STATED,
    WRITTEN,
)
from clustergraph.entities.panels import Column, Panel

SOURCE = (
    FACTS,
    Panel(
        "source/citations",
        "Editions that cite it",
        columns=(
            IN_EDITION,
            Column("identifier", "As"),
            Column("title", "Title as noted"),
            Column("publisher", "Publisher"),
            Column("issued", "Published on"),
            Column("seen", "Read"),
        ),
    ),
    Panel("source/editions", "Document of", key="edition", columns=(IN_EDITION, DATES)),
    Panel("source/things", "Described from it", "tags", (Column("thing", "Thing"),), "thing", "kind"),
    Panel(
        "source/figures",
        "Figures it states",
        columns=(IN_EDITION, INDICATOR, STATED, Column("about", "About"), SCOPE, ABOUT_TEXT),
    ),
    Panel("source/parts", "Parts it states", columns=(AGENT, ROLE, IN_EVENT, POST, FOR), group="evidence"),
    Panel(
        "source/affiliations",
        "Posts and affiliations it states",
        columns=(Column("person", "Person"), POST, Column("organisation", "Organisation"), IN_EDITION, STANDING),
    ),
    Panel("source/mentions", "Everyone it names", columns=(AGENT, IN_EDITION, WRITTEN)),
    Panel(
        "source/relations",
        "Related events it names",
        columns=(
            IN_EDITION,
            Column("relation", "Relation"),
            Column("event", "Event"),
            Column("title", "Title as stated"),
            DATES,
        ),
    ),
    Panel(
        "source/claims",
        "What it says where sources differ",
        columns=(Column("subject", "Of"), Column("property", "Property"), *CLAIM),
    ),
)
