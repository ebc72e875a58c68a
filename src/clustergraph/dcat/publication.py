"""What the catalogue is about: the releases that are kept, and the service that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clustergraph.engine import Engine
from clustergraph.iris import ROOT
from clustergraph.releases import Release

CATALOGUE = ROOT + "catalogue"
#: The dataset whichever release is the current one, and the series of all of them.
DATASET = ROOT + "dataset"
SERIES = ROOT + "releases"
SERVICE = ROOT + "sparql#service"
#: The event stream of all versions of things.
STREAM_SERVICE = ROOT + "ldes#service"
AGENT = ROOT + "about#clustergraph"
CONTACT = ROOT + "about#contact"
TITLE = "Clusters meet Regions: a knowledge graph of the event series"
DESCRIPTION = (
    "Editions, sessions, people, cluster organisations, regions, figures and documents of the event series Clusters "
    "meet Regions of the European Cluster Collaboration Platform, as linked data. Every fact names the public page "
    "that states it."
)
KEYWORDS = (
    "clusters", "cluster organisations", "regional development", "innovation policy", "smart specialisation",
    "events", "knowledge graph", "linked data",
)  # fmt: skip


@dataclass(frozen=True)
class Publication:
    """A service and its releases, as the catalogue describes them.

    :ivar base: the public address of the service, without a final slash.
    :ivar release: the release it serves.
    :ivar graph: the graph of that release.
    :ivar kept: every release that can be had, the newest first.
    :ivar contact: whom to write to: a ``mailto:`` or web address.
    """

    base: str
    release: Release
    graph: Engine
    kept: Sequence[Release]
    contact: str


def release_iri(release: Release) -> str:
    """The IRI of a release as a dataset of its own, which never changes."""
    return f"{SERIES}/{release.id}"
