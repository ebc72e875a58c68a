"""Reading what a request to the endpoint says."""

from __future__ import annotations

from random import Random
from urllib.parse import unquote_to_bytes

import pytest

from clustergraph.web.protocol import decoded

PIECES = (
    b"%41",
    b"%c3%A9",
    b"%",
    b"%%",
    b"%4",
    b"%zz",
    b"=",
    b"==",
    b"=41",
    b"=\n",
    b"_",
    b" ",
    b"\n",
    b"%\n",
    b"ab",
    b"\xc3\xa9",
)


def test_fields_are_decoded_as_the_standard_library_does() -> None:
    random = Random(1)
    for _ in range(5_000):
        field = b"".join(random.choices(PIECES, k=random.randint(0, 8)))
        assert decoded(field) == unquote_to_bytes(field), field


@pytest.mark.parametrize(("sent", "meant"), [(b"a+b", b"a b"), (b"a%2Bb", b"a+b"), (b"+%20", b"  ")])
def test_a_plus_is_a_blank(sent: bytes, meant: bytes) -> None:
    assert decoded(sent) == meant
