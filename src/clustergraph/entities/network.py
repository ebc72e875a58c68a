"""The network of those who took part: who shared sessions and editions with whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities import values
from clustergraph.entities.facets import key_of
from clustergraph.entities.panels import bound
from clustergraph.entities.values import Value
from clustergraph.errors import InputError
from clustergraph.iris import kind_and_slug
from clustergraph.names import fold

QUERY = "network/parts"
#: Most actors and most links of one view, so that it can be read.
MOST_ACTORS, MOST_LINKS = 150, 400
#: How many views are kept.
KEPT = 64
#: What can be chosen -> its heading.
FACETS = {"role": "Role", "kind": "Kind", "country": "Country", "edition": "Edition"}
#: By what actors are linked, the usual first.
LINKED_BY = {"session": "a session shared", "edition": "an edition shared"}
PERSON = "person"


@dataclass(frozen=True)
class Wish:
    """What is asked of the network; empty where nothing is.

    :ivar around: the actor in the middle, ``person:emil-boc``.
    :ivar by: a key of :data:`LINKED_BY`.
    """

    role: str = ""
    kind: str = ""
    country: str = ""
    edition: str = ""
    around: str = ""
    by: str = "session"


@dataclass(frozen=True)
class Actor:
    """Somebody who took part.

    :ivar key: how addresses name it, ``person:emil-boc``.
    :ivar kind: the kind of a body, or "person".
    :ivar group: ``person``, ``cluster`` or ``body``: how it is drawn.
    """

    iri: str
    key: str
    name: Value
    kind: str
    group: str


@dataclass(frozen=True)
class Seen:
    """An actor in a view.

    :ivar editions: in how many editions it took part, of those chosen; ``sessions`` likewise.
    :ivar links: how many of the links shown are its own.
    """

    actor: Actor
    editions: int
    sessions: int
    links: int


@dataclass(frozen=True)
class Link:
    """Two actors who shared something.

    :ivar sessions: how many sessions; ``editions``: how many editions.
    """

    one: Actor
    other: Actor
    sessions: int
    editions: int


@dataclass(frozen=True)
class View:
    """The part of the network that was asked for: its strongest actors, and their strongest links.

    :ivar actors: those with links, by the number of editions, then sessions, then by name.
    :ivar found: how many actors fit; ``together``: how many of them share something with another.
    :ivar linked: how many links there are among the strongest actors.
    """

    wish: Wish
    actors: list[Seen]
    links: list[Link]
    found: int
    together: int
    linked: int


@dataclass(frozen=True)
class _Part:
    """One part that an actor had: in an edition, perhaps in a session of it."""

    actor: Actor
    chosen: Mapping[str, frozenset[str]]
    edition: str
    session: str

    def fits(self, wish: Wish) -> bool:
        """Whether it is among those chosen."""
        return all(getattr(wish, name) in ("", *self.chosen[name]) for name in FACETS)


class Network:
    """The network of one graph; views are worked out once each.

    :param graph: the graph of the release.
    """

    def __init__(self, graph: Engine) -> None:
        self._labels: dict[str, dict[str, str]] = {name: {} for name in FACETS}
        self._actors: dict[str, Actor] = {}
        by_part: dict[str, list[Solution]] = defaultdict(list)
        for row in graph.select(queries.load(QUERY).text):
            by_part[row["part"].value].append(row)
        self._parts = [self._part(rows) for rows in by_part.values()]
        self.view = lru_cache(KEPT)(self._view)

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Facet -> the keys and labels of its values: editions by date, the last first, all else by name."""
        sorted_by_name = {
            name: sorted(labels.items(), key=lambda entry: (fold(entry[1]), entry[0]))
            for name, labels in self._labels.items()
        }
        return sorted_by_name | {"edition": sorted(self._labels["edition"].items(), reverse=True)}

    def actor(self, key: str) -> Actor:
        """The actor that addresses name by a key.

        :raises InputError: nobody who took part has it.
        """
        if key not in self._actors:
            raise InputError(f"around={key[:60]!r} names nobody who took part; write it as in around=person:emil-boc")
        return self._actors[key]

    def _part(self, rows: list[Solution]) -> _Part:
        row = rows[0]
        session = bound(row, "session")
        chosen = {name: frozenset(self._note(name, row) for row in rows) - {""} for name in FACETS}
        return _Part(self._actor(row), chosen, row["edition"].value, session.value if session else "")

    def _note(self, name: str, row: Solution) -> str:
        """The key of a facet's value in a row, its label kept."""
        term = bound(row, name)
        if term is None and name != "kind":
            return ""
        key = key_of(term) if term else PERSON
        self._labels[name].setdefault(key, values.of(term, bound(row, f"{name}Label")).text if term else PERSON)
        return key

    def _actor(self, row: Solution) -> Actor:
        iri, kind = row["agent"].value, bound(row, "kind")
        key = ":".join(kind_and_slug(iri) or ("", iri))
        label = bound(row, "kindLabel")
        group = PERSON if kind is None else "cluster" if key_of(kind).startswith("cluster") else "body"
        name = values.of(row["agent"], row["agentLabel"])
        return self._actors.setdefault(key, Actor(iri, key, name, label.value if label else PERSON, group))

    def _check(self, wish: Wish) -> None:
        for name, labels in self._labels.items():
            key = getattr(wish, name)
            if key and key not in labels:
                allowed = ", ".join(sorted(labels))
                raise InputError(f"{name}={key[:60]!r} does not occur in the network; allowed are {allowed}")
        if wish.by not in LINKED_BY:
            raise InputError(f"by={wish.by[:40]!r} links nobody; take one of {', '.join(LINKED_BY)}")

    def _view(self, wish: Wish) -> View:
        self._check(wish)
        parts = [part for part in self._parts if part.fits(wish)]
        if wish.around:
            parts = list(_around(parts, self.actor(wish.around), wish.by))
        editions = _shared((part.actor, part.edition) for part in parts)
        sessions = _shared((part.actor, part.session) for part in parts if part.session)
        counted = {one: (len(events), len(sessions.get(one, ()))) for one, events in editions.items()}
        together = _in_company(sessions if wish.by == "session" else editions)
        ranked = sorted(together, key=lambda one: (one.key != wish.around, *(-n for n in counted[one]), *_named(one)))
        links = _links(ranked[:MOST_ACTORS], sessions, editions, wish.by)
        shown = links[:MOST_LINKS]
        ends = Counter(actor for link in shown for actor in (link.one, link.other))
        seen = [Seen(actor, *counted[actor], ends[actor]) for actor in ranked[:MOST_ACTORS] if ends[actor]]
        return View(wish, seen, shown, len(counted), len(ranked), len(links))


