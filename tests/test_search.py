"""The search index: every spelling leads to its thing, the nearest name first, and nothing a text says is syntax."""

from __future__ import annotations

from pathlib import Path

import pytest

from clustergraph import search
from clustergraph.errors import ReleaseError
from clustergraph.search import Index, Spelling, Thing
from clustergraph.spellings import words_of

NAMES = {
    "person/kramer": ("person", "Jan-Philipp Kramer", {"written": "J. P. Krämer"}, 3),
    "person/cosnita": ("person", "Daniel Coșniță", {}, 5),
    "person/costin": ("person", "Daniel Costin", {}, 1),
    "organisation/clustero": ("organisation", "Romanian Cluster Association", {"acronym": "CLUSTERO"}, 2),
    "organisation/valley": ("organisation", "Košice IT Valley", {}, 1),
    "place/kosice": ("place", "Košice", {"also": "Kaschau"}, 0),
    "source/kosice": ("source", "Košice", {}, 0),
}


def things() -> list[Thing]:
    return [Thing(iri, kind, label, "", "", weight) for iri, (kind, label, _, weight) in NAMES.items()]


def spellings() -> list[Spelling]:
    named = [
        (iri, how, text)
        for iri, (_, label, more, _) in NAMES.items()
        for how, text in {"name": label, **more}.items()
    ]
    return [Spelling(iri, how, text, words_of(text)) for iri, how, text in named]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    file = tmp_path_factory.mktemp("search") / search.INDEX
    search.write(file, things(), spellings())
    return Index(file)


def found(index: Index, text: str, kind: str | None = None) -> list[tuple[str, str, bool]]:
    return [(hit.thing.iri, hit.how, hit.similar) for group in index.find(text, 10, kind) for hit in group.hits]


@pytest.mark.parametrize(
    ("text", "iri", "how"),
    [
        ("daniel coșniță", "person/cosnita", "name"),
        ("COSNITA", "person/cosnita", "name"),
        ("Kramer Jan", "person/kramer", "name"),
        ("janphilipp", "person/kramer", "name"),
        ("kraemer", "person/kramer", "written"),
        ("clustero", "organisation/clustero", "acronym"),
        ("itvalley", "organisation/valley", "name"),
        ("it-valley", "organisation/valley", "name"),
        ("kaschau", "place/kosice", "also"),
        ("assoc rom", "organisation/clustero", "name"),
    ],
)
def test_every_spelling_finds_its_thing_and_says_how(index: Index, text: str, iri: str, how: str) -> None:
    assert found(index, text)[0] == (iri, how, False)


@pytest.mark.parametrize(
    ("text", "iri"),
    [("kramr", "person/kramer"), ("Romanain Cluster", "organisation/clustero"), ("kosiec", "place/kosice")],
)
def test_misspelt_name_is_found_and_marked_similar(index: Index, text: str, iri: str) -> None:
    assert found(index, text)[0] == (iri, "name", True)


def test_whole_name_that_is_likely_meant_comes_before_its_beginning(index: Index) -> None:
    assert [each[0] for each in found(index, "kosiec")] == ["place/kosice", "organisation/valley", "source/kosice"]


def test_name_as_typed_comes_before_a_similar_one(index: Index) -> None:
    assert [each[0] for each in found(index, "daniel", "person")] == ["person/cosnita", "person/costin"]
    assert found(index, "costin")[0] == ("person/costin", "name", False)


def test_whole_name_comes_before_its_beginning_and_sources_come_last(index: Index) -> None:
    kinds = [group.kind for group in index.find("košice", 10)]
    assert kinds == ["place", "organisation", "source"]


def test_among_equals_the_one_that_took_part_more_often_comes_first(index: Index) -> None:
    assert [each[0] for each in found(index, "dan", "person")] == ["person/cosnita", "person/costin"]


def test_groups_count_all_and_hold_the_part_asked_for(index: Index) -> None:
    (group,) = index.find("daniel", most=1, kind="person", after=1)
    assert group.number == 2
    assert [hit.thing.iri for hit in group.hits] == ["person/costin"]
    assert index.find("daniel", 1, "place") == []


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "*", "a*", '" OR words:*', "NEAR(a b)", "-daniel", "daniel NOT", "'; DROP TABLE thing; --", "\x00",
     "^daniel", "{words}: x", "\u202e", "😀", "%", "daniel " * 28],
)  # fmt: skip
def test_no_text_is_syntax(index: Index, text: str) -> None:
    index.find(text, 3)
    assert found(index, "daniel")


def test_the_same_names_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        search.write(tmp_path / name, things(), spellings())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_reading_leaves_nothing_beside_the_index(tmp_path: Path) -> None:
    search.write(tmp_path / search.INDEX, things(), spellings())
    Index(tmp_path / search.INDEX).find("kramr", 3)
    assert [path.name for path in tmp_path.iterdir()] == [search.INDEX]


@pytest.mark.parametrize("content", [None, b"", b"not a database"])
def test_missing_or_damaged_index_says_build_again(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / search.INDEX).write_bytes(content)
    with pytest.raises(ReleaseError, match="build again"):
        Index(tmp_path / search.INDEX)
