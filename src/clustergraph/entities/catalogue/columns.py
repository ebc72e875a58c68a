"""Columns and panels that pages of several kinds share."""

from __future__ import annotations

from clustergraph.entities.panels import Column, Panel

IN_EDITION = Column("edition", "Edition")
IN_SESSION = Column("session", "Session")
KIND = Column("kind", "Kind")
ROLE = Column("role", "Role")
AGENT = Column("agent", "Person or body")
POST = Column("post", "Post as stated")
FOR = Column("representing", "Organisation represented")
IN_EVENT = Column("event", "Session or event")
EVIDENCE = Column("evidence", "Evidence")
COUNTRY = Column("country", "Country")
DATES = Column("start", "Dates", until="end")
DAY = Column("date", "From")
REMARKS = (Column("attendance", "Attendance"), Column("status", "Status"))
WRITTEN = Column("written", "As printed")
STATED = Column("stated", "Figure")
INDICATOR = Column("indicator", "Indicator")
SCOPE = Column("scope", "Scope")
ABOUT_TEXT = Column("aboutText", "About, as printed")
STANDING = Column("standing", "Standing")
CLAIM = (Column("value", "Value", until="until"), STANDING, Column("reason", "Reason"))
DIFFER = "The value the graph takes stands first; a reason says why where an editor gave one."
RELATED = (Column("title", "Title as stated"), DATES, Column("city", "City"), COUNTRY)
AS_STATED = (
    KIND,
    COUNTRY,
    Column("region", "Region"),
    Column("city", "City"),
    Column("sector", "Sectors"),
    Column("website", "Website"),
    Column("note", "Note"),
)

FACTS = Panel("thing/facts", "Facts", "facts")
FIGURES = Panel("thing/figures", "Figures", columns=(IN_EDITION, INDICATOR, STATED, SCOPE, ABOUT_TEXT))
CLAIMS = Panel("thing/claims", "Where sources differ", "differences", group="edition", about=DIFFER)
DECISIONS = Panel(
    "thing/decisions",
    "Editors' decisions",
    "records",
    columns=(
        Column("decision", "Decision"),
        Column("spelling", "Name"),
        Column("identifier", "Identifier"),
        Column("place", "City"),
        Column("start", "Date"),
        Column("reason", "Reason"),
        Column("date", "Decided on"),
    ),
)
