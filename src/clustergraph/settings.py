"""Settings, read once from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from clustergraph.errors import InputError
from clustergraph.iris import is_web_address

#: An address of electronic mail as a link; what is wrong beyond this, mail itself will say.
MAIL = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+")
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Settings:
    """What differs from one installation to the next.

    :ivar project: the folder that holds ``data/``, ``ontology/`` and ``shapes/`` (CLUSTERGRAPH_PROJECT).
    :ivar releases: the folder that holds the releases (CLUSTERGRAPH_RELEASES, default ``releases`` in the project).
    :ivar base_url: the public address, without a final slash (CLUSTERGRAPH_BASE_URL), or empty: the request's own.
    :ivar contact: whom users may write to (CLUSTERGRAPH_CONTACT), a ``mailto:`` or http(s) address; empty: the page
        that says how to ask for a correction.
    :ivar query_timeout: seconds a stranger's query may take, 0.1 to 3600 (CLUSTERGRAPH_QUERY_TIMEOUT).
    :ivar query_cpu: seconds of processor time it may take, 1 to 3600 (CLUSTERGRAPH_QUERY_CPU).
    :ivar query_memory: megabytes it may take above its worker's base, 16 to 65536 (CLUSTERGRAPH_QUERY_MEMORY).
    :ivar query_bytes: longest answer of a query in bytes (CLUSTERGRAPH_QUERY_BYTES).
    :ivar query_rows: most rows or triples of an answer (CLUSTERGRAPH_QUERY_ROWS).
    :ivar query_workers: worker processes for queries, for each web process, 1 to 64 (CLUSTERGRAPH_QUERY_WORKERS).
    :ivar services: addresses that queries may call with SERVICE, between blanks (CLUSTERGRAPH_SERVICES).
    :ivar client_queries: queries of one client at once, 1 to 64 (CLUSTERGRAPH_CLIENT_QUERIES).
    :ivar client_seconds: seconds of query time one client has each minute (CLUSTERGRAPH_CLIENT_SECONDS).
    :ivar client_errors: refused requests one client has each minute (CLUSTERGRAPH_CLIENT_ERRORS).
    :ivar trusted_proxies: addresses whose X-Forwarded-For is believed, between blanks, such as ``127.0.0.1`` or
        ``10.0.0.0/8`` (CLUSTERGRAPH_TRUSTED_PROXIES).
    :ivar cache_bytes: bytes of answers kept by each web process; 0 keeps none (CLUSTERGRAPH_CACHE_BYTES).
    :ivar log_clients: whether records of requests hold the client's address (CLUSTERGRAPH_LOG_CLIENTS, 1 or 0).
    :ivar log_queries: whether they hold the text of queries (CLUSTERGRAPH_LOG_QUERIES, 1 or 0).
    :ivar web_processes: web processes, 1 to 64 (CLUSTERGRAPH_WEB_PROCESSES).
    :ivar endpoint: a remote SPARQL endpoint that answers in place of the embedded engine (CLUSTERGRAPH_ENDPOINT).
    :ivar graph_store: its Graph Store, which publishing writes to (CLUSTERGRAPH_GRAPH_STORE).
    :ivar endpoint_user: who asks and writes there (CLUSTERGRAPH_ENDPOINT_USER), or empty: no credentials.
    :ivar endpoint_password: the password to it (CLUSTERGRAPH_ENDPOINT_PASSWORD).
    """

    project: Path
    releases: Path
    base_url: str = ""
    contact: str = ""
    query_timeout: float = 10.0
    query_cpu: int = 10
    query_memory: int = 768
    query_bytes: int = 12_000_000
    query_rows: int = 100_000
    query_workers: int = 4
    services: tuple[str, ...] = ()
    client_queries: int = 2
    client_seconds: int = 60
    client_errors: int = 200
    trusted_proxies: tuple[Network, ...] = ()
    cache_bytes: int = 64_000_000
    log_clients: bool = False
    log_queries: bool = False
    web_processes: int = 1
    endpoint: str = ""
    graph_store: str = ""
    endpoint_user: str = ""
    endpoint_password: str = field(default="", repr=False)


def _number(name: str, default: float, low: float, high: float) -> float:
    text = os.environ.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{name}={text!r} is not a number; give one from {low:g} to {high:g}") from None
    if not low <= value <= high:
        raise InputError(f"{name}={text} is out of range; give a number from {low:g} to {high:g}")
    return value


def _whole(name: str, default: int, low: int, high: int) -> int:
    value = _number(name, default, low, high)
    if value != int(value):
        raise InputError(f"{name}={value:g} is not a whole number; give one from {low:,} to {high:,}")
    return int(value)


def _base_url() -> str:
    url = os.environ.get("CLUSTERGRAPH_BASE_URL", "").rstrip("/")
    if url and not is_web_address(url):
        raise InputError(f"CLUSTERGRAPH_BASE_URL={url!r} is not an absolute http(s) address")
    return url


def _contact() -> str:
    contact = os.environ.get("CLUSTERGRAPH_CONTACT", "")
    if contact and not (is_web_address(contact) or MAIL.fullmatch(contact)):
        raise InputError(f"CLUSTERGRAPH_CONTACT={contact!r} is neither a mailto: nor an http(s) address")
    return contact


def engine_address(name: str, address: str) -> str:
    """An address of a remote engine, checked; empty where none is given.

    :param name: where it comes from, for the message.
    :raises InputError: it is not an absolute http(s) address, or holds a password, which logs would show.
    """
    if address and not is_web_address(address):
        raise InputError(f"{name}={address!r} is not an absolute http(s) address")
    if "@" in urlsplit(address).netloc:
        raise InputError(
            f"{name} holds credentials; put them into CLUSTERGRAPH_ENDPOINT_USER and CLUSTERGRAPH_ENDPOINT_PASSWORD, "
            "not into the address"
        )
    return address


def _services() -> tuple[str, ...]:
    services = tuple(os.environ.get("CLUSTERGRAPH_SERVICES", "").split())
    for address in services:
        if not is_web_address(address):
            raise InputError(f"CLUSTERGRAPH_SERVICES: {address!r} is not an absolute http(s) address")
    return services


def _trusted_proxies() -> tuple[Network, ...]:
    try:
        return tuple(ip_network(each) for each in os.environ.get("CLUSTERGRAPH_TRUSTED_PROXIES", "").split())
    except ValueError as error:
        raise InputError(f"CLUSTERGRAPH_TRUSTED_PROXIES: {error}; give addresses such as 10.0.0.0/8") from None


def load() -> Settings:
    """Settings from the environment; raises InputError where a value cannot be used."""
    project = Path(os.environ.get("CLUSTERGRAPH_PROJECT", ".")).resolve()
    return Settings(
        project=project,
        releases=Path(os.environ.get("CLUSTERGRAPH_RELEASES", project / "releases")).resolve(),
        base_url=_base_url(),
        contact=_contact(),
        query_timeout=_number("CLUSTERGRAPH_QUERY_TIMEOUT", Settings.query_timeout, 0.1, 3600),
        query_cpu=_whole("CLUSTERGRAPH_QUERY_CPU", Settings.query_cpu, 1, 3600),
        query_memory=_whole("CLUSTERGRAPH_QUERY_MEMORY", Settings.query_memory, 16, 65_536),
        query_bytes=_whole("CLUSTERGRAPH_QUERY_BYTES", Settings.query_bytes, 1000, 2_000_000_000),
        query_rows=_whole("CLUSTERGRAPH_QUERY_ROWS", Settings.query_rows, 1, 2_000_000_000),
        query_workers=_whole("CLUSTERGRAPH_QUERY_WORKERS", Settings.query_workers, 1, 64),
        services=_services(),
        client_queries=_whole("CLUSTERGRAPH_CLIENT_QUERIES", Settings.client_queries, 1, 64),
        client_seconds=_whole("CLUSTERGRAPH_CLIENT_SECONDS", Settings.client_seconds, 1, 1_000_000),
        client_errors=_whole("CLUSTERGRAPH_CLIENT_ERRORS", Settings.client_errors, 1, 1_000_000),
        trusted_proxies=_trusted_proxies(),
        cache_bytes=_whole("CLUSTERGRAPH_CACHE_BYTES", Settings.cache_bytes, 0, 64_000_000_000),
        log_clients=bool(_whole("CLUSTERGRAPH_LOG_CLIENTS", 0, 0, 1)),
        log_queries=bool(_whole("CLUSTERGRAPH_LOG_QUERIES", 0, 0, 1)),
        web_processes=_whole("CLUSTERGRAPH_WEB_PROCESSES", Settings.web_processes, 1, 64),
        endpoint=engine_address("CLUSTERGRAPH_ENDPOINT", os.environ.get("CLUSTERGRAPH_ENDPOINT", "")),
        graph_store=engine_address("CLUSTERGRAPH_GRAPH_STORE", os.environ.get("CLUSTERGRAPH_GRAPH_STORE", "")),
        endpoint_user=os.environ.get("CLUSTERGRAPH_ENDPOINT_USER", ""),
        endpoint_password=os.environ.get("CLUSTERGRAPH_ENDPOINT_PASSWORD", ""),
    )
