"""The pages of the ontology, of vocabularies and of their terms."""

from __future__ import annotations

from clustergraph.entities.catalogue.columns import IN_EDITION
from clustergraph.entities.panels import Column, Panel

DEFINED = (Column("definition", "Definition"),)
TERM = Column("term", "Term")
ORIGIN = Column("origin", "From")
SCHEME = (
    Panel("term/facts", "Facts", "facts"),
    Panel("scheme/concepts", "Terms", key="term", columns=(TERM, Column("number", "Number"), *DEFINED, ORIGIN)),
)
CONCEPT = (
    Panel("term/facts", "Facts", "facts"),
    Panel("term/things", "Used for", "tags", (Column("thing", "Thing"),), "thing", "kind"),
    Panel(
        "term/editions",
        "Use in the descriptions of editions",
        key="row",
        columns=(IN_EDITION, Column("property", "As"), Column("count", "Times")),
    ),
)
ONTOLOGY = (
    Panel("term/facts", "Facts", "facts"),
    Panel(
        "ontology/classes",
        "Classes",
        key="term",
        home=True,
        columns=(TERM, *DEFINED, Column("broader", "Broader"), ORIGIN),
    ),
    Panel(
        "ontology/properties",
        "Properties",
        key="term",
        home=True,
        columns=(TERM, *DEFINED, Column("domain", "Of"), Column("range", "Values"), ORIGIN),
    ),
    Panel("ontology/origins", "Where terms come from", key="term", home=True, columns=(TERM, *DEFINED)),
    Panel(
        "ontology/reused",
        "Terms of other vocabularies used here",
        key="term",
        columns=(TERM, Column("note", "Used for"), Column("home", "Defined by")),
    ),
)