def _around(parts: list[_Part], middle: Actor, by: str) -> Iterator[_Part]:
    """The parts of those who shared something with an actor, in what they shared."""
    own = {getattr(part, by) for part in parts if part.actor == middle} - {""}
    return (part for part in parts if getattr(part, by) in own)


def _shared(pairs: Iterable[tuple[Actor, str]]) -> dict[Actor, set[str]]:
    found: dict[Actor, set[str]] = defaultdict(set)
    for actor, event in pairs:
        found[actor].add(event)
    return found


def _in_company(events: Mapping[Actor, set[str]]) -> list[Actor]:
    """The actors who share an event with another."""
    met = Counter(event for own in events.values() for event in own)
    return [actor for actor, own in events.items() if any(met[event] > 1 for event in own)]


def _links(
    actors: list[Actor], sessions: Mapping[Actor, set[str]], editions: Mapping[Actor, set[str]], by: str
) -> list[Link]:
    """The links among some actors, the strongest first, then by name."""
    by_session, by_edition = _together(actors, sessions), _together(actors, editions)
    pairs = by_session if by == "session" else by_edition
    links = [Link(*pair, by_session[pair], by_edition[pair]) for pair in pairs]
    return sorted(links, key=lambda link: (*_weight(link, by), *_named(link.one), *_named(link.other)))


def _together(actors: list[Actor], events: Mapping[Actor, set[str]]) -> Counter[tuple[Actor, Actor]]:
    """How many events two actors share, of all pairs that share any; the one ranked higher stands first."""
    members: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for event in events.get(actor, ()):
            members[event].append(actor)
    return Counter((one, other) for together in members.values() for one, other in combinations(together, 2))


def _weight(link: Link, by: str) -> tuple[int, int]:
    weights = (-link.sessions, -link.editions)
    return weights if by == "session" else (weights[1], weights[0])


def _named(actor: Actor) -> tuple[str, str]:
    return fold(actor.name.text), actor.iri
