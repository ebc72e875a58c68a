"""What is asked of a list stands in its address, and a choice changes that and nothing else."""

from __future__ import annotations

from clustergraph.entities.states import State

ASKED = State(wanted="it & co", chosen=(("country", "ROU"), ("kind", "cluster")), sort="editions", number=3)


def test_nothing_asked_leaves_the_address_bare() -> None:
    assert State().address == ""
    assert State().plain


def test_everything_asked_stands_in_the_address_escaped() -> None:
    assert ASKED.address == "?q=it+%26+co&country=ROU&kind=cluster&sort=editions&page=3"
    assert not ASKED.plain


def test_another_page_alone_is_still_plain() -> None:
    assert State(number=2).plain
    assert State(number=2).address == "?page=2"


def test_choice_comes_and_goes_and_starts_at_the_first_page() -> None:
    more = ASKED.toggled("country", "SVK")
    assert more.chosen == (("country", "ROU"), ("country", "SVK"), ("kind", "cluster"))
    assert more.number == 1
    assert more.toggled("country", "SVK") == ASKED.at(1)


def test_choice_that_stands_alone_replaces_the_other_of_its_facet() -> None:
    assert ASKED.toggled("country", "SVK", alone=True).chosen == (("country", "SVK"), ("kind", "cluster"))
    assert ASKED.toggled("country", "ROU", alone=True).chosen == (("kind", "cluster"),)


def test_same_choices_in_any_order_are_one_address() -> None:
    one = State().toggled("kind", "cluster").toggled("country", "ROU")
    assert one == State().toggled("country", "ROU").toggled("kind", "cluster")


def test_other_order_keeps_the_choices() -> None:
    assert ASKED.sorted("").address == "?q=it+%26+co&country=ROU&kind=cluster"
