"""Names as people write them, and the keys by which two spellings are found to be one.

A key folds what spellings differ by without meaning anything: letter case, diacritics (ș and ş alike), scripts,
punctuation, academic titles, legal forms and word order.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii
from rapidfuzz import fuzz

#: Academic and courtesy titles in the languages that occur, folded, and fragments left of them by punctuation.
TITLES = frozenset({
    "bc", "csc", "dba", "dipl", "doc", "dott", "dottssa", "dr", "eng", "hab", "ing", "inz", "mba", "mgr", "mr", "mrs",
    "ms", "msc", "mudr", "phd", "prof", "rndr", "ssa", "tohtori",
})  # fmt: skip
#: Legal forms of companies and associations, folded.
LEGAL_FORMS = frozenset({
    "ab", "ag", "asbl", "bv", "ev", "gmbh", "kft", "ltd", "nv", "oy", "sa", "sas", "sl", "spa", "srl", "sro", "spzoo",
    "vvi", "zs",
})  # fmt: skip
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){1,3}[a-z]\b\.?|\bsp\. z o\.\s?o\.?")
_ACRONYM_IN_PARENTHESES = re.compile(r"\s*\(([A-Z0-9][\w³ &.-]{0,14})\)\s*$")


def nfc(text: str) -> str:
    """The text in Unicode normal form C, with runs of blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Lower-case ASCII words: ``"Košice IT-Valley"`` -> ``"kosice it valley"``."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(unicodedata.normalize("NFC", text)).lower()))


def person_key(name: str) -> str:
    """One key for a person's name with or without titles and diacritics, in either word order."""
    return " ".join(sorted(word for word in fold(name).split() if word not in TITLES))


def organisation_key(name: str) -> str:
    """One key for an organisation's name with or without article, legal form or acronym in parentheses."""
    bare = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]), without_acronym(name).lower())
    return " ".join(sorted(word for word in fold(bare).split() if word not in LEGAL_FORMS and word != "the"))


def without_acronym(name: str) -> str:
    """The name without an acronym in parentheses at its end: ``"Eurada (EURADA)"`` -> ``"Eurada"``."""
    found = _ACRONYM_IN_PARENTHESES.search(name)
    return name[: found.start()] if found and _is_acronym(found[1]) else name


def _is_acronym(text: str) -> bool:
    capitals = sum(char.isupper() or char.isdigit() for char in text)
    return capitals * 2 > len(text.replace(" ", ""))


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, 0 to 100, whatever the order of their words (rapidfuzz)."""
    return float(fuzz.token_sort_ratio(one, other))
