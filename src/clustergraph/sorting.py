"""Rows in the order that their query asks for, where it is one of texts.

An engine that reads from disk looks both texts up again for each comparison: to sort some thousand rows takes it
longer than to find them. A text is the same to compare everywhere, by its characters (SPARQL 1.1, sections 15.1 and
17.3.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode

from clustergraph.engine import Solution

KEY = re.compile(r"LCASE\(STR\(\?(\w+)\)\)|STR\(\?(\w+)\)")
#: What a query ends with that sorts by nothing but texts.
ORDER = re.compile(rf"\sORDER BY((?:\s+(?:{KEY.pattern}))+)\s*\Z")
#: An order in which all rows are equal: to sort at all, the engine finds every row before it gives the first, and
#: leaves the interpreter to other threads meanwhile.
ANY = "\nORDER BY (0)\n"
#: The variables that a query gives, up to its pattern.
GIVEN = re.compile(r"^SELECT\s[^{]*", re.MULTILINE)


@dataclass(frozen=True)
class Key:
    """What rows are sorted by: the text of a variable, as it is or with all its letters small."""

    variable: str
    small: bool

    def of(self, row: Solution) -> tuple[bool, str]:
        """The text in a row; one that has none stands first."""
        term = row[self.variable]
        if term is None or isinstance(term, BlankNode):
            return False, ""
        return True, term.value.lower() if self.small else term.value


@lru_cache(maxsize=256)  # those of the project; queries that name what they are about come and go
def apart(query: str) -> tuple[str, tuple[Key, ...]]:
    """A query without an order of its own, and what that sorts by; the query as it is, and nothing, where that is no
    order of texts that the query gives.
    """
    order = ORDER.search(query)
    if order is None:
        return query, ()
    keys = tuple(Key(small or plain, bool(small)) for small, plain in KEY.findall(order[1]))
    given = GIVEN.search(query)
    if given is None or not {key.variable for key in keys} <= set(re.findall(r"\?(\w+)", given[0])):
        return query, ()
    return query[: order.start()] + ANY, keys


def in_order(rows: list[Solution], keys: tuple[Key, ...]) -> list[Solution]:
    """Some rows, sorted; what is equal stays as it comes."""
    return sorted(rows, key=lambda row: [key.of(row) for key in keys]) if keys else rows
