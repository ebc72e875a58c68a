"""The pages of places, regions and countries."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from clustergraph.entities.catalogue.columns import (
    DATES,
    DECISIONS,
    FACTS,
    FIGURES,
    FOR,
    IN_EDITION,
    IN_SESSION,
    KIND,
    ROLE,
)
from clustergraph.entities.panels import Column, Panel
from clustergraph.iris import concept

EDITIONS_HELD = Panel(
    "where/editions",
    "Editions held here",
    key="edition",
    columns=(IN_EDITION, DATES, Column("city", "City"), Column("region", "Region"), Column("coverage", "Coverage")),
)
TRAVELS = Panel(
    "where/travels",
    "Held here, and where its people and bodies went",
    "travels",
    about="Only parts that sources state as taken count. Each point leads to its place; the table says the same.",
)
#: Level of evidence -> heading and help of its panel on the pages of places, regions and countries, strongest first.
LEVELS: Mapping[str, tuple[str, str]] = {
    "took-part": (
        "Who from here took part, and where",
        "Bodies seated here, people stated as from here, and people who stood for a body from here. City and region "
        "say where exactly, as far as sources do.",
    ),
    "announced": (
        "From here, announced",
        "Invited, to be confirmed or announced: no source says that they took part.",
    ),
    "represented": ("From here, represented", "Bodies in whose name somebody took part or the event was held."),
    "quoted": ("From here, quoted", "Quoted in a source; being quoted is no part in the programme."),
    "mentioned": ("From here, mentioned", "Named or visited; being mentioned is no part in the programme."),
}
MATRIX = ("/countries/matrix", "All countries in one matrix")
_COUNTED = (Column("people", "People"), Column("organisations", "Bodies"), Column("editions", "Editions"))
GUESTS = Panel(
    "where/guests",
    "As host: from where its guests came",
    key="country",
    columns=(Column("country", "From"), *_COUNTED),
    about="Of those who took part in editions here, as far as a source says from where they are; the country itself "
    "stands among them.",
    more=MATRIX,
)
HOSTS = Panel(
    "where/hosts",
    "As guest: to where they went",
    key="country",
    columns=(Column("country", "Host"), *_COUNTED),
    about="The countries of the editions in which people and bodies from here took part.",
    more=MATRIX,
)
ORGANISATIONS = Panel(
    "where/organisations",
    "Organisations from here",
    key="organisation",
    columns=(Column("organisation", "Organisation"), KIND, Column("edition", "Named at")),
    keys="where/organisations-keys",
    by="organisation",
    rows="organisation/named",
)
SESSIONS_HELD = Panel(
    "where/held",
    "Sessions held here",
    key="session",
    columns=(IN_SESSION, KIND, Column("date", "Date"), IN_EDITION),
)
WITHIN = Panel(
    "where/parts",
    "Regions and places within",
    key="part",
    group="kind",
    columns=(
        Column("part", "Part"),
        Column("code", "Code"),
        Column("within", "In"),
        Column("editions", "Editions held"),
        Column("people", "People who took part"),
        Column("organisations", "Bodies that took part"),
        Column("went", "Editions they were at"),
    ),
    about="Each counts all that lies in it: NUTS 1 what its regions of NUTS 2 count, and these their places.",
)
EVENTS_HELD = Panel(
    "where/events",
    "Related events held here",
    key="event",
    columns=(Column("event", "Event"), DATES, Column("city", "City")),
)


def _level(level: str) -> Panel:
    heading, about = LEVELS[level]
    return Panel(
        "where/actors",
        heading,
        columns=(IN_EDITION, ROLE, FOR, Column("city", "City"), Column("region", "Region")),
        key="agent edition",
        group="agent",
        keys="where/actors-keys",
        by="part",
        bindings={"evidence": NamedNode(concept("evidence", level))},
        about=about,
        shared=True,
    )


ACTORS = tuple(_level(level) for level in LEVELS)

PLACE = (FACTS, EDITIONS_HELD, TRAVELS, *ACTORS, GUESTS, HOSTS, ORGANISATIONS, SESSIONS_HELD, EVENTS_HELD, DECISIONS)
REGION = (FACTS, EDITIONS_HELD, TRAVELS, WITHIN, *ACTORS, GUESTS, HOSTS, ORGANISATIONS, FIGURES, DECISIONS)
COUNTRY = (
    FACTS,
    EDITIONS_HELD,
    TRAVELS,
    GUESTS,
    HOSTS,
    WITHIN,
    *ACTORS,
    ORGANISATIONS,
    Panel(
        "where/people",
        "People stated as from here",
        key="person",
        columns=(Column("person", "Person"), Column("edition", "Named at")),
        keys="where/people-keys",
        by="part",
    ),
    Panel(
        "where/sessions",
        "Sessions at which it was represented",
        key="session",
        columns=(IN_SESSION, KIND, IN_EDITION),
    ),
    EVENTS_HELD,
    FIGURES,
    DECISIONS,
)
