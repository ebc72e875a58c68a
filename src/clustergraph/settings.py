"""Settings, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from clustergraph.errors import InputError
from clustergraph.iris import is_web_address


@dataclass(frozen=True)
class Settings:
    """What differs from one installation to the next.

    :ivar project: the folder that holds ``data/``, ``ontology/`` and ``shapes/`` (CLUSTERGRAPH_PROJECT).
    :ivar releases: the folder that holds the releases (CLUSTERGRAPH_RELEASES, default ``releases`` in the project).
    :ivar base_url: the public address, without a final slash (CLUSTERGRAPH_BASE_URL), or empty: the request's own.
    :ivar query_timeout: seconds a stranger's query may take, 0.1 to 3600 (CLUSTERGRAPH_QUERY_TIMEOUT).
    :ivar query_memory: megabytes a query may take above its worker's base, 16 to 65536 (CLUSTERGRAPH_QUERY_MEMORY).
    :ivar query_bytes: longest answer of a query in bytes (CLUSTERGRAPH_QUERY_BYTES).
    :ivar query_workers: worker processes for queries, for each web process, 1 to 64 (CLUSTERGRAPH_QUERY_WORKERS).
    :ivar web_processes: web processes, 1 to 64 (CLUSTERGRAPH_WEB_PROCESSES).
    """

    project: Path
    releases: Path
    base_url: str = ""
    query_timeout: float = 10.0
    query_memory: int = 768
    query_bytes: int = 12_000_000
    query_workers: int = 2
    web_processes: int = 1


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


def _base_url() -> str:
    url = os.environ.get("CLUSTERGRAPH_BASE_URL", "").rstrip("/")
    if url and not is_web_address(url):
        raise InputError(f"CLUSTERGRAPH_BASE_URL={url!r} is not an absolute http(s) address")
    return url


def load() -> Settings:
    """Settings from the environment; raises InputError where a value cannot be used."""
    project = Path(os.environ.get("CLUSTERGRAPH_PROJECT", ".")).resolve()
    return Settings(
        project=project,
        releases=Path(os.environ.get("CLUSTERGRAPH_RELEASES", project / "releases")).resolve(),
        base_url=_base_url(),
        query_timeout=_number("CLUSTERGRAPH_QUERY_TIMEOUT", 10.0, 0.1, 3600),
        query_memory=int(_number("CLUSTERGRAPH_QUERY_MEMORY", 768, 16, 65_536)),
        query_bytes=int(_number("CLUSTERGRAPH_QUERY_BYTES", 12_000_000, 1000, 2_000_000_000)),
        query_workers=int(_number("CLUSTERGRAPH_QUERY_WORKERS", 2, 1, 64)),
        web_processes=int(_number("CLUSTERGRAPH_WEB_PROCESSES", 1, 1, 64)),
    )
