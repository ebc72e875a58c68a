from __future__ import annotations

import pytest

from clustergraph import patches
from clustergraph.errors import InputError
from clustergraph.patches import ADDED, KEPT, REMOVED

ONE, TWO, THREE = (f'<https://e.org/{name}> <https://e.org/p> "ș" <https://e.org/g> .\n'.encode() for name in "abc")


def patch(*rows: bytes) -> list[bytes]:
    return [b"H id <https://e.org/new> .\n", b"TX .\n", *rows, b"TC .\n"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [([ONE, TWO], [TWO, THREE]), ([], [ONE]), ([ONE, THREE], []), ([ONE], [ONE]), ([THREE], [ONE, TWO]), ([], [])],
)
def test_what_is_written_of_two_dumps_makes_one_of_the_other(older: list[bytes], newer: list[bytes]) -> None:
    written = list(patches.write("https://e.org/old", "https://e.org/new", patches.compared(older, newer)))
    assert list(patches.apply(patches.read(written), older)) == newer


def test_lines_come_in_order_with_what_became_of_them() -> None:
    assert list(patches.compared([ONE, TWO], [TWO, THREE])) == [(REMOVED, ONE), (KEPT, TWO), (ADDED, THREE)]


def test_a_patch_has_the_rows_of_its_format() -> None:
    written = patches.write("https://e.org/old", "https://e.org/new", patches.compared([ONE], [TWO]))
    assert b"".join(written) == (
        b"H id <https://e.org/new> .\nH prev <https://e.org/old> .\nTX .\nD " + ONE + b"A " + TWO + b"TC .\n"
    )


def test_a_patch_of_another_program_is_read() -> None:
    """Blanks, comments and escapes as another program may write them, in any order."""
    rows = patch(
        b'A   <https://e.org/c>\t<https://e.org/p> "\\u0219" <https://e.org/g>  .\n',
        b"# no more\n",
        b"\n",
        b"D " + ONE,
    )
    read = patches.read(rows)
    assert read.head == {"id": "https://e.org/new"}
    assert list(patches.apply(read, [ONE, TWO])) == [TWO, THREE]


def test_the_later_of_two_rows_counts() -> None:
    assert list(patches.apply(patches.read(patch(b"D " + ONE, b"A " + ONE)), [ONE])) == [ONE]
    with pytest.raises(InputError, match="another release"):
        list(patches.apply(patches.read(patch(b"A " + ONE, b"D " + ONE)), []))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([b"H id <x> .\n", b"TX .\n", b"A " + ONE], "cut off"),
        ([b"A " + ONE], "line 1 of the patch stands outside TX"),
        ([b"TC .\n"], "line 1 of the patch: TC"),
        ([b"TX .\n", b"TX .\n"], "line 2 of the patch: TX"),
        (patch(b"A <https://e.org/a> nonsense .\n"), "line 3 of the patch is no quad"),
        (patch(b"PA cg <https://e.org/> .\n"), "line 3 of the patch is none of the rows"),
        (patch(b"TA .\n"), "line 3 of the patch is none of the rows"),
        (patch(b"A <https://e.org/\xff> <https://e.org/p> <https://e.org/g> .\n"), "line 3"),
        ([], "cut off"),
    ],
)
def test_what_is_no_whole_patch_is_refused_with_its_line(rows: list[bytes], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        patches.read(rows)


def test_a_patch_for_another_dump_and_a_dump_out_of_order_are_refused() -> None:
    read = patches.read(patch(b"D " + THREE))
    with pytest.raises(InputError, match="does not hold"):
        list(patches.apply(read, [ONE, TWO]))
    with pytest.raises(InputError, match="line 2 of the dump is not in order"):
        list(patches.apply(read, [TWO, ONE]))
