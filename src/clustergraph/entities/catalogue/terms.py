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
DECLARED = (
    Panel("ontology/term", "What it means", "facts"),
    Panel("ontology/narrower", "Related terms", "tags", (TERM,), "term", "kind"),
    Panel(
        "ontology/own",
        "Properties of such things",
        key="property",
        columns=(Column("property", "Property"), *DEFINED, Column("range", "Values"), Column("class", "Stated of")),
    ),
    Panel(
        "ontology/values",
        "Properties that lead to such things",
        key="property",
        columns=(Column("property", "Property"), *DEFINED, Column("domain", "Of")),
    ),
    Panel(
        "ontology/aligned",
        "Aligned with",
        key="row",
        columns=(TERM, Column("relation", "Is"), Column("other", "Term there"), Column("home", "Vocabulary")),
    ),
    Panel(
        "ontology/examples",
        "Examples from the data",
        key="row",
        columns=(Column("thing", "Thing"), Column("value", "Value")),
        about="Some of the first in the order of their addresses.",
    ),
    Panel(
        "ontology/use",
        "Use in this release",
        key="class",
        columns=(Column("class", "Class"), Column("things", "Things"), Column("statements", "Statements")),
        about="A thing is counted in its class and in each class above it.",
    ),
)
ONTOLOGY = (
    Panel("term/facts", "Facts", "facts"),
    Panel(
        "ontology/edges",
        "The model",
        "diagram",
        about="Drawn from the ontology: the properties that lead to other things, not those with texts or dates.",
    ),
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
