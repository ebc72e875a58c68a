"""How many findings each kept release had: a drawing, and the same rows for a table."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from clustergraph import releases
from clustergraph.releases import Release
from clustergraph.validation.report import SEVERITIES, Report

#: Sizes in the drawing: between two releases, left of the first, the height of the scale, above and below it.
STEP, LEFT, SCALE, TOP, BELOW = 90, 44, 140, 16, 34


@dataclass(frozen=True)
class Point:
    """A release in the drawing.

    :ivar counts: severity -> findings.
    :ivar things: how many things were looked at, and ``rules``: by how many rules.
    :ivar x: where it stands.
    """

    release: Release
    counts: dict[str, int]
    things: int
    rules: int
    x: float


@dataclass(frozen=True)
class Trend:
    """The releases, the oldest first."""

    points: list[Point]

    @property
    def most(self) -> int:
        """The end of the scale."""
        return max([1, *(count for point in self.points for count in point.counts.values())])

    @property
    def width(self) -> int:
        """Of the drawing."""
        return 2 * LEFT + STEP * max(len(self.points) - 1, 1)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return TOP + SCALE + BELOW

    @property
    def base(self) -> int:
        """Where the scale begins."""
        return TOP + SCALE

    @property
    def severities(self) -> list[str]:
        """Those that occur."""
        return [name for name in SEVERITIES if any(point.counts[name] for point in self.points)]

    def y(self, count: int) -> float:
        """Where a number of findings stands."""
        return round(self.base - SCALE * count / self.most, 1)

    def line(self, severity: str) -> str:
        """The points of a line, as SVG writes them."""
        return " ".join(f"{point.x},{self.y(point.counts[severity])}" for point in self.points)


def read(kept: list[Release], shown: Release) -> Trend:
    """The trend over the releases that are kept.

    :param shown: is part of it wherever it lies; releases whose report cannot be read are left out.
    """
    points: list[Point] = []
    found = {release.id: release for release in (shown, *kept)}
    for release in sorted(found.values(), key=lambda one: (one.about.created, one.id)):
        with suppress(OSError, ValueError):
            report = Report.from_json((release.path / releases.REPORT).read_text(encoding="utf-8"))
            counts = {name: len(report.with_severity(name)) for name in SEVERITIES}
            points.append(Point(release, counts, report.subjects, report.rules, LEFT + STEP * len(points)))
    return Trend(points)
