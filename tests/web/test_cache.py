"""The cache: bounded in bytes, the one used longest ago first to go."""

from __future__ import annotations

from clustergraph.web.cache import Cache


def test_a_value_is_found_again() -> None:
    cache: Cache[str] = Cache(10, 10)
    cache.put("a", "A", 3)
    assert (cache.get("a"), cache.get("b"), cache.bytes) == ("A", None, 3)


def test_the_one_used_longest_ago_makes_room() -> None:
    cache: Cache[str] = Cache(10, 10)
    for key in "abc":
        cache.put(key, key, 3)
    cache.get("a")
    cache.put("d", "d", 4)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    assert cache.bytes == 10


def test_a_value_over_its_bound_is_not_kept_and_drives_out_none() -> None:
    cache: Cache[str] = Cache(10, 5)
    cache.put("a", "A", 5)
    cache.put("b", "B", 6)
    assert (cache.get("a"), cache.get("b")) == ("A", None)


def test_a_value_in_place_of_another_counts_once() -> None:
    cache: Cache[str] = Cache(10, 10)
    cache.put("a", "A", 4)
    cache.put("a", "B", 5)
    assert (cache.get("a"), cache.bytes) == ("B", 5)


def test_a_cache_of_no_bytes_keeps_nothing() -> None:
    cache: Cache[str] = Cache(0, 0)
    cache.put("a", "A", 1)
    assert (cache.get("a"), cache.bytes) == (None, 0)
