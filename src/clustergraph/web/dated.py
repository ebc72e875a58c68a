"""Answers at a named release: ``?release={id}`` on any address. They never change, and their links stay in it.

Views see neither: the parameter is taken off the address before them, and put on to links after them.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlencode
from wsgiref.types import WSGIEnvironment

import flask
from flask import Flask, Response
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from clustergraph import releases
from clustergraph.errors import ClustergraphError, InputError
from clustergraph.formats import HTML

PARAMETER = "release"
#: Keys of the WSGI environment: the release that an address names, and why it cannot be had.
NAMED, REFUSED = "clustergraph.release", "clustergraph.release.refused"
#: Seconds for which an answer of a named release may be kept.
FOREVER = 31_536_000
#: Where a query string may name a release: by a name in plain letters, or in some that have to be decoded first.
MAYBE = re.compile(rf"(?:^|&)(?:{PARAMETER}(?:=|&|$)|[^=&]*%)")
#: What is the same at all releases, names its own, or is to be followed into the next ones.
ELSEWHERE = re.compile(r"/(?:/|static/|releases\b|feeds\b|ldes\b|health\b|metrics\b|dumps/[0-9a-f]{16}/)")
#: An element of a page with links. Nothing from the data holds a bare < or ": templates escape it.
ELEMENT = re.compile(r"<(?:a|form|link)\s[^<>]*>")
ADDRESS = re.compile(r'(?<=\s)(href|action)="(/[^"]*)"')
TARGET = re.compile(r"<(/[^>]*)>")
#: An address that names its release.
PLACED = re.compile(rf"[?&]{PARAMETER}=")
#: The relation of links that lead out of the named release (RFC 5829).
CURRENT = "latest-version"


class Request(flask.Request):
    """A request whose parameters are those of the view: the release is not among them."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the address, in their order."""
        found = super().args
        return ImmutableMultiDict([pair for pair in found.items(multi=True) if pair[0] != PARAMETER])


def read(environ: WSGIEnvironment) -> str | None:
    """The release that an address names, or None where it names none.

    :raises InputError: it stands twice, or is no name of a release.
    """
    text = environ.get("QUERY_STRING", "")
    if not MAYBE.search(text):
        return None
    found = [value for name, value in parse_qsl(text, keep_blank_values=True) if name == PARAMETER]
    if len(found) > 1:
        raise InputError(f"the parameter {PARAMETER!r} stands {len(found)} times; give it once")
    if found and not releases.ID.fullmatch(found[0]):
        raise InputError(
            f"{PARAMETER}={found[0][:40]!r} is no name of a release: 16 of 0-9 and a-f; /releases lists those kept"
        )
    return found[0] if found else None


def named() -> str:
    """The release that the address of the current request names, or empty."""
    return str(flask.request.environ.get(NAMED, ""))


def register(app: Flask) -> None:
    """Keep the answers of an application in the release that their addresses name."""
    app.request_class = Request
    app.before_request(_refuse)
    app.after_request(_keep)
    app.jinja_env.globals.update(named_release=named, current_address=_current_address)


def link(address: str, release: str) -> str:
    """An address of this service at a release."""
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={release}{mark}{fragment}"


def here(address: str) -> str:
    """An address of this service at the release that the address of the current request names, if any."""
    return link(address, named()) if named() else address


def _refuse() -> None:
    error: ClustergraphError | None = flask.request.environ.get(REFUSED)
    if error:
        raise error


def _current_address() -> str:
    """The address of the current request without the release."""
    asked = urlencode(list(flask.request.args.items(multi=True))) if flask.request.method == "GET" else ""
    return quote(flask.request.path) + (f"?{asked}" if asked else "")


def _keep(response: Response) -> Response:
    """Put the release on to every link of an answer, and say where the current one is."""
    release = named()
    if not release:
        return response
    for name in ("Location", "Content-Location"):
        if name in response.headers:
            response.headers[name] = _kept(response.headers[name], release)
    if "Link" in response.headers:
        response.headers["Link"] = TARGET.sub(lambda found: f"<{_kept(found[1], release)}>", response.headers["Link"])
    response.headers.add("Link", f'<{_current_address()}>; rel="{CURRENT}"')
    if response.mimetype == HTML.media_type and response.status_code != 304:
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.set_data(ELEMENT.sub(lambda found: _element(found[0], release), response.get_data(as_text=True)))
    return response


def _kept(address: str, release: str) -> str:
    """An address at a release; one that is none of ours, elsewhere, or names its release already as it is."""
    if not address.startswith("/") or ELSEWHERE.match(address) or PLACED.search(address):
        return address
    return link(address, release)


def _element(text: str, release: str) -> str:
    if f'rel="{CURRENT}"' in text:
        return text
    if text.startswith("<form") and 'method="get"' in text:  # what its address asks, a form leaves out
        return f'{text}<input type="hidden" name="{PARAMETER}" value="{release}">'

    def kept(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(_kept(unescape(found[2]), release))}"'

    return ADDRESS.sub(kept, text)
