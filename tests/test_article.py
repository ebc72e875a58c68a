"""The graph holds what the published account of an edition states, sentence by sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from held import graph

from clustergraph import iris

ARTICLES = sorted((Path(__file__).parent / "article").glob("*.toml"))


def _sentences() -> list[Any]:
    found = []
    for path in ARTICLES:
        article = tomllib.loads(path.read_text(encoding="utf-8"))
        prefixes = iris.PREFIXES | article["prefixes"]
        head = "".join(f"PREFIX {name}: <{base}>\n" for name, base in prefixes.items())
        head += f"ASK {{ ?article schema:url <{article['article']}> . "
        found += [
            pytest.param(head, sentence["holds"], id=f"{path.stem}-{sentence['number']}")
            for sentence in article["sentences"]
        ]
    return found


@pytest.mark.parametrize(("head", "holds"), _sentences())
def test_each_fact_of_a_sentence_is_held(head: str, holds: list[str]) -> None:
    assert [fact for fact in holds if not graph().ask(f"{head}{fact} }}")] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_no_sentence_is_left_out(path: Path) -> None:
    sentences = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    assert [sentence["number"] for sentence in sentences] == list(range(len(sentences)))
