"""The panels of the front page: where and when editions were, how many came, and who took part most often."""

from __future__ import annotations

from pyoxigraph import NamedNode

from clustergraph.entities.panels import Column, Panel
from clustergraph.iris import concept

_RANKED = (Column("editions", "Editions"), Column("sessions", "Sessions"))


def _figures(indicator: str, heading: str, about: str) -> Panel:
    return Panel(
        "home/figures",
        heading,
        "chart",
        key="edition",
        bindings={"indicator": NamedNode(concept("indicator", indicator))},
        about=about,
    )


MAP = Panel(
    "edition/places",
    "Where the editions were",
    "map",
    shared=True,
    about="Each point leads to its place; the list below says the same.",
)
PEOPLE = Panel(
    "home/people",
    "People who took part most often",
    key="agent",
    columns=(Column("agent", "Person"), *_RANKED),
    about="In two editions or more. Only parts stated as taken count: not being announced, quoted or named.",
)
ORGANISATIONS = Panel(
    "home/organisations",
    "Organisations that took part most often",
    key="agent",
    columns=(Column("agent", "Organisation"), *_RANKED),
    about="As organiser, partner, host, speaker and the like. What people did on its behalf counts for them alone.",
)
TIMELINE = Panel("edition/places", "When the editions were", "timeline", shared=True)
PARTICIPANTS = _figures(
    "participants",
    "Participants",
    "As sources state them: none is added up or rounded. Figures that differ are joined by a line. Where a column is "
    "empty, no source states a number.",
)
MEETINGS = _figures(
    "bilateral-meetings", "Bilateral meetings", "Of the matchmaking at an edition, as sources state them."
)
#: In the order of the page.
HOME = (MAP, PEOPLE, ORGANISATIONS, TIMELINE, PARTICIPANTS, MEETINGS)
