"""The page of an edition, and that of its record."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from clustergraph.entities.catalogue.columns import (
    ABOUT_TEXT,
    AGENT,
    AS_STATED,
    COUNTRY,
    DECISIONS,
    DIFFER,
    FOR,
    IN_EDITION,
    IN_EVENT,
    INDICATOR,
    KIND,
    POST,
    RELATED,
    REMARKS,
    SCOPE,
    STANDING,
    STATED,
    WRITTEN,
)
from clustergraph.entities.panels import Column, Panel
from clustergraph.iris import concept

#: Level of evidence -> heading and help of its panel on the page of an edition, strongest first.
LEVELS: Mapping[str, tuple[str, str]] = {
    "took-part": (
        "Took part, outside the sessions",
        "Organisers, partners and others; parts in a session stand above.",
    ),
    "announced": ("Announced", "Invited, to be confirmed or announced: no source says that they took part."),
    "represented": ("Represented", "Bodies in whose name somebody took part or the event was held."),
    "quoted": ("Quoted", "Quoted in a source; being quoted is no part in the programme."),
    "mentioned": ("Mentioned", "Named or visited; being mentioned is no part in the programme."),
}


def _level(level: str) -> Panel:
    heading, about = LEVELS[level]
    return Panel(
        "edition/parts",
        heading,
        columns=(AGENT, POST, FOR, IN_EVENT, COUNTRY, *REMARKS),
        group="role",
        bindings={"evidence": NamedNode(concept("evidence", level))},
        about=about,
        shared=True,
        home=True,
    )


EDITION = (
    Panel("edition/facts", "Facts", "facts", about="Where sources differ, each value stands with its own sources."),
    Panel(
        "edition/figures",
        "Figures",
        columns=(INDICATOR, STATED, SCOPE, Column("about", "About"), ABOUT_TEXT),
        home=True,
        about="In the words of the sources: “over 300” is not 300. Where two sources differ, both figures stand.",
    ),
    Panel("edition/claims", "Where sources differ", "differences", group="subject", home=True, about=DIFFER),
    Panel("edition/programme", "Programme", "programme", parts="edition/speakers"),
    *(_level(level) for level in LEVELS),
    Panel(
        "edition/returning",
        "Also at other editions",
        key="agent",
        columns=(AGENT, Column("before", "Before"), Column("after", "After")),
        about="Those who took part here and took part elsewhere too.",
    ),
    Panel("edition/topics", "Topics and ecosystems", "tags", (Column("topic", "Topic"),), "topic", "kind"),
    Panel("edition/policies", "Policies and programmes named", "tags", (Column("policy", "Policy"),), "policy"),
    Panel(
        "edition/places",
        "Where it was",
        "map",
        about="The point with a name is this edition; the others are the other editions.",
    ),
    Panel(
        "edition/stated",
        "What no source states",
        "completeness",
        about="Of what is stated of most editions. Sources that nobody has read yet may say more.",
    ),
    Panel(
        "edition/documents",
        "Documents",
        key="document",
        columns=(Column("document", "Document"), KIND, Column("address", "Address")),
    ),
    Panel(
        "edition/related",
        "Related events, as stated",
        group="relation",
        home=True,
        columns=(Column("event", "Event"), *RELATED),
    ),
    Panel(
        "edition/said-elsewhere",
        "What sources of other editions say of this one",
        columns=(IN_EDITION, Column("relation", "Named as"), *RELATED),
    ),
    DECISIONS,
)
#: What the page of an edition was made from, on a page of its own: each name and post as a source has it.
RECORD = (
    Panel(
        "edition/affiliations",
        "Posts and affiliations, as stated",
        home=True,
        columns=(Column("person", "Person"), POST, Column("organisation", "Organisation"), STANDING),
    ),
    Panel(
        "edition/mentions",
        "Everyone named, as printed",
        "records",
        home=True,
        columns=(AGENT, Column("name", "Other name"), WRITTEN, Column("session", "Session"), *AS_STATED),
    ),
    Panel(
        "edition/citations",
        "Sources read for this edition",
        "records",
        home=True,
        columns=(
            Column("identifier", "Mark in the sheet"),
            Column("cited", "Source"),
            Column("title", "Title as noted"),
            Column("publisher", "Publisher"),
            Column("issued", "Published on"),
            Column("seen", "Read"),
            Column("address", "Address"),
        ),
    ),
)
