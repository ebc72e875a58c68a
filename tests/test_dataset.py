from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from clustergraph.dataset import Dataset, Origin, subject_lines
from clustergraph.errors import InputError

A, B, P = (NamedNode(f"https://example.org/{name}") for name in "abp")
ONE, TWO = (Origin(NamedNode(f"https://example.org/graph/{n}"), Path(f"data/{n}.ttl")) for n in (1, 2))
FACT = Triple(A, P, Literal("fact"))


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    made = Dataset(tmp_path)
    made.add(FACT, ONE)
    return made


def test_a_triple_cannot_stand_in_two_files(dataset: Dataset) -> None:
    with pytest.raises(InputError, match=r"data/2\.ttl: .* already stands in data/1\.ttl"):
        dataset.add(FACT, TWO)


def test_what_is_derived_goes_to_the_graph_of_its_subject(dataset: Dataset) -> None:
    derived = Triple(A, P, B)
    assert dataset.derive([derived]) == 1
    assert Quad(A, P, B, ONE.graph) in list(dataset.quads())


def test_what_is_stated_is_not_derived_again(dataset: Dataset) -> None:
    assert dataset.derive([FACT, FACT]) == 0
    assert len(dataset) == 1


def test_nothing_is_derived_about_what_is_only_referred_to(dataset: Dataset) -> None:
    assert dataset.derive([Triple(B, P, A)]) == 0


def test_a_new_thing_goes_to_the_graph_made_for_it(dataset: Dataset) -> None:
    assert dataset.derive([Triple(B, P, A)], "https://example.org/graph/new") == 1
    assert dataset.graph().graph_names() == ["https://example.org/graph/1", "https://example.org/graph/new"]
    assert dataset.where(B.value) == ""


@pytest.mark.parametrize(
    ("line", "iri"),
    [
        ("<https://example.org/a>", "https://example.org/a"),
        ("ex:a a ex:Thing .", "https://example.org/a"),
        (r"ex:edition\/x", "https://example.org/edition/x"),
        ("ex:a-b--c", "https://example.org/a-b--c"),
        (":a", "https://example.org/a"),
    ],
)
@pytest.mark.parametrize("prefix", ["@prefix {}: <https://example.org/> .", "PREFIX {}: <https://example.org/>"])
def test_a_subject_is_found_in_every_spelling(prefix: str, line: str, iri: str) -> None:
    head = "\n".join(prefix.format(name) for name in ("ex", ""))
    assert subject_lines(f"{head}\n\n{line}\n    a ex:Thing .\n") == {iri: 4}
