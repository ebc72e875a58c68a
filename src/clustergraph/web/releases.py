"""``/releases`` and ``/releases/{id}``: what is kept, and what each release is, was validated by, and is cited as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from flask import Blueprint, Response, render_template

from clustergraph import changes, iris, queries, writing
from clustergraph.dcat import datasets, distributions
from clustergraph.dcat.distributions import File
from clustergraph.dcat.publication import DESCRIPTION, TITLE
from clustergraph.descriptions import LICENCE
from clustergraph.entities import values
from clustergraph.formats import BIBTEX, GRAPH_FORMATS, HTML, JSON, Format
from clustergraph.releases import CANONICAL, Release
from clustergraph.validation import report
from clustergraph.validation.report import SEVERITIES
from clustergraph.web import conditional, shelf
from clustergraph.web.catalogue import publication
from clustergraph.web.metadata import Metadata
from clustergraph.web.site import address, site

blueprint = Blueprint("releases", __name__)
OFFERED = (JSON, BIBTEX, *GRAPH_FORMATS)
#: The query behind the counts of things by class.
COUNTS = "release/counts"


@dataclass(frozen=True)
class Kept:
    """A kept release, and the one before it.

    :ivar before: the kept release built just before it, or None.
    :ivar more: kind -> how many more things of it there are than in that one, where not as many.
    """

    release: Release
    before: Release | None
    more: Mapping[str, int]

    @property
    def difference(self) -> str:
        """The address of what changed since the one before; empty for the first."""
        return f"/releases/{self.before.id}...{self.release.id}" if self.before else ""

    @property
    def words(self) -> str:
        """What changed since the one before: statements, and things, each once."""
        if not self.before:
            return "the first that is kept"
        statements = self.release.about.triples - self.before.about.triples
        found = [f"{statements:+,} statements"] if statements else []
        found += [f"{kind} {number:+,}" for kind, number in self.more.items()]
        return ", ".join(found) or "as many of everything as before"


def _kept(release: Release, before: Release | None) -> Kept:
    more: dict[str, int] = {}
    with suppress(OSError):  # a damaged release is listed all the same
        now, then = (site().things(each.path / CANONICAL) if each and before else {} for each in (release, before))
        more = {kind: now.get(kind, 0) - then.get(kind, 0) for kind in sorted(now.keys() | then.keys())}
    return Kept(release, before, {kind: number for kind, number in more.items() if number})


@blueprint.get("/releases")
@blueprint.get("/releases.<ending>", endpoint="list_file")
def show_all(ending: str = "") -> Response:
    """The kept releases, the newest first."""
    kept = site().kept()

    def body(fmt: Format) -> str:
        pairs = [_kept(release, before) for release, before in zip_longest(kept, kept[1:])]
        return _list_page(pairs) if fmt is HTML else _written([_brief(each) for each in pairs])

    return conditional.document(
        ending,
        (JSON,),
        body,
        also=" ".join(release.id for release in kept),
    )


@blueprint.get("/releases/<name>")
def show(name: str) -> Response:
    """A release: by extension as JSON or BibTeX, else in what the client accepts."""
    identifier, _, ending = name.partition(".")
    release = shelf.named(site().settings.releases, identifier)
    before = changes.before(release, site().kept())
    also = f"{release.id} {before and before.id} {address('')}"
    return conditional.document(ending, OFFERED, lambda fmt: _body(release, before, fmt), also=also)


def bibtex(release: Release) -> str:
    """How to cite a release in BibTeX."""
    created = release.about.created
    return (
        f"@misc{{clustergraph-{release.id},\n"
        "  author = {{clustergraph}},\n"
        f"  title = {{{TITLE}}},\n"
        f"  year = {{{created[:4]}}},\n"
        f"  month = {{{int(created[5:7])}}},\n"
        f"  version = {{{release.id}}},\n"
        f"  url = {{{iris.release(release.id)}}},\n"
        "  note = {Data set, CC BY 4.0}\n"
        "}\n"
    )


def apa(release: Release) -> str:
    """How to cite a release in the style of the American Psychological Association, 7th edition."""
    year = release.about.created[:4]
    return f"clustergraph. ({year}). {TITLE} (Version {release.id}) [Data set]. {iris.release(release.id)}"


def _body(release: Release, before: Release | None, fmt: Format) -> str | bytes:
    if fmt in GRAPH_FORMATS:
        return writing.write(datasets.of(release, publication()), fmt, site().context)
    if fmt is BIBTEX:
        return bibtex(release)
    kept = _kept(release, before)
    return _page(kept) if fmt is HTML else _written(_whole(kept))


def _classes() -> dict[str, tuple[str, str | None]]:
    """Class as ``release.json`` has it -> what people call it, and where it is described here, or None."""
    found = {}
    for row in site().graph.select(queries.load("endpoint/classes").text):
        iri, label = row["term"].value, row["label"]
        name = site().context.short(iri)
        found[name] = (label.value if label else name, iris.page_path(iri))
    return found


def _written(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _brief(kept: Kept) -> dict[str, Any]:
    about = kept.release.about
    return {
        "id": about.id,
        "iri": iris.release(about.id),
        "created": about.created,
        "current": about.id == site().release.id,
        "triples": about.triples,
        "counts": about.counts,
        "before": kept.before.id if kept.before else None,
        "changed": kept.words,
        "difference": address(kept.difference) if kept.before else None,
    }


def _whole(kept: Kept) -> dict[str, Any]:
    release, found = kept.release, report.of(kept.release)
    return {
        **asdict(release.about),
        **_brief(kept),
        "licence": LICENCE.value,
        "validation": {
            "conforms": found.conforms,
            "rules": found.rules,
            "things": found.subjects,
            **{name: len(found.with_severity(name)) for name in SEVERITIES},
        },
        "files": [
            {"address": address(f"/dumps/{release.id}/{file.path}"), "bytes": file.size, "sha256": file.digest}
            for file in distributions.files(release)
        ],
        "citation": {"apa": apa(release), "bibtex": bibtex(release)},
    }


def _list_page(pairs: list[Kept]) -> str:
    head = Metadata(
        title="Releases",
        description="Every release of the data that is kept: when it was made, what it holds, what changed.",
        canonical=address("/releases"),
        alternates=[(JSON.media_type, JSON.label, "/releases.json")],
    )
    return render_template("releases.html", kept=pairs, current=site().release.id, day=values.day, metadata=head)


def _page(kept: Kept) -> str:
    release, known = kept.release, _classes()
    counts = sorted(release.about.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    path = f"/releases/{release.id}"
    files = distributions.files(release)
    head = Metadata(
        title=f"Release {release.id}",
        description=f"{TITLE}, as of {values.day(release.about.created[:10])}: {release.about.triples:,} statements.",
        canonical=address(path),
        alternates=[(fmt.media_type, fmt.label, f"{path}.{fmt.name}") for fmt in OFFERED],
        statements=[_dataset(release, files)],
    )
    return render_template(
        "release.html",
        kept=kept,
        release=release,
        current=site().release.id,
        iri=iris.release(release.id),
        made=values.day(release.about.created[:10]),
        report=report.of(release),
        severities=SEVERITIES,
        files=files,
        formats=GRAPH_FORMATS,
        classes=[(name, count, *known.get(name, (name, None))) for name, count in counts],
        counting={"path": f"/queries/{COUNTS}.rq", "text": queries.load(COUNTS).text},
        apa=apa(release),
        bibtex=bibtex(release),
        metadata=head,
    )


def _dataset(release: Release, files: list[File]) -> dict[str, Any]:
    """The release in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": iris.release(release.id),
        "name": f"{TITLE}, release {release.id}",
        "description": DESCRIPTION,
        "url": address(f"/releases/{release.id}"),
        "license": LICENCE.value,
        "isAccessibleForFree": True,
        "version": release.id,
        "dateCreated": release.about.created,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": address(f"/dumps/{release.id}/{file.path}"),
                "encodingFormat": "application/gzip" if file.compressed else file.fmt.media_type,
                "sha256": file.digest,
            }
            for file in files
        ],
    }
