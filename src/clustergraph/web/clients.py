"""Clients: whom a request comes from, as far as that can be believed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from clustergraph.settings import Network

#: Addresses in the X-Forwarded-For header that are looked at, from the right.
MOST_HOPS = 20


def client(environ: Mapping[str, Any], proxies: tuple[Network, ...]) -> str:
    """The client of a request: its address, or for IPv6 its network of 64 bits, which one client has to itself.

    The peer is the client, unless it is a proxy that is trusted: then the last address in X-Forwarded-For that is
    not a trusted proxy's. What stands left of it was sent by the client, who may write there what it likes.

    :param environ: of the request (WSGI, PEP 3333).
    """
    found = address(str(environ.get("REMOTE_ADDR", "")))
    hops = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", MOST_HOPS)
    while found and hops and is_trusted(found, proxies):
        before = address(hops.pop().strip())
        if before is None:
            break
        found = before
    return share(found)


def share(address: IPv4Address | IPv6Address | None) -> str:
    """What all addresses of one client have in common."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False))
    return str(address)


def is_trusted(address: IPv4Address | IPv6Address, proxies: tuple[Network, ...]) -> bool:
    """Whether an address is one of a proxy that is trusted."""
    return any(address in proxy for proxy in proxies)


@lru_cache(maxsize=1024)
def address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as it stands in the header, perhaps with a port; None where it is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
