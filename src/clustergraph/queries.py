"""The project's own queries: plain SPARQL files under ``sparql/``, run with some variables bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import quote_plus

from clustergraph.engine import Bindings
from clustergraph.errors import NotFoundError
from clustergraph.sparqltext import around_values, with_values

#: Rows of values that one query is asked for; some engines refuse queries that are very long.
AT_ONCE = 100


@dataclass(frozen=True)
class Query:
    """One query file.

    :ivar name: its path under ``sparql/`` without the ending, e.g. ``"person/participations"``.
    :ivar text: SPARQL that runs unchanged in any SPARQL tool; its first comment line says what it answers.
    """

    name: str
    text: str

    @property
    def about(self) -> str:
        """The first comment line: what the query answers."""
        first = self.text.lstrip().split("\n", 1)[0]
        return first.lstrip("# ").strip() if first.startswith("#") else self.name

    def with_values(self, *rows: Bindings) -> str:
        """The text with the values of some variables written into it, to be read and run again by anyone.

        :param rows: variable name -> term, each with the same variables; none leaves the text as it is.
        """
        return with_values(self.text, *rows)

    def texts(self, rows: Sequence[Bindings]) -> list[str]:
        """The texts that ask for very many rows of values together, :data:`AT_ONCE` in each.

        :param rows: as of :meth:`with_values`; none are asked for by no text.
        """
        return [self.with_values(*rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE)]

    def run_path(self, *rows: Bindings) -> str:
        """The local address that runs the query with the values of some variables written into it."""
        before, values, after = around_values(self.text, *rows)
        return f"/sparql?query={_quoted(before)}{_values_quoted(values)}{_quoted(after)}"


@cache
def load(name: str) -> Query:
    """The query file of a name; raises NotFoundError where there is none."""
    file = files("clustergraph").joinpath("sparql", *f"{name}.rq".split("/"))
    if not file.is_file():
        raise NotFoundError(f"there is no query {name!r} under sparql/")
    return Query(name, file.read_text(encoding="utf-8"))


#: The text of a query as it stands in an address: most of what a page shows of its queries, and always the same.
_quoted = cache(quote_plus)
#: The panels of a page have the same values.
_values_quoted = lru_cache(maxsize=256)(quote_plus)
