"""The build: from the files people review to a release, step by step.

read → link → derive → validate → write → verify → switch. Whatever goes wrong on the way, the current release and the
files are as they were.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from clustergraph import (
    changes,
    deriving,
    jsonld,
    linking,
    queries,
    releases,
    sources,
    staging,
    store,
    writing,
)
from clustergraph.dataset import Dataset
from clustergraph.errors import InputError, NotFoundError, ReleaseError
from clustergraph.formats import N_QUADS
from clustergraph.iris import CG
from clustergraph.linking import Unresolved
from clustergraph.progress import Tell, silent
from clustergraph.releases import About, Release
from clustergraph.tables import files
from clustergraph.validation import checks, rdf, rulebook
from clustergraph.validation.checks import Check
from clustergraph.validation.report import Finding, Report
from clustergraph.validation.validator import validate

STEPS = ("read", "link", "derive", "validate", "write", "verify", "switch")
CONTEXT = "ontology/context.jsonld"
#: What linking finds is reported beside what the rules find.
LINKED = Check(
    "relation-resolved",
    "every event relation names the event that it means",
    "info",
    "The event of this relation could not be found among those described.",
    "State its first day, country and city, or name the event with cg:toEvent.",
    "",
)


class Stopwatch:
    """How long each step took.

    :param tell: told the name of each step as it begins.
    :ivar seconds: step -> seconds, in the order of the steps.
    """

    def __init__(self, tell: Tell = silent) -> None:
        self.tell = tell
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        self.tell(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


@dataclass(frozen=True)
class Built:
    """What a build has made.

    :ivar release: the release; an older one where the same graph had been built before.
    :ivar report: what validation found.
    :ivar reused: whether the release was there already.
    :ivar seconds: step -> seconds.
    :ivar vanished: addresses of things that the release before had, and that no decision removed.
    """

    release: Release
    report: Report
    reused: bool
    seconds: dict[str, float]
    vanished: list[str]


def check(project: Path, watch: Stopwatch) -> tuple[Dataset, Report]:
    """The finished dataset of a project, and what validation finds in it.

    :param project: the folder that holds ``data/``, ``ontology/`` and ``shapes/``.
    :raises InputError: a file cannot be read as it should; the message names file and line.
    """
    with watch.step("read"):
        dataset = sources.read(project)
    with watch.step("link"):
        unresolved = linking.link(dataset)
    with watch.step("derive"):
        deriving.derive(dataset)
    with watch.step("validate"):
        report = validate(dataset, project / "shapes", watch.tell)
    found = [*report.findings, *(_finding(dataset, relation) for relation in unresolved)]
    return dataset, Report.of(found, report.rules + 1, report.subjects)


def documents(project: Path, report: Report) -> dict[str, bytes]:
    """Name and content of what a release carries beside its graph: context, rules and report."""
    return {
        "context.jsonld": (project / CONTEXT).read_bytes(),
        releases.RULES: rulebook.write(project / "shapes", (*checks.load_all(), LINKED)),
        releases.REPORT: report.to_json().encode(),
        "report.ttl": rdf.to_turtle(report).encode(),
    }


def build(project: Path, folder: Path, *, switch: bool = True, force: bool = False, tell: Tell = silent) -> Built:
    """Build the release of a project, and let it be served.

    :param project: the folder that holds ``data/``, ``ontology/`` and ``shapes/``.
    :param folder: the folder of all releases.
    :param switch: whether the new release becomes the current one.
    :param force: whether a release that is there already is written anew, as after a change of the program.
    :param tell: told the name of each of :data:`STEPS` as it begins, and details.
    :raises InputError: a file cannot be read as it should.
    :raises ValidationError: the data break a rule; the message is the report.
    :raises ReleaseError: the release cannot be written, or another build is at work.
    """
    watch = Stopwatch(tell)
    with staging.stage(folder) as path:
        before = _current(folder)
        dataset, report = check(project, watch)
        report.refuse()
        context = jsonld.load_context(project / CONTEXT)
        graph = dataset.graph()
        about = describe(graph, context)
        carried = documents(project, report)
        release = None if force else _same(folder, about, carried)
        reused = release is not None
        if release is None:
            with watch.step("write"):
                carried |= among_dumps(graph, about)
                staged = staging.write(path, graph, about, carried, context)
            with watch.step("verify"):
                staging.prove(staged)
                release = staging.publish(folder, staged)
        if switch:
            with watch.step("switch"):
                releases.point(folder, release.id)
    # A release made anew under its name has the same graph, and where it lay before may be gone.
    vanished = changes.vanished(before, release) if before and before.id != release.id else []
    return Built(release, report, reused, watch.seconds, vanished)


def _current(folder: Path) -> Release | None:
    with suppress(NotFoundError, ReleaseError):
        return releases.current(folder)
    return None


def describe(graph: store.Graph, context: jsonld.Context) -> About:
    """What a release of a graph says of itself."""
    digest = sha256(writing.write_quads(graph.stream(), N_QUADS)).hexdigest()
    rows = graph.select(queries.load("release/counts").text)
    (period,) = graph.select(queries.load("release/period").text)
    countries = graph.select(queries.load("release/countries").text)
    return About(
        id=digest[:16],
        hash=digest,
        format=releases.FORMAT,
        software=version("clustergraph"),
        created=_now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        triples=len(graph),
        counts={context.short(row["class"].value): int(row["things"].value) for row in rows},
        start=period["start"].value if period["start"] else "",
        end=period["end"].value if period["end"] else "",
        countries={row["country"].value: row["countryLabel"].value for row in countries},
    )


def among_dumps(graph: store.Graph, about: About) -> dict[str, bytes]:
    """The documents that are published with the dumps: the graph as tables."""
    found = files.write(graph, about.id)
    return {staging.AMONG_DUMPS + name: content for name, content in found.items()}


def _now() -> datetime:
    """The time of the build, or the one that SOURCE_DATE_EPOCH sets (seconds since 1970) for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH={epoch!r} is not a number of seconds since 1970; mend or unset it"
        ) from None


def _same(folder: Path, about: About, documents: dict[str, bytes]) -> Release | None:
    """The whole and undamaged release of the same graph, software and documents, where there is one."""
    with suppress(NotFoundError, ReleaseError):
        release = releases.get(folder, about.id)
        releases.verify(release)
        same = all((release.path / name).read_bytes() == content for name, content in documents.items())
        return release if same and release.about.software == about.software else None
    return None


def _finding(dataset: Dataset, relation: Unresolved) -> Finding:
    return Finding(
        severity=LINKED.severity,
        rule=LINKED.name,
        focus=relation.relation,
        path=CG + "toEvent",
        value="",
        message=relation.reason,
        remedy=relation.remedy,
        component="SPARQLConstraintComponent",
        place=dataset.where(relation.relation),
    )
