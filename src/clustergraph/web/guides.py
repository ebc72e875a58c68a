"""Pages about the whole: what it is, how to cite it, what it holds of persons, how to reach everybody and how to keep
an address for ever."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from clustergraph import iris, queries
from clustergraph.errors import NotFoundError
from clustergraph.formats import Format
from clustergraph.web import conditional, dated, metadata
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("guides", __name__)
TEXT = Format("txt", "Plain text", "text/plain", (), True)


@dataclass(frozen=True)
class Guide:
    """A page about the whole.

    :ivar title: its heading.
    :ivar about: a sentence on what it says.
    """

    title: str
    about: str


#: Name of the page, which is its address and its template -> what it is.
GUIDES = {
    "about": Guide("About", "What clustergraph holds, who may use it how, and what it holds of persons."),
    "cite": Guide(
        "How to cite, and the licence", "How to name clustergraph and the sources of what you take from it."
    ),
    "privacy": Guide("Privacy", "What is held of persons, why, and how to have it corrected or removed."),
    "accessibility": Guide(
        "Accessibility", "How these pages can be used by everybody, and what is known to fall short."
    ),
    "addresses": Guide(
        "Permanent addresses", "Which addresses stay, where they lead, and the rules that lead there."
    ),
}
NAMES = ", ".join(GUIDES)


@dataclass(frozen=True)
class Program:
    """A program to copy.

    :ivar label: the language or tool, in words.
    :ivar template: its file under ``templates/access/``; the address of the text alone is named after it.
    :ivar note: what to know before running it.
    """

    label: str
    template: str
    note: str


PROGRAMS = {
    "curl.sh": Program("curl", "curl.sh", "In a shell."),
    "with-rdflib.py": Program("Python with rdflib", "with-rdflib.py.txt", "A thing as a graph."),
    "with-sparqlwrapper.py": Program(
        "Python with SPARQLWrapper", "with-sparqlwrapper.py.txt", "Any query, its rows one by one."
    ),
    "with-pandas.py": Program("Python with pandas", "with-pandas.py.txt", "Lists and queries as data frames."),
    "base.R": Program("R", "base.R", "Without any package."),
    "fetch.mjs": Program("JavaScript", "fetch.mjs", "In a browser's console, in a page of yours, or in Node.js."),
    "power.pq": Program("Excel and Power BI", "power.pq", "In Power Query, which both have."),
}


@blueprint.get(f"/<any({NAMES}):name>")
def show(name: str) -> Response:
    """A page about the whole."""
    guide = GUIDES[name]
    return conditional.page(
        lambda: render_template(
            f"guides/{name}.html",
            guide=guide,
            release=site().release,
            base=address(""),
            citation=metadata.citation(
                "Clusters meet Regions, edition by edition",
                iris.release(dated.named()) if dated.named() else iris.ROOT,
            ),
            contact=site().settings.contact,
            metadata=Metadata(guide.title, guide.about, address(f"/{name}")),
        )
    )


@blueprint.get("/developers")
def developers() -> Response:
    """How programs get at the data, ready to copy."""
    head = Metadata(
        "For developers", "Queries, lists, things and files for programs, ready to copy.", address("/developers")
    )
    return conditional.page(
        lambda: render_template(
            "guides/developers.html",
            guide=Guide(head.title, head.description),
            at=_at,
            dated=dated.here,
            bounds=site().settings,
            edition=newest_edition(),
            programs=[(name, program, _text(program)) for name, program in PROGRAMS.items()],
            metadata=head,
        )
    )


@blueprint.get("/developers/<name>")
def program(name: str) -> Response:
    """The text of one program."""
    if name not in PROGRAMS:
        raise NotFoundError(f"there is no program {name!r}; there are {', '.join(PROGRAMS)}")
    return conditional.respond(TEXT, lambda: _text(PROGRAMS[name]))


@blueprint.get("/addresses/htaccess.txt")
def rules() -> Response:
    """The rules that send permanent addresses here, as https://w3id.org takes them."""
    return conditional.respond(TEXT, lambda: render_template("access/htaccess.txt", base=address("")))


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What language models and their tools should know first (llmstxt.org)."""
    return conditional.respond(
        TEXT,
        lambda: render_template(
            "access/llms.txt", base=address(""), edition=newest_edition(), release=site().release
        ),
    )


def _text(program: Program) -> str:
    return render_template(
        f"access/{program.template}",
        base=address(""),
        at=_at,
        edition=newest_edition(),
        thing=iris.thing("edition", newest_edition()),
        namespace=iris.CG,
        query=queries.load("guide/people-by-edition").text.strip(),
    )


def _at(path: str) -> str:
    """The public address of a path, at the release that the current request names, if any."""
    return dated.here(address(path))


def newest_edition() -> str:
    """The slug of the newest edition that has a record, for examples that are sure to exist; else ``none``."""
    rows = site().graph.select(queries.load("guide/newest-edition").text)
    found = iris.kind_and_slug(rows[0]["edition"].value) if rows else None
    return found[1] if found else "none"
