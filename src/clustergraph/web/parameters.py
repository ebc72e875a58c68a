"""The parameters of an address, read strictly: a slip of the pen is told, and never taken for "all"."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

from clustergraph.errors import InputError, NotFoundError

#: Most values one address may choose.
MOST = 50


def only(allowed: Collection[str]) -> None:
    """Refuse every other parameter.

    :raises InputError: there is one, or there are too many.
    """
    for name in request.args:
        if name not in allowed:
            raise InputError(f"there is no parameter {name[:40]!r} here; there are {', '.join(allowed)}")
    if sum(len(found) for _, found in request.args.lists()) > MOST:
        raise InputError(f"more than {MOST} values are chosen; choose fewer")


def single(name: str, longest: int) -> str:
    """The value of a parameter that may stand once, without blanks around it; empty where it is missing.

    :param longest: most characters it may have.
    :raises InputError: it stands twice, or is longer.
    """
    found = request.args.getlist(name)
    if len(found) > 1:
        raise InputError(f"the parameter {name!r} stands {len(found)} times; give it once")
    text = found[0].strip() if found else ""
    if len(text) > longest:
        raise InputError(f"{name} has {len(text)} characters, at most {longest} are taken; give fewer words")
    return text


def page_number() -> int:
    """The number of the page asked for, from 1.

    :raises NotFoundError: it is no number of a page.
    """
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or int(text) < 1:
        raise NotFoundError(f"page={text[:20]} is not the number of a page; pages are counted from 1")
    return int(text)
