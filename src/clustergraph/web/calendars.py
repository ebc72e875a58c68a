"""``/feeds/….ics``: the editions as a calendar to follow: all, or those of a country, a region, an actor, a topic."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response
from pyoxigraph import Literal, NamedNode

from clustergraph import calendars, iris, queries
from clustergraph.calendars import Occasion
from clustergraph.engine import Solution
from clustergraph.entities.page import find, heading
from clustergraph.entities.panels import bound
from clustergraph.errors import NotFoundError
from clustergraph.formats import ICALENDAR
from clustergraph.web import conditional
from clustergraph.web.signposts import CALENDARS
from clustergraph.web.site import address, site

blueprint = Blueprint("calendars", __name__, url_prefix="/feeds")
SERIES = "Clusters meet Regions"
XSD_DATE = iris.PREFIXES["xsd"] + "date"


@blueprint.get("/editions.ics")
def editions() -> Response:
    """Every edition whose days are known."""
    return _answer(SERIES, "/feeds/editions.ics", None)


@blueprint.get("/<kind>/<slug>.ics")
def of_thing(kind: str, slug: str) -> Response:
    """The editions of a country, a region, a place, a person, an organisation, a topic or a policy."""
    if kind not in CALENDARS:
        raise NotFoundError(f"there is no calendar of a {kind}; there is one of each {', '.join(CALENDARS)}")
    entity = find(site().graph, kind, slug)
    name = heading(site().graph, entity, slug).label.text
    rows = site().graph.select(queries.load(CALENDARS[kind]).text, {"entity": entity})
    return _answer(f"{SERIES}: {name}", f"/feeds/{kind}/{slug}.ics", _roles(rows))


def _answer(name: str, where: str, chosen: dict[str, str] | None) -> Response:
    def body() -> bytes:
        rows = site().graph.select(queries.load("feeds/editions").text)
        occasions, undated = _occasions(rows, chosen)
        about = f"Editions of {SERIES}, past and announced. {iris.ROOT}" + (
            f" Without known days, and so not in here: {'; '.join(undated)}." if undated else ""
        )
        return calendars.write(name, about, address(where), occasions)

    return conditional.respond(ICALENDAR, body)


def _roles(rows: list[Solution]) -> dict[str, str]:
    """The editions a query found, each with the roles it names: ``"took part: speaker, moderator"``."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        evidence, role = bound(row, "evidenceLabel"), bound(row, "roleLabel")
        held = found.setdefault(row["edition"].value, {})
        if evidence and role:
            held.setdefault(evidence.value, []).append(role.value)
    return {
        edition: "; ".join(f"{evidence}: {', '.join(roles)}" for evidence, roles in held.items())
        for edition, held in found.items()
    }


def _occasions(rows: list[Solution], chosen: dict[str, str] | None) -> tuple[list[Occasion], list[str]]:
    """The editions that are dated, and what those are called that are not.

    :param chosen: the IRIs of the editions meant -> what to say of each; None: all, with nothing to say.
    """
    found: dict[str, Occasion] = {}
    undated: dict[str, None] = {}
    for row in rows:
        iri = row["edition"].value
        if chosen is None or iri in chosen:
            if start := _day(row, "start"):
                stated = max(_day(row, "issued") or start, found[iri].stated if iri in found else date.min)
                found[iri] = _occasion(row, start, stated, (chosen or {}).get(iri, ""))
            else:
                undated[row["editionLabel"].value] = None
    return sorted(found.values(), key=lambda each: (each.start, each.iri)), list(undated)


def _occasion(row: Solution, start: date, stated: date, said: str) -> Occasion:
    where = [term.value for name in ("venue", "city", "countryLabel") if (term := bound(row, name))]
    return Occasion(
        iri=row["edition"].value,
        title=row["editionLabel"].value,
        start=start,
        end=_day(row, "end"),
        place=", ".join(where),
        description=said,
        stated=stated,
    )


def _day(row: Solution, name: str) -> date | None:
    term = bound(row, name)
    is_day = isinstance(term, Literal) and term.datatype == NamedNode(XSD_DATE)
    return date.fromisoformat(term.value) if term and is_day else None
