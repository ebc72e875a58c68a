"""What validation finds: one finding a broken rule and thing, and the report of them all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from clustergraph import releases
from clustergraph.errors import ReleaseError, ValidationError
from clustergraph.releases import Release

#: From the worst to the mildest; a violation stops the build, the others are listed.
SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One rule broken by one thing.

    :ivar severity: one of :data:`SEVERITIES`.
    :ivar rule: name of the rule: a shape (``"Edition-startDate"``) or a check (``"session-within-parent"``).
    :ivar focus: the IRI of the thing, or ``_:…`` for a blank node.
    :ivar path: the IRI of the property; two or more joined by ``|``; empty where no property is at fault.
    :ivar value: the value at fault as an N-Triples term, or empty.
    :ivar message: what is wrong.
    :ivar remedy: what to do about it.
    :ivar component: local name of the SHACL constraint component that failed.
    :ivar place: ``file:line`` where the thing is declared, or empty where no file declares it.
    """

    severity: str
    rule: str
    focus: str
    path: str
    value: str
    message: str
    remedy: str
    component: str
    place: str = ""

    @property
    def rank(self) -> tuple[int, str, str, str, str]:
        """The key that puts findings in their order, the worst first; two of one key say the same to people."""
        return SEVERITIES.index(self.severity), self.rule, self.focus, self.path, self.value

    def at(self, place: str) -> Finding:
        """The same finding, with the place where its thing is declared."""
        return replace(self, place=place)


@dataclass(frozen=True)
class Report:
    """All findings, in their order; equal data give an equal report.

    :ivar findings: sorted by severity, rule, thing, property, value.
    :ivar rules: how many rules were tried.
    :ivar subjects: how many things were looked at.
    """

    findings: tuple[Finding, ...]
    rules: int
    subjects: int

    @classmethod
    def of(cls, findings: Iterable[Finding], rules: int, subjects: int) -> Report:
        """A report of findings in any order; of two with one rank the first by component is kept."""
        last_first = sorted(findings, key=lambda finding: (finding.rank, finding.component), reverse=True)
        once = {finding.rank: finding for finding in last_first}
        return cls(tuple(once[rank] for rank in sorted(once)), rules, subjects)

    def with_severity(self, severity: str) -> list[Finding]:
        """The findings of one severity, in their order."""
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; warnings and infos do not count."""
        return not self.with_severity("violation")

    @property
    def summary(self) -> str:
        """One line: how many things, rules and findings."""
        counts = ", ".join(f"{len(self.with_severity(name))} {name}" for name in SEVERITIES)
        return f"{self.subjects} things, {self.rules} rules: {counts}"

    def to_json(self) -> str:
        """The report as JSON, without clock and with its keys in a fixed order."""
        body = {
            "conforms": self.conforms,
            "things": self.subjects,
            "rules": self.rules,
            "counts": {name: len(self.with_severity(name)) for name in SEVERITIES},
            "findings": [asdict(finding) for finding in self.findings],
        }
        return json.dumps(body, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Report:
        """The report that :meth:`to_json` wrote.

        :raises ValueError: it is none.
        """
        try:
            body = json.loads(text)
            return cls(tuple(Finding(**one) for one in body["findings"]), body["rules"], body["things"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"no report of a validation: {error}") from error

    def refuse(self) -> None:
        """Do nothing where the data conform.

        :raises ValidationError: at least one violation; the message lists the first twenty.
        """
        if not self.conforms:
            raise ValidationError(as_text(self.with_severity("violation"), limit=20))


def of(release: Release) -> Report:
    """The report that a release carries.

    :raises ReleaseError: it cannot be read.
    """
    try:
        return Report.from_json((release.path / releases.REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"the report of release {release.id} cannot be read; see clustergraph releases verify {release.id}"
        ) from error


def as_text(findings: Iterable[Finding], limit: int | None = None) -> str:
    """Findings for people: where, what is wrong, what to do, by which rule.

    :param limit: most findings to write out, or None for all.
    """
    rows = list(findings)
    blocks = [_block(finding) for finding in rows[:limit]]
    left = len(rows) - len(blocks)
    return "\n".join([*blocks, *([f"… and {left} more; the report lists them all"] if left else [])])


def _block(finding: Finding) -> str:
    at = " ".join(part for part in (finding.path, finding.value) if part)
    lines = [
        f"{finding.severity} {finding.rule}: {finding.message}",
        f"  in {finding.place or 'no file (derived, or not declared)'}: {finding.focus}",
        *([f"  at {at}"] if at else []),
        f"  do: {finding.remedy}",
    ]
    return "\n".join(lines)
