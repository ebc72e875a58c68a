"""The lists of all things of a kind, in pages, found by name."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from clustergraph.entities.lists import LISTS
from clustergraph.errors import InputError, NotFoundError
from clustergraph.web import conditional
from clustergraph.web.site import site

blueprint = Blueprint("lists", __name__)
#: Longest text to find, in characters: no name of ours is as long.
LONGEST = 200
NAMES = ", ".join(LISTS)


@blueprint.get(f"/<any({NAMES}):name>")
def show(name: str) -> Response:
    """A page of a list."""
    wanted = request.args.get("q", "").strip()
    if len(wanted) > LONGEST:
        raise InputError(f"q is longer than {LONGEST} characters; give fewer words")
    part = site().listings.part(name, _number(request.args.get("page", "1")), wanted)
    return conditional.page(lambda: render_template("list.html", part=part, wanted=wanted, path=f"/{name}"))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise NotFoundError(f"page={text[:20]} is not the number of a page; pages are counted from 1")
    return int(text)
