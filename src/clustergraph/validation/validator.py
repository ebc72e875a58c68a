"""All rules tried on a dataset: the one entry to validation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clustergraph.dataset import Dataset
from clustergraph.validation import checks
from clustergraph.validation.report import Finding, Report
from clustergraph.validation.shapes import Shapes


def validate(dataset: Dataset, shapes: Path, progress: Callable[[str], None] | None = None) -> Report:
    """Try every shape and every check on a dataset that is linked and derived.

    :param dataset: also says in which file, and on which line, a thing is described.
    :param shapes: the folder of shapes, one Turtle file a class (SHACL Core, W3C Recommendation 20 July 2017).
    :param progress: told in words what is done next.
    :returns: equal data give an equal report; :meth:`Report.refuse` turns violations into an error.
    :raises InputError: the shapes or the checks cannot be used.
    """
    tell = progress or (lambda words: None)
    rules = Shapes(shapes)
    quads = list(dataset.quads())
    tell(f"{len(rules.rules)} shapes on {len(quads)} triples")
    findings = rules.try_on(quads)
    graph = dataset.graph()
    for check in checks.load_all():
        tell(f"check {check.name}")
        findings.extend(check.try_on(graph))
    subjects = len({quad.subject for quad in quads})
    return Report.of(_placed(dataset, findings), len(rules.rules) + len(checks.load_all()), subjects)


def _placed(dataset: Dataset, findings: list[Finding]) -> list[Finding]:
    return [finding.at(dataset.where(finding.focus)) for finding in findings]
