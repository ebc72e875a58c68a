"""Names as people write them, and the keys by which two spellings are found to be one.

A key folds what spellings differ by without meaning anything: letter case, diacritics (ș and ş alike), scripts,
punctuation, academic titles, legal forms and word order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

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
#: Letters that people also write with two.
_IN_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
#: Shortest word in which a letter may be wrong, and from which length two may be.
_ONE_WRONG, _TWO_WRONG = 4, 8
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){1,3}[a-z]\b\.?|\bsp\. z o\.\s?o\.?")
_ACRONYM_IN_PARENTHESES = re.compile(r"\s*\(([A-Z0-9][\w³ &.-]{0,14})\)\s*$")


def nfc(text: str) -> str:
    """The text in Unicode normal form C, with runs of blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Lower-case ASCII words: ``"Košice IT-Valley"`` -> ``"kosice it valley"``."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(unicodedata.normalize("NFC", text)).lower()))


def foldings(text: str) -> list[str]:
    """The ways in which a text may be typed, folded, each once: ``"Müller-Öl"`` -> ``muller ol``, ``mueller oel``,
    ``mullerol`` and ``muelleroel``.

    With one letter or two for ä and its like, and with the parts of a compound apart or in one.
    """
    lower = unicodedata.normalize("NFC", text).lower()
    found: dict[str, None] = {}
    for spelling in (lower, lower.translate(_IN_TWO)):
        found[fold(spelling)] = None
        found[fold(re.sub(r"(?<=\w)[-‐‑–'’.](?=\w)", "", spelling))] = None
    return [folded for folded in found if folded]


def similar(word: str, words: Sequence[str], limit: int = 8) -> list[str]:
    """The words that differ from a folded word by small slips, the likest first (optimal string alignment).

    A slip is a letter too many, missing, wrong, or in the place of its neighbour: one in words from 4 letters, two
    in words from 8. Words with digits are not misspelt: another year is another year.

    :param words: folded words to choose from.
    """
    if len(word) < _ONE_WRONG or not word.isalpha():
        return []
    most = 1 if len(word) < _TWO_WRONG else 2
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=limit)
    return [other for other, distance, _ in found if distance and other.isalpha()]


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
