"""Which panels the page of each kind of thing is made of."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from clustergraph.entities.panels import Column, Panel
from clustergraph.iris import concept

_EDITION = Column("edition", "Edition")
_SESSION = Column("session", "Session")
_KIND = Column("kind", "Kind")
_ROLE = Column("role", "Role")
_AGENT = Column("agent", "Person or body")
_POST = Column("post", "Post as stated")
_FOR = Column("representing", "Organisation represented")
_EVENT = Column("event", "Session or event")
_EVIDENCE = Column("evidence", "Evidence")
_COUNTRY = Column("country", "Country")
_DATES = Column("start", "Dates", until="end")
_DAY = Column("date", "From")
_REMARKS = (Column("attendance", "Attendance"), Column("status", "Status"))
_WRITTEN = Column("written", "As printed")
_STATED = Column("stated", "Figure")
_INDICATOR = Column("indicator", "Indicator")
_SCOPE = Column("scope", "Scope")
_ABOUT_TEXT = Column("aboutText", "About, as printed")
_STANDING = Column("standing", "Standing")
_CLAIM = (Column("value", "Value", until="until"), _STANDING, Column("reason", "Reason"))
_RELATED = (Column("title", "Title as stated"), _DATES, Column("city", "City"), _COUNTRY)
_AS_STATED = (
    _KIND, _COUNTRY, Column("region", "Region"), Column("city", "City"), Column("sector", "Sectors"),
    Column("website", "Website"), Column("note", "Note"),
)  # fmt: skip

FACTS = Panel("thing/facts", "Facts", "facts")
FIGURES = Panel(
    "thing/figures", "Figures", columns=(_EDITION, _INDICATOR, _STATED, _SCOPE, _ABOUT_TEXT)
)
CLAIMS = Panel("thing/claims", "Where sources differ", columns=(_EDITION, Column("property", "Of"), *_CLAIM))
DECISIONS = Panel(
    "thing/decisions", "Editors' decisions",
    columns=(Column("spelling", "Name"), Column("decision", "Decision"), Column("reason", "Reason"),
             Column("date", "Date")),
)  # fmt: skip

#: Level of evidence -> heading and help of its panel on the page of an edition, strongest first.
LEVELS: Mapping[str, tuple[str, str]] = {
    "took-part": ("Organisers, partners and others who took part", "Parts in a session stand in the programme above."),
    "announced": ("Announced", "Invited, to be confirmed or announced: no source says that they took part."),
    "represented": ("Represented", "Bodies in whose name somebody took part or the event was held."),
    "quoted": ("Quoted", "Quoted in a source; being quoted is no part in the programme."),
    "mentioned": ("Mentioned", "Named or visited; being mentioned is no part in the programme."),
}


def _level(level: str) -> Panel:
    heading, about = LEVELS[level]
    return Panel(
        "edition/parts", heading, columns=(_AGENT, _POST, _FOR, _EVENT, _COUNTRY, *_REMARKS), group="role",
        bindings={"evidence": NamedNode(concept("evidence", level))}, about=about, home=True,
    )  # fmt: skip


EDITION = (
    Panel("edition/facts", "Facts", "facts", about="Where sources differ, each value stands with its own sources."),
    Panel(
        "edition/figures", "Figures", columns=(_STATED, _SCOPE, Column("about", "About"), _ABOUT_TEXT),
        group="indicator", home=True, about="In the words of the sources: “over 300” is not 300.",
    ),
    Panel("edition/programme", "Programme", "programme"),
    *(_level(level) for level in LEVELS),
    Panel("edition/topics", "Topics and ecosystems", "tags", (Column("topic", "Topic"),), "topic", "kind"),
    Panel("edition/policies", "Policies and programmes named", "tags", (Column("policy", "Policy"),), "policy"),
    Panel(
        "edition/documents", "Documents", key="document",
        columns=(Column("document", "Document"), _KIND, Column("address", "Address")),
    ),
    Panel(
        "edition/related", "Related events, as stated", group="relation", home=True,
        columns=(Column("event", "Event"), *_RELATED),
    ),
    Panel(
        "edition/said-elsewhere", "What sources of other editions say of this one",
        columns=(_EDITION, Column("relation", "Named as"), *_RELATED),
    ),
    Panel(
        "edition/claims", "Where sources differ", group="subject", home=True,
        columns=(Column("property", "Of"), *_CLAIM),
    ),
    Panel(
        "edition/affiliations", "Posts and affiliations, as stated", home=True,
        columns=(Column("person", "Person"), _POST, Column("organisation", "Organisation"), _STANDING),
    ),
    Panel(
        "edition/mentions", "Everyone named, as printed", home=True,
        columns=(_AGENT, Column("name", "Other name"), _WRITTEN, *_AS_STATED),
    ),
    Panel(
        "edition/citations", "Sources read for this edition", home=True,
        columns=(Column("identifier", "Mark in the sheet"), Column("cited", "Source"), Column("title", "Title as noted"),
                 Column("publisher", "Publisher"), Column("issued", "Published on"), Column("seen", "Read"),
                 Column("address", "Address")),
    ),
)  # fmt: skip

SESSION = (
    FACTS,
    Panel("session/parts", "Who had which part", columns=(_AGENT, _ROLE, _POST, _FOR, _COUNTRY, *_REMARKS),
          group="evidence"),
    FIGURES,
    CLAIMS,
)  # fmt: skip

EVENT = (
    FACTS,
    Panel("event/relations", "Editions that name it", columns=(_EDITION, Column("relation", "Named as"), *_RELATED)),
    Panel("event/sessions", "Sessions", key="session",
          columns=(_SESSION, _KIND, Column("date", "Date"), Column("edition", "Stated at"))),
    Panel("session/parts", "Who had which part", columns=(_AGENT, _ROLE, _POST, _FOR, _COUNTRY, *_REMARKS),
          group="evidence"),
    CLAIMS,
    DECISIONS,
)  # fmt: skip

_REGISTRY = "Names and identifiers as kept in the registry; marks lead to the sources that state the same."
_APPEARANCES = "Taking part, being announced, represented, quoted and mentioned are different things."
_MENTIONS = Panel(
    "agent/mentions", "Names as printed, and what sources say", columns=(_EDITION, _WRITTEN, *_AS_STATED)
)

PERSON = (
    Panel(
        "agent/appearances", "Appearances", about=_APPEARANCES,
        columns=(_EDITION, _DAY, _ROLE, _EVENT, _POST, _FOR, _EVIDENCE, *_REMARKS),
    ),
    Panel(
        "person/affiliations", "Posts and organisations over time",
        columns=(_EDITION, _DAY, _POST, Column("organisation", "Organisation"), _STANDING),
    ),
    Panel("agent/facts", "Names and identifiers", "facts", about=_REGISTRY),
    _MENTIONS,
    CLAIMS,
    DECISIONS,
)  # fmt: skip

ORGANISATION = (
    Panel(
        "agent/appearances", "Appearances", about=_APPEARANCES,
        columns=(_EDITION, _DAY, _ROLE, _EVENT, _FOR, _EVIDENCE, *_REMARKS),
    ),
    Panel(
        "organisation/represented-by", "Parts that people had on its behalf",
        columns=(_EDITION, Column("agent", "Person"), _ROLE, _EVENT, _POST, _EVIDENCE),
    ),
    Panel(
        "organisation/people", "People stated as belonging to it",
        columns=(Column("person", "Person"), _EDITION, _DAY, _POST, _STANDING),
    ),
    Panel("agent/facts", "Facts", "facts", about=_REGISTRY),
    Panel("organisation/units", "Units", "tags", (Column("unit", "Unit"),), "unit"),
    FIGURES,
    _MENTIONS,
    Panel(
        "organisation/publications", "Published by it", key="document",
        columns=(Column("document", "Document"), Column("issued", "Published on"), Column("address", "Address")),
    ),
    CLAIMS,
    DECISIONS,
)  # fmt: skip

_EDITIONS_HELD = Panel(
    "where/editions", "Editions held here", key="edition",
    columns=(_EDITION, _DATES, Column("city", "City"), Column("region", "Region"), Column("coverage", "Coverage")),
)  # fmt: skip
_ORGANISATIONS = Panel(
    "where/organisations", "Organisations from here", key="organisation",
    columns=(Column("organisation", "Organisation"), _KIND, Column("edition", "Named at")),
)  # fmt: skip
_WITHIN = Panel(
    "where/parts", "Regions and places within", "tags", (Column("part", "Part"),), key="part", group="kind"
)
_EVENTS = Panel(
    "where/events", "Related events held here", key="event",
    columns=(Column("event", "Event"), _DATES, Column("city", "City")),
)  # fmt: skip

PLACE = (FACTS, _EDITIONS_HELD, _ORGANISATIONS, _EVENTS, DECISIONS)
REGION = (FACTS, _EDITIONS_HELD, _ORGANISATIONS, _WITHIN, FIGURES)
COUNTRY = (
    FACTS,
    _EDITIONS_HELD,
    _ORGANISATIONS,
    Panel(
        "where/people", "People stated as from here", key="person",
        columns=(Column("person", "Person"), Column("edition", "Named at")),
    ),
    Panel(
        "where/sessions", "Sessions at which it was represented", key="session", columns=(_SESSION, _KIND, _EDITION)
    ),
    _EVENTS,
    FIGURES,
    _WITHIN,
)  # fmt: skip

_TOPIC_EDITIONS = Panel("topic/editions", "Editions", key="edition", columns=(_EDITION, _DATES, _COUNTRY))
TOPIC = (
    Panel("topic/facts", "Facts", "facts"),
    _TOPIC_EDITIONS,
    Panel("topic/sessions", "Sessions", key="session", columns=(_SESSION, _KIND, _EDITION)),
    Panel(
        "topic/organisations", "Organisations in this sector", key="organisation",
        columns=(Column("organisation", "Organisation"), Column("edition", "Stated at")),
    ),
)  # fmt: skip
POLICY = (Panel("topic/facts", "Facts", "facts"), _TOPIC_EDITIONS)

SOURCE = (
    FACTS,
    Panel(
        "source/citations", "Editions that cite it",
        columns=(_EDITION, Column("identifier", "As"), Column("title", "Title as noted"), Column("publisher", "Publisher"),
                 Column("issued", "Published on"), Column("seen", "Read")),
    ),
    Panel("source/editions", "Document of", key="edition", columns=(_EDITION, _DATES)),
    Panel("source/things", "Described from it", "tags", (Column("thing", "Thing"),), "thing", "kind"),
    Panel("source/figures", "Figures it states",
          columns=(_EDITION, _INDICATOR, _STATED, Column("about", "About"), _SCOPE, _ABOUT_TEXT)),
    Panel("source/parts", "Parts it states", columns=(_AGENT, _ROLE, _EVENT, _POST, _FOR), group="evidence"),
    Panel("source/affiliations", "Posts and affiliations it states",
          columns=(Column("person", "Person"), _POST, Column("organisation", "Organisation"), _EDITION, _STANDING)),
    Panel("source/mentions", "Everyone it names", columns=(_AGENT, _EDITION, _WRITTEN)),
    Panel("source/relations", "Related events it names",
          columns=(_EDITION, Column("relation", "Relation"), Column("event", "Event"), Column("title", "Title as stated"),
                   _DATES)),
    Panel("source/claims", "What it says where sources differ",
          columns=(Column("subject", "Of"), Column("property", "Property"), *_CLAIM)),
)  # fmt: skip

SERIES = (
    FACTS,
    Panel(
        "series/editions", "Editions", key="edition",
        columns=(_EDITION, _DATES, Column("city", "City"), _COUNTRY, Column("number", "Number, as stated"),
                 Column("order", "Place by date (inferred)"), Column("coverage", "Coverage")),
    ),
)  # fmt: skip

#: kind -> its panels, in order; every kind with a page is here.
PANELS: Mapping[str, tuple[Panel, ...]] = {
    "series": SERIES,
    "edition": EDITION,
    "session": SESSION,
    "event": EVENT,
    "person": PERSON,
    "organisation": ORGANISATION,
    "place": PLACE,
    "region": REGION,
    "country": COUNTRY,
    "topic": TOPIC,
    "policy": POLICY,
    "source": SOURCE,
    "document": SOURCE,
}
