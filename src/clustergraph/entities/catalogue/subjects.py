"""The pages of topics, industrial ecosystems and policies."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import COUNTRY, DATES, IN_EDITION, IN_SESSION, KIND
from clustergraph.entities.panels import Column, Panel

TOPIC_EDITIONS = Panel(
    "topic/editions",
    "Editions",
    key="edition",
    columns=(IN_EDITION, DATES, COUNTRY),
    keys="topic/editions-keys",
    by="edition",
)
OCCURRENCE = Panel(
    "topic/occurrence",
    "First and last occurrence",
    key="edition",
    columns=(Column("which", "Occurrence"), IN_EDITION, DATES, Column("editions", "Editions in all")),
    about="As the topic of an edition or of a session, as the sector of an organisation there, or as a policy named.",
)
TOPIC = (
    Panel("topic/facts", "Facts", "facts"),
    OCCURRENCE,
    TOPIC_EDITIONS,
    Panel("topic/sessions", "Sessions", key="session", columns=(IN_SESSION, KIND, IN_EDITION)),
    Panel(
        "topic/organisations",
        "Organisations in this sector",
        key="organisation",
        columns=(Column("organisation", "Organisation"), Column("edition", "Stated at")),
    ),
)
POLICY = (Panel("topic/facts", "Facts", "facts"), OCCURRENCE, TOPIC_EDITIONS)
