"""Panels: a query file, and how its rows are laid out as facts, a table, a row of tags or a programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from clustergraph.engine import Solution
from clustergraph.entities import values
from clustergraph.entities.values import Value
from clustergraph.iris import CG, ID, PART_KINDS
from clustergraph.store import Term

#: Variable of a query -> the thing it stands for.
Things = Mapping[str, NamedNode]
#: Most rows, values or sessions that one panel shows; it says how many more there are, and leads to all of them.
MOST = 200


@dataclass(frozen=True)
class Column:
    """One column of a table.

    :ivar variable: the variable of the query that fills it; ``?{variable}Label`` names things.
    :ivar heading: what stands above it.
    :ivar until: the variable with the end of a span of dates, or empty.
    :ivar other: the variable of another thing: the column then links to what connects the two; or empty.
    """

    variable: str
    heading: str
    until: str = ""
    other: str = ""


@dataclass(frozen=True)
class Panel:
    """One panel of a page.

    A query gives one row for each combination of values; rows of one ``key`` are one row of the panel, with every
    value once. Sources stand in ``?source``.

    :ivar query: name of the query file, ``"edition/figures"``.
    :ivar heading: what stands above the panel.
    :ivar layout: the template that shows it: ``table``, ``records`` (a table with many columns, row by row), ``tags``
        (of a table's first column), ``facts``, ``ledger``, ``map``, ``travels``,
        ``timeline``, ``chart``, ``completeness``, ``differences``, ``diagram``, ``sides`` or ``programme``.
    :ivar columns: the columns of the table.
    :ivar key: the variable whose value makes rows one, or several between blanks.
    :ivar group: the variable by which rows are grouped under a heading, or empty.
    :ivar group_note: the variable with what stands beside that heading, such as a date, or empty.
    :ivar bindings: values of further variables of the query, beside ``?entity``.
    :ivar about: a sentence that helps to read the panel, or empty.
    :ivar more: path and name of a page that shows more of it, or None; ``{}`` in the path is kind and slug of
        the thing, ``person:emil-boc``.
    :ivar shared: whether the query runs once, without ``bindings``, for all panels of a page that differ in these.
    :ivar parts: name of a query for what belongs to each row, such as who had a part in a session; or empty.
    :ivar keys: name of a lean query for the keys of its rows in their order, so that of very much only what is shown
        is asked for; or empty.
    :ivar by: the variable of that query by which rows are asked for.
    :ivar rows: name of the query for the rows of these, or empty: ``query``.
    :ivar home: whether this is the place of the parts it shows, so that their addresses lead here.
    """

    query: str
    heading: str
    layout: str = "table"
    columns: tuple[Column, ...] = ()
    key: str = "item"
    group: str = ""
    group_note: str = ""
    bindings: Mapping[str, NamedNode] = field(default_factory=dict)
    about: str = ""
    more: tuple[str, str] | None = None
    shared: bool = False
    parts: str = ""
    keys: str = ""
    by: str = ""
    rows: str = ""
    home: bool = False


class Gathered:
    """All rows of a query that share one key: every value of every variable once, in order.

    :param key: what the rows share.
    :ivar terms: variable -> its terms, each with its label and the end of the span that it begins, in order.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.terms: dict[str, dict[tuple[Term, Term | None, Term | None], None]] = {}
        self.sources: dict[str, None] = {}
        self._values: dict[str, list[Value]] = {}

    def of(self, variable: str) -> list[Value]:
        """The values of a variable; made when they are asked for, since of very many rows few are shown."""
        made = self._values.get(variable)
        if made is None:
            made = self._values[variable] = _values(self.terms.get(variable, {}))
        return made

    def first(self, variable: str) -> Value | None:
        """The first value of a variable, or None."""
        return next(iter(self.of(variable)), None)


def _values(terms: Collection[tuple[Term, Term | None, Term | None]]) -> list[Value]:
    made = [values.span(term, until) if until else values.of(term, label) for term, label, until in terms]
    if len(made) < 2:  # most cells hold one value
        return made
    found: dict[tuple[Term, str], Value] = {}
    for (term, _, _), value in zip(terms, made, strict=True):
        found.setdefault((term, value.text), value)
    return list(found.values())


def bound(row: Solution, variable: str) -> Term | None:
    """The value of a variable in a row, or None where the query does not have it or leaves it unbound."""
    term: Term | None = row.get(variable)
    return term


def own(panel: Panel, rows: list[Solution]) -> list[Solution]:
    """The rows that are those of a panel, of all that a query it shares gave."""
    if not panel.shared:
        return rows
    return [row for row in rows if panel.bindings.items() <= row.items()]


def name_of(row: Solution, names: Sequence[str]) -> str:
    """What tells a row apart, the same in all that are one row of a panel; empty where it has nothing such.

    :param names: the variables that tell rows apart, mostly one.
    """
    if len(names) == 1:  # thousands of rows are read for one page
        term = row.get(names[0])
        return "" if term is None else str(term.value)
    return " ".join([row[name].value for name in names])


def holds(row: Solution, variable: str) -> bool:
    """Whether a variable is true in a row. Engines write ``true`` or ``1`` (XML Schema, part 2, section 3.2.2.1)."""
    term = bound(row, variable)
    return term is not None and term.value in ("true", "1")


def gather(rows: list[Solution], key: str, variables: Mapping[str, str]) -> list[Gathered]:
    """Rows of one key made one, in the order in which the keys first occur.

    :param rows: the rows of a query.
    :param key: the variable that tells rows apart, or several between blanks; rows without it all differ.
    :param variables: the variables to keep -> the variable with the end of their span, or empty.
    """
    found: dict[str, Gathered] = {}
    names = key.split()
    asked = [(variable, f"{variable}Label", until) for variable, until in variables.items()]
    for number, row in enumerate(rows):
        get = row.get  # thousands of cells are read for one page
        name = name_of(row, names) or str(number)
        gathered = found.get(name) or found.setdefault(name, Gathered(name))
        for variable, label, until in asked:
            value = get(variable) or get(label)
            if value is not None:
                gathered.terms.setdefault(variable, {})[value, get(label), get(until)] = None
        if isinstance(source := get("source"), NamedNode):
            gathered.sources[source.value] = None
    return list(found.values())


def anchor(iri: str) -> str:
    """The fragment by which a part of an edition, or a term of the ontology, is found on its page; else empty.

    ``…/id/mention/2025-07-01-cluj-napoca--emil-boc`` -> ``"mention--emil-boc"``, ``…/ontology#Edition`` ->
    ``"Edition"``; see :func:`iris.page_path`.
    """
    if iri.startswith(CG):
        return iri.removeprefix(CG)
    kind, _, slug = iri.removeprefix(ID).partition("/")
    return f"{kind}--{slug.partition('--')[2]}" if iri.startswith(ID) and kind in PART_KINDS else ""
