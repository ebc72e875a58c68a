"""Names folded for finding, and words that are spelt alike. (Keys of people and bodies: importing/test_names.py.)"""

from __future__ import annotations

import pytest

from clustergraph.names import foldings, similar

WORDS = ["cosnita", "kramer", "kosice", "romanian", "association", "2024", "b2match", "eu"]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Coșniță", ["cosnita"]),
        ("Müller", ["muller", "mueller"]),
        ("Jan-Philipp", ["jan philipp", "janphilipp"]),
        ("A.C.", ["a c", "ac"]),
        ("Łódź", ["lodz"]),
        ("Кошице", ["koshitse"]),
        ("***", []),
    ],
)
def test_text_is_folded_in_every_way_people_type_it(text: str, ways: list[str]) -> None:
    assert foldings(text) == ways


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kramr", "kramer"), ("kraemer", "kramer"), ("kosiec", "kosice"), ("romanain", "romanian"),
     ("assocation", "association"), ("asociatino", "association")],
)  # fmt: skip
def test_small_slips_are_found(typed: str, meant: str) -> None:
    assert similar(typed, WORDS) == [meant]


@pytest.mark.parametrize("typed", ["kramer", "em", "ev", "kra", "2025", "b3match", "kxyzer", ""])
def test_the_same_word_short_words_words_with_digits_and_far_words_are_not_similar(typed: str) -> None:
    assert similar(typed, WORDS) == []
