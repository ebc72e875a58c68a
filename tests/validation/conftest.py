"""A small dataset without any finding, and the rules under test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clustergraph import deriving, linking, sources
from clustergraph.dataset import Dataset
from clustergraph.validation.shapes import Shapes

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the real ontology and shapes and the data of ``base/``."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "ontology", folder / "ontology")
    shutil.copytree(PROJECT / "shapes", folder / "shapes")
    shutil.copytree(HERE / "base" / "data", folder / "data")
    return folder


@pytest.fixture(scope="session")
def base(project: Path) -> Dataset:
    """The data of ``base/``, linked and derived."""
    dataset = sources.read(project)
    assert linking.link(dataset) == []
    deriving.derive(dataset)
    return dataset


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes(PROJECT / "shapes")
