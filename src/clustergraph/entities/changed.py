"""Changes between releases as a page shows them: node by node, what was there before and what is there after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from clustergraph import iris, parts
from clustergraph.changes import Change, Difference, Fact, Node
from clustergraph.entities.values import Value, of

#: Most values of a property that a page shows on each side.
MOST_VALUES = 12
#: Most new things of a kind that are named on the front page.
MOST_NAMES = 8


@dataclass(frozen=True)
class Line:
    """A property of a node and its values on both sides, as far as they differ.

    :ivar property: what the property is called.
    :ivar more: how many values are left out.
    """

    property: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    more: int


@dataclass(frozen=True)
class Block:
    """A node that changed.

    :ivar thing: what it is shown with; the same for blocks that follow each other.
    :ivar change: what changed of that thing in all.
    :ivar part: what the part is, in words; empty for the thing itself.
    :ivar sources: those the node names.
    """

    thing: Value
    change: Change
    part: str
    state: str
    lines: tuple[Line, ...]
    sources: tuple[Value, ...]


@dataclass(frozen=True)
class Arrived:
    """The things of a kind that are new in a release: how many, and the first of them."""

    kind: str
    count: int
    named: tuple[Value, ...]


class Words:
    """Names and links for what a difference names.

    :param difference: what changed.
    :param served: the identifier of the release whose pages need no ``?release=``.
    """

    def __init__(self, difference: Difference, served: str) -> None:
        self._difference = difference
        self._served = served

    def value(self, term: NamedNode | Literal) -> Value:
        """A term by its label; what is gone leads to its page in the older release."""
        if isinstance(term, Literal):
            return of(term)
        label = self._difference.labels.get(term.value)
        found = of(term, label)
        if found.external:
            return found
        text = found.text if label and label.value else parts.described(term.value, "")
        return found._replace(text=text, href=self._href(term.value, found.href))

    def thing(self, iri: str) -> Value:
        """A thing by its IRI."""
        return self.value(NamedNode(iri))

    def arrived(self) -> list[Arrived]:
        """What is new, kind by kind."""
        new: dict[str, list[str]] = {}
        for change in self._difference.changes.values():
            if change.state == "added":
                new.setdefault(change.kind, []).append(change.iri)
        return [
            Arrived(kind, len(things), tuple(self.thing(iri) for iri in things[:MOST_NAMES]))
            for kind, things in new.items()
        ]

    def _href(self, iri: str, href: str) -> str:
        change = self._difference.changes.get(iris.shown_with(iri))
        gone = change is not None and change.state == "removed"
        release = (self._difference.older if gone else self._difference.newer).id
        if not href or release == self._served:
            return href
        path, hash_, fragment = href.partition("#")
        return f"{path}?release={release}{hash_}{fragment}"

    def block(self, change: Change, node: Node) -> Block:
        """A node as a page shows it."""
        return Block(
            thing=self.thing(change.iri),
            change=change,
            part="" if node.iri == change.iri else self._part(node.iri),
            state=node.state,
            lines=tuple(self._line(facts) for facts in _by_property(node.facts)),
            sources=tuple(self.thing(source) for source in node.sources),
        )

    def _part(self, iri: str) -> str:
        label = self._difference.labels.get(iri)
        return parts.described(iri, label.value if label else "")

    def _line(self, facts: Sequence[Fact]) -> Line:
        sides = [[fact.value for fact in facts if fact.added is added] for added in (False, True)]
        before, after = (tuple(self.value(term) for term in side[:MOST_VALUES]) for side in sides)
        label = self._difference.labels.get(facts[0].property.value)
        name = label.value if label else iris.shorten(facts[0].property.value)
        return Line(name, before, after, len(facts) - len(before) - len(after))


def left_out(number: int) -> str:
    """How many statements are left out, in words; empty where none is."""
    if not number:
        return ""
    statements, are = ("statement", "is") if number == 1 else ("statements", "are")
    return f"{number:,} {statements} on persons removed at their own request {are} left out."


def chosen(difference: Difference, kind: str, thing: str) -> list[tuple[Change, Node]]:
    """The nodes that changed, of one kind of thing and of one thing where these are named.

    :param kind: as :attr:`Change.kind` says it, or empty.
    :param thing: an IRI, or empty.
    """
    wanted = [difference.changes[thing]] if thing in difference.changes else [] if thing else None
    changes = difference.changes.values() if wanted is None else wanted
    return [(change, node) for change in changes if kind in ("", change.kind) for node in change.nodes]


def _by_property(facts: Iterable[Fact]) -> list[list[Fact]]:
    return [list(group) for _, group in groupby(facts, key=lambda fact: fact.property.value)]
