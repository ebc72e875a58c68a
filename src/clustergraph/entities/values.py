"""Values as a page shows them: a text, where it leads, and in which language it is."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from clustergraph.iris import PREFIXES, is_web_address, page_path
from clustergraph.store import Term

XSD = PREFIXES["xsd"]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Language tag of texts whose language nobody stated (BCP 47): it is data, and says nothing to a browser.
UNDETERMINED = "und"


class Value(NamedTuple):
    """One value of a fact.

    :ivar text: what is read.
    :ivar href: where it leads, an address on this site or an http(s) address elsewhere; empty for plain text.
    :ivar lang: language tag, or empty where none is stated.
    :ivar external: whether ``href`` leads to another site.
    :ivar moment: the date in machine form (``2025-07-01``), or empty.
    :ivar until: the last day of a span of dates in machine form, or empty.
    """

    text: str
    href: str = ""
    lang: str = ""
    external: bool = False
    moment: str = ""
    until: str = ""


@lru_cache(maxsize=8192)
def of(term: Term, label: Term | None = None) -> Value:
    """The value of a term, named by a label where it is a thing.

    :param term: any term; only IRIs with a page here and http(s) addresses become links.
    :param label: the label of the thing, where the query found one.
    """
    if isinstance(term, NamedNode):
        return _of_thing(term.value, label)
    if isinstance(term, Literal):
        return _of_literal(term)
    return Value(str(term))


def _of_thing(iri: str, label: Term | None) -> Value:
    text, lang = (label.value, _language(label)) if isinstance(label, Literal) else ("", "")
    if path := page_path(iri):
        return Value(text or iri, path, lang)
    if is_web_address(iri):
        return Value(text or re.sub(r"^https?://|/$", "", iri), iri, lang, external=True)
    return Value(text or iri, lang=lang)


def _language(literal: Literal) -> str:
    return literal.language if literal.language and literal.language != UNDETERMINED else ""


def _of_literal(literal: Literal) -> Value:
    kind = literal.datatype.value.removeprefix(XSD)
    if kind in ("date", "gYearMonth", "gYear"):
        return Value(day(literal.value), moment=literal.value)
    if kind == "boolean":
        return Value("yes" if literal.value in ("true", "1") else "no")
    if kind == "anyURI" and is_web_address(literal.value):
        return Value(literal.value, literal.value, external=True)
    return Value(literal.value, lang=_language(literal))


def between(one: Value, other: Value) -> Value:
    """A link to what connects two things that have a page each."""
    ends = sorted(value.href.removeprefix("/page/") for value in (one, other))
    return Value("What connects them", "/between/" + "/".join(ends))


def day(text: str) -> str:
    """A date in words, ``"1 July 2025"`` or ``"July 2025"``; other text as it is."""
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return text
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return text
    words = [parts[0]] if len(numbers) == 1 else [MONTHS[numbers[1] - 1], parts[0]]
    return " ".join([str(numbers[2]), *words] if len(numbers) == 3 else words)


def days(start: str, end: str) -> str:
    """A span of dates in words: ``"1–2 July 2025"``, ``"29 March – 2 April 2025"``; one day where both are the same.

    :param start: first day, ISO 8601.
    :param end: last day, ISO 8601, or empty.
    """
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return day(start)
    if first == last:
        return day(start)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(end)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def span(start: Term, end: Term | None) -> Value:
    """The value of a span of dates; of anything that has no end, the value itself."""
    if not isinstance(start, Literal) or not isinstance(end, Literal):
        return of(start)
    return Value(days(start.value, end.value), moment=start.value, until=end.value)
