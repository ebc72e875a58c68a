from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from clustergraph.web.clients import client, is_trusted

PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8::1/128"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),  # not a proxy: it may say what it likes
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("10.0.0.1", "203.0.113.66, 203.0.113.1", "203.0.113.1"),  # the left one was there before our proxy
        ("10.0.0.1", "203.0.113.1, 10.9.9.9", "203.0.113.1"),
        ("10.0.0.1", "203.0.113.1:4711", "203.0.113.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("10.0.0.1", "203.0.113.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "[2001:db8:5:6::7]:80", "2001:db8:5:6::/64"),
        ("::ffff:10.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("2001:db8::1", "2001:db8:5:6:7:8:9:a", "2001:db8:5:6::/64"),
        ("2001:db8::2", "203.0.113.1", "2001:db8::/64"),
        ("10.0.0.1", ",".join(["10.0.0.2"] * 10_000), "10.0.0.2"),
        ("", None, "None"),
    ],
)
def test_a_client_is_its_peer_or_whom_a_trusted_proxy_speaks_for(
    peer: str, forwarded: str | None, expected: str
) -> None:
    environ = {"REMOTE_ADDR": peer} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    assert client(environ, PROXIES) == expected


def test_nobody_is_trusted_where_none_is_named() -> None:
    assert not is_trusted(ip_address("127.0.0.1"), ())
