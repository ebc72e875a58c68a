"""A page in the words of schema.org, for search engines: made from what the page shows, so it says nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pyoxigraph import NamedNode

from clustergraph.entities.facts import Facts
from clustergraph.entities.page import Page
from clustergraph.entities.programme import Programme, Session
from clustergraph.entities.tables import Table
from clustergraph.entities.values import Value
from clustergraph.iris import PREFIXES, concept

SCHEMA = PREFIXES["schema"]
#: kind of page -> the class of schema.org that fits best.
TYPES = {
    "series": "EventSeries",
    "edition": "Event",
    "session": "Event",
    "event": "Event",
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "region": "AdministrativeArea",
    "country": "Country",
    "topic": "DefinedTerm",
    "policy": "DefinedTerm",
    "source": "CreativeWork",
    "document": "CreativeWork",
}
#: property in our data -> the property of schema.org that holds its texts.
TEXTS = {
    "skos:altLabel": "alternateName",
    "cg:acronym": "alternateName",
    "dct:alternative": "alternateName",
    "dct:publisher": "publisher",
    "skos:notation": "identifier",
}
#: property in our data -> the property of schema.org that holds the addresses it leads to.
ADDRESSES = {"foaf:homepage": "url", "schema:url": "url", "skos:exactMatch": "sameAs"}
#: property in our data -> the property of schema.org that holds the thing it names, and the class of that thing.
THINGS = {
    "org:unitOf": ("parentOrganization", "Organization"),
    "schema:superEvent": ("superEvent", "EventSeries"),
    "cv:parentEvent": ("superEvent", "Event"),
}
TOOK_PART = NamedNode(concept("evidence", "took-part"))
ATTENDANCE = {"online": "Online", "offline": "Offline", "mixed": "Mixed"}

#: What a thing is, by property; or one of its values.
Node = dict[str, Any]
#: Makes the public address of a path.
Address = Callable[[str], str]


def of(page: Page, address: Address) -> Node:
    """What a page says of its thing.

    :param address: makes the public address of a path of this service.
    """
    node = {"@context": SCHEMA.rstrip("/"), "@type": TYPES[page.kind], "@id": page.iri}
    node |= {"name": page.heading.label.text, "mainEntityOfPage": address(page.path)}
    node |= dict(_stated(page, address))
    if TYPES[page.kind] == "Event":
        node |= dict(_event(page, address))
    if page.kind == "person":
        node |= _post(page, address)
    return node


def breadcrumbs(steps: Sequence[tuple[str, str]], address: Address) -> Node:
    """Where a page stands.

    :param steps: names and paths from its list down to itself.
    """
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address(path)}
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return {"@context": SCHEMA.rstrip("/"), "@type": "BreadcrumbList", "itemListElement": items}


def _stated(page: Page, address: Address) -> Iterator[tuple[str, Any]]:
    """The facts of a page that have a word in schema.org."""
    for name, word in TEXTS.items():
        if texts := [value.text for value in _values(page, name)]:
            yield word, texts
    for name, word in ADDRESSES.items():
        if links := [value.href for value in _values(page, name) if value.external]:
            yield word, links[0] if word == "url" else links
    for name, (word, cls) in THINGS.items():
        if things := [_thing(cls, value, address) for value in _values(page, name)]:
            yield word, things[0]


def _event(page: Page, address: Address) -> Iterator[tuple[str, Any]]:
    """When and where an event was, who organised it, and its sessions."""
    if dates := page.heading.dates:
        yield from _dates(dates)
    if page.heading.places:
        yield "location", _place(page.heading.places)
    for value in _values(page, "schema:eventAttendanceMode"):
        if word := ATTENDANCE.get(value.text):
            yield "eventAttendanceMode", f"{SCHEMA}{word}EventAttendanceMode"
    if organisers := [_thing("Organization", value, address) for value in _organisers(page)]:
        yield "organizer", organisers
    if sessions := [_session(session, address) for session in _sessions(page)]:
        yield "subEvent", sessions


def _dates(dates: Value) -> Iterator[tuple[str, str]]:
    yield "startDate", dates.moment
    if dates.until:
        yield "endDate", dates.until


def _place(places: list[Value]) -> Node:
    """A city with its country, or one of them."""
    words = {"addressCountry" if "/page/country/" in one.href else "addressLocality": one.text for one in places}
    return {"@type": "Place", "name": places[0].text, "address": {"@type": "PostalAddress", **words}}


def _organisers(page: Page) -> Iterator[Value]:
    """Those listed as organisers where those who took part outside the sessions are shown."""
    for filled in page.panels:
        if filled.panel.bindings.get("evidence") == TOOK_PART and isinstance(filled.content, Table):
            for group in filled.content.groups:
                if group.heading and group.heading.href.endswith("/role/organiser"):
                    yield from (row.cells[0][0] for row in group.rows if row.cells[0])


def _sessions(page: Page) -> Iterator[Session]:
    for filled in page.panels:
        if isinstance(filled.content, Programme):
            yield from filled.content.sessions


def _session(session: Session, address: Address) -> Node:
    return _thing("Event", session.name, address) | (dict(_dates(session.day)) if session.day else {})


def _post(page: Page, address: Address) -> Node:
    """The post and the organisation of a person as stated last."""
    for filled in page.panels:
        if filled.panel.query == "person/affiliations" and isinstance(filled.content, Table):
            last = filled.content.groups[-1].rows[-1]
            cells = {column.variable: cell for column, cell in filled.content.headed(last)}
            post, organisation = cells.get("post"), cells.get("organisation")
            affiliation = {"affiliation": _thing("Organization", organisation[0], address)} if organisation else {}
            return affiliation | ({"jobTitle": post[0].text} if post else {})
    return {}


def _thing(cls: str, value: Value, address: Address) -> Node:
    link = {"url": address(value.href)} if value.href and not value.external else {}
    return {"@type": cls, "name": value.text, **link}


def _values(page: Page, name: str) -> list[Value]:
    """The values a page states of a property, alternative ones left out."""
    prefix, _, local = name.partition(":")
    return [
        entry.value
        for filled in page.panels
        if isinstance(filled.content, Facts)
        for fact in filled.content.facts
        if fact.property == PREFIXES[prefix] + local
        for entry in fact.entries
        if entry.standing != "alternative"
    ]
