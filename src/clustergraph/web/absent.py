"""What is not where it was: things that moved, and things that only an earlier release has."""

from __future__ import annotations

from urllib.parse import quote

from flask import request

from clustergraph import changes, iris
from clustergraph.entities.values import day
from clustergraph.errors import GoneError, MovedError, NotFoundError, UnknownThingError
from clustergraph.web.negotiation import AS_ASKED
from clustergraph.web.site import site


def earlier(error: UnknownThingError) -> NotFoundError | GoneError:
    """What to say of a thing that the release being served does not have: 410 where an earlier kept one has it.

    Parts of a page are left out: they are named after what they say, and change their names with it.
    """
    if error.kind in iris.PART_KINDS:
        return error
    this, since = site().release.about.created, site().release
    for release in site().kept():
        if release.about.created >= this:
            continue
        if any(changes.describes(release, iri) for iri in iris.candidates(error.kind, error.slug)):
            path = f"/page/{error.kind}/{quote(error.slug)}?release={release.id}"
            return GoneError(
                f"{error.kind} {error.slug!r} was in release {release.id} of {day(release.about.created[:10])} and "
                f"is no longer in that of {day(since.about.created[:10])}; it can still be read at {path}",
                path,
            )
        since = release
    return error


def location(error: MovedError) -> str:
    """The new address of what was asked for: the same view in the same format, with what was asked of it."""
    old, new = (f"/{quote(kind)}/{quote(slug)}" for kind, slug in (error.old, error.new))
    path = quote(request.path).replace(old, new, 1)
    asked = request.query_string.decode("latin-1")
    return f"{path}?{quote(asked, safe=AS_ASKED)}" if asked else path
