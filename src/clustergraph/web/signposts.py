"""Signposts: the ``Link`` headers by which programs find their way (Signposting, FAIR profile; RFC 8288).

What links lead to is named by path where it is ours, so that headers say the same behind any host.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from clustergraph.descriptions import LICENCE
from clustergraph.entities.schemaorg import SCHEMA, TYPES
from clustergraph.formats import (
    ATOM,
    CSV,
    CSVW,
    DOCUMENT_FORMATS,
    DUMP_FORMATS,
    GRAPH_FORMATS,
    HTML,
    ICALENDAR,
    JSON_FEED,
    Format,
)
from clustergraph.iris import PREFIXES, ROOT

#: What stays as it is in an address; the rest is percent-encoded, so that no name of a thing can end a header.
RESERVED = "%:/?#[]@!$&'()*+,;="
#: Kinds of things whose editions make a calendar -> the query that finds these.
CALENDARS = {
    "country": "where/editions",
    "region": "where/editions",
    "place": "where/editions",
    "person": "feeds/agent",
    "organisation": "feeds/agent",
    "topic": "topic/editions",
    "policy": "topic/editions",
}
ABOUT_PAGE = SCHEMA + "AboutPage"


def of_page(iri: str, kind: str, slug: str) -> str:
    """The header of the page of a thing.

    :param iri: the permanent address of the thing.
    """
    data = f"/data/{kind}/{quote(slug)}"
    return ", ".join(
        (
            _link(iri, "cite-as"),
            *(_link(f"{data}.{fmt.name}", "describedby", fmt.media_type) for fmt in GRAPH_FORMATS),
            _link(f"{data}.{CSV.name}", "alternate", CSV.media_type),
            _link(ABOUT_PAGE, "type"),
            _link(SCHEMA + TYPES[kind], "type"),
            _link(LICENCE.value, "license"),
        )
    )


def of_data(kind: str, slug: str) -> str:
    """The header of a data document: back to the page, and what the document is."""
    return ", ".join(
        (
            _link(f"/page/{kind}/{quote(slug)}", "describes", HTML.media_type),
            _link(PREFIXES["foaf"] + "Document", "type"),
            _link(LICENCE.value, "license"),
        )
    )


def of_home() -> str:
    """The header of the front page, which is the page of the whole dataset."""
    return ", ".join(
        (
            _link(ROOT, "cite-as"),
            _link(ABOUT_PAGE, "type"),
            _link(SCHEMA + "Dataset", "type"),
            _link(LICENCE.value, "license"),
            *(_link(f"/dumps/latest/clustergraph.{fmt.name}", "item", fmt.media_type) for fmt in DUMP_FORMATS),
        )
    )


def of_view(path: str, offered: tuple[Format, ...]) -> str:
    """The header of a page that draws on many things, and of the same as data.

    :param path: the address of the page; each format's adds its ending.
    """
    return ", ".join(
        (
            *(_link(f"{path}.{fmt.name}", "alternate", fmt.media_type) for fmt in offered),
            _link(ABOUT_PAGE, "type"),
            _link(LICENCE.value, "license"),
        )
    )


def of_dump(description: str = "") -> str:
    """The header of a file to download: the dataset it is a part of.

    :param description: the path of what describes it as CSVW, or empty.
    """
    described = [_link(description, "describedby", CSVW.media_type)] if description else []
    return ", ".join((_link("/", "collection", HTML.media_type), _link(LICENCE.value, "license"), *described))


def variants(found: Iterable[tuple[str, str, str]]) -> str:
    """The header of a refusal to a client that accepts none of the formats there are.

    :param found: address, name and media type of each.
    """
    return ", ".join(_link(path, "alternate", media_type) for path, _, media_type in found)


def alternates(kind: str, slug: str) -> list[tuple[str, str, str]]:
    """The data of a thing for the head of its page: media type, name of the format, path."""
    return [(fmt.media_type, fmt.label, f"/data/{kind}/{quote(slug)}.{fmt.name}") for fmt in DOCUMENT_FORMATS]


def feeds(kind: str, slug: str) -> list[tuple[str, str, str]]:
    """How to follow a thing: media type, name of the feed, path."""
    calendar = [(ICALENDAR.media_type, "Calendar", f"/feeds/{kind}/{quote(slug)}.{ICALENDAR.name}")]
    path = f"/feeds/changes/{kind}/{quote(slug)}"
    changes = [
        (ATOM.media_type, "Changes", f"{path}.{ATOM.name}"),
        (JSON_FEED.media_type, "Changes (JSON Feed)", f"{path}.{JSON_FEED.name}"),
    ]
    return [*(calendar if kind in CALENDARS else []), *changes]


def _link(target: str, relation: str, media_type: str = "") -> str:
    return f'<{quote(target, safe=RESERVED)}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")
