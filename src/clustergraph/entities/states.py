"""What is asked of a list, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True)
class State:
    """What is asked of a list; all of it stands in the address.

    :ivar wanted: words that a name must hold, in any letter case and with or without diacritics.
    :ivar chosen: pairs of a facet and the key of one of its values, sorted; of one facet, any of them will do.
    :ivar sort: the name of an order, or empty for the usual one.
    :ivar number: the page, from 1.
    """

    wanted: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    number: int = 1

    @property
    def address(self) -> str:
        """The state as the query of an address, with its ``?``; empty where nothing is asked."""
        pairs = [("q", self.wanted), *self.chosen, ("sort", self.sort), ("page", str(self.number))]
        asked = urlencode([(name, text) for name, text in pairs if text and (name, text) != ("page", "1")])
        return f"?{asked}" if asked else ""

    @property
    def plain(self) -> bool:
        """Whether it asks for nothing but a page."""
        return not (self.wanted or self.chosen or self.sort)

    def toggled(self, facet: str, key: str, alone: bool = False) -> State:
        """With a value chosen or no longer, from the first page on.

        :param alone: whether other values of the facet give way to it.
        """
        pair = (facet, key)
        kept = {other for other in self.chosen if other != pair and not (alone and other[0] == facet)}
        return replace(self, chosen=tuple(sorted(kept if pair in self.chosen else {*kept, pair})), number=1)

    def at(self, number: int) -> State:
        """The same on another page."""
        return replace(self, number=number)

    def sorted(self, sort: str) -> State:
        """The same in another order, from the first page on."""
        return replace(self, sort=sort, number=1)
