"""What one value of a fact sheet may be: each function takes a plain YAML value and returns it checked.

Each raises ValueError with what is wrong; the caller adds file, line and key.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from clustergraph.iris import SLUG, is_web_address
from clustergraph.names import nfc

#: Longest text in characters; the longest real one has 350.
LONGEST = 5000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]")


def text(value: Any) -> str:
    """A text that is not empty, NFC-normalised, without control or direction-override characters."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not a text; put it in quotes, or leave the key out where nothing is stated")
    if _CONTROL.search(nfc(value)):
        raise ValueError(f"{value[:60]!r} has a control character; remove it")
    if len(value) > LONGEST:
        raise ValueError(f"a text of {len(value)} characters; at most {LONGEST} are taken")
    return nfc(value)


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts (one text alone counts as a list of one); doubled ones once."""
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(text(item) for item in items))


def list_of_texts(value: Any) -> tuple[str, ...]:
    """A list of texts, written as a list."""
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list; write [{value}]")
    return texts(value)


def ordinal(value: Any) -> int:
    """A whole number from 1 to 100,000."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100_000:
        raise ValueError(f"{value!r} is not a whole number from 1 to 100000")
    return value


def flag(value: Any) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def day(value: Any) -> date:
    """A date, YYYY-MM-DD, from 1990 to 2100."""
    if not isinstance(value, date) or not 1990 <= value.year <= 2100:
        raise ValueError(f"{value!r} is not a date; write YYYY-MM-DD")
    return value


def period(value: Any) -> str:
    """A date, a month or a year: ``2025-07-10``, ``2024-12``, ``2024``."""
    written = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return day(value if isinstance(value, date) else date.fromisoformat(written)).isoformat()
    if not re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", written):
        raise ValueError(f"{value!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return written


def figure(value: Any) -> int | Decimal | str:
    """A whole number, a decimal number or a word."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{value!r} is neither a number nor a word")
    if isinstance(value, float):
        return Decimal(str(value))
    return value if isinstance(value, int) else text(value)


def address(value: Any) -> str:
    """An absolute http(s) address."""
    url = text(value)
    if not is_web_address(url):
        raise ValueError(f"{url!r} is not an absolute http(s) address")
    return url


def country_code(value: Any) -> str:
    """Two capital letters, ISO 3166-1 (Greece is GR)."""
    code = text(value)
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError(f"{code!r} is not a country code; write the two capital letters of ISO 3166-1, e.g. GR")
    return code


def country_codes(value: Any) -> tuple[str, ...]:
    """A list of country codes."""
    return tuple(dict.fromkeys(country_code(item) for item in list_of_texts(value)))


def nuts_code(value: Any) -> str:
    """A NUTS code of level 1 or 2: two letters and one or two more characters."""
    code = text(value)
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{1,2}", code):
        raise ValueError(f"{code!r} is not a NUTS code of level 1 or 2; write it as Eurostat does, e.g. RO11")
    return code


def local_id(value: Any) -> str:
    """An id within the sheet: lower-case ASCII words joined by hyphens."""
    name = text(value)
    if not SLUG.fullmatch(name) or "--" in name or len(name) > 60:
        raise ValueError(f"{name!r} is not an id; write lower-case letters, digits and single hyphens, at most 60")
    return name


def local_ids(value: Any) -> tuple[str, ...]:
    """A list of ids with at least one in it."""
    ids = tuple(local_id(item) for item in list_of_texts(value))
    if not ids:
        raise ValueError("the list is empty; every fact names its source")
    return ids


def code(value: Any) -> str:
    """A word from a closed list, as it stands in the sheet (``opening_speaker``)."""
    word = text(value)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", word):
        raise ValueError(f"{word!r} is not a code; codes are lower-case words joined by _")
    return word


def codes(value: Any) -> tuple[str, ...]:
    """A list of codes; it may be empty."""
    return tuple(dict.fromkeys(code(item) for item in list_of_texts(value)))
