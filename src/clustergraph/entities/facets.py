"""Facets of a list: by what its things can be chosen, and how many each choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities import values
from clustergraph.entities.panels import bound
from clustergraph.store import Term

#: What is chosen: facet -> the keys of its values, any of which will do.
Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Facet:
    """One thing to choose by.

    :ivar name: its name in addresses, and the variable of the query; ``?{name}Label`` names its values.
    :ivar heading: what stands above its values.
    :ivar by_key: its values stand in the order of their keys, the last first; else the most frequent first.
    """

    name: str
    heading: str
    by_key: bool = False


@dataclass(frozen=True)
class Aspect:
    """Facets whose values hold together: each row of the query is one occasion, such as a role at an edition.

    A thing is found where one of its occasions fits all that is chosen.

    :ivar query: name of the query file, with ``?item`` and a variable for each facet.
    :ivar apart: the facet whose values are never counted together, so that one of them always holds; or empty.
    :ivar usual: the key of its value that holds where none is chosen.
    """

    query: str
    facets: tuple[Facet, ...]
    apart: str = ""
    usual: str = ""

    def holds(self, chosen: Chosen) -> Chosen:
        """What is chosen of these facets, with the usual value of the one kept apart where another is chosen."""
        own = {facet.name: chosen[facet.name] for facet in self.facets if facet.name in chosen}
        return {self.apart: frozenset((self.usual,)), **own} if self.apart and own else own


class Found:
    """What the query of an aspect finds, of whatever list: it is asked once for all lists that are chosen by it.

    :ivar items: the IRI of the thing of each row.
    :ivar keys: facet -> the key of its value in each row, empty where it has none.
    :ivar labels: facet -> key -> what its value is called.
    """

    def __init__(self, graph: Engine, aspect: Aspect) -> None:
        self.items: list[str] = []
        self.keys: dict[str, list[str]] = {facet.name: [] for facet in aspect.facets}
        self.labels: dict[str, dict[str, str]] = {facet.name: {} for facet in aspect.facets}
        for row in graph.select(queries.load(aspect.query).text):
            if item := bound(row, "item"):
                self.items.append(item.value)
                for name, keys in self.keys.items():
                    keys.append(self._note(name, bound(row, name), bound(row, f"{name}Label")))

    def _note(self, name: str, term: Term | None, label: Term | None) -> str:
        if term is None:
            return ""
        key = key_of(term)
        if key not in self.labels[name]:
            self.labels[name][key] = values.of(term, label).text
        return key


class Occasions:
    """The rows of an aspect that are of one list.

    :param found: what its query finds.
    :param positions: IRI of each thing of the list -> its position in it; rows of other things are left out.
    """

    def __init__(self, found: Found, aspect: Aspect, positions: Mapping[str, int]) -> None:
        self.aspect = aspect
        own = [row for row, item in enumerate(found.items) if item in positions]
        self._items = [positions[found.items[row]] for row in own]
        self._keys = {name: [keys[row] for row in own] for name, keys in found.keys.items()}
        self.labels = {
            name: {key: found.labels[name][key] for key in keys if key} for name, keys in self._keys.items()
        }

    def items(self, chosen: Chosen) -> set[int] | None:
        """The positions of the things with an occasion that fits; None where nothing of this aspect is chosen."""
        held = self.aspect.holds(chosen)
        return {self._items[row] for row in self._rows(held)} if held else None

    def counts(self, facet: Facet, chosen: Chosen, among: set[int] | None) -> Counter[str]:
        """How many things each value of a facet would leave, whatever is chosen of this facet now.

        :param among: the positions that everything else leaves; None for all.
        """
        held = {name: keys for name, keys in self.aspect.holds(chosen).items() if name != facet.name}
        if self.aspect.apart not in ("", facet.name):
            held.setdefault(self.aspect.apart, frozenset((self.aspect.usual,)))
        keys = self._keys[facet.name]
        pairs = {(self._items[row], keys[row]) for row in self._rows(held) if keys[row]}
        return Counter(key for item, key in pairs if among is None or item in among)

    def _rows(self, held: Chosen) -> Iterable[int]:
        rows: Iterable[int] = range(len(self._items))
        for name, wanted in held.items():
            keys = self._keys[name]
            rows = [row for row in rows if keys[row] in wanted]
        return rows


def key_of(term: Term) -> str:
    """How a value is named in an address: the last part of an IRI, or the text of a literal."""
    text = term.value
    if isinstance(term, NamedNode):
        return text.rstrip("/").rpartition("/")[2]
    return {"true": "yes", "false": "no"}.get(text, text)
