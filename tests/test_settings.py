from __future__ import annotations

from ipaddress import ip_network

import pytest

from clustergraph import settings
from clustergraph.errors import InputError
from clustergraph.settings import Settings


def test_without_variables_everything_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = settings.load()
    assert loaded == Settings(project=loaded.project, releases=loaded.project / "releases")


def test_lists_stand_between_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERGRAPH_SERVICES", "https://a.example/sparql  http://b.example/")
    monkeypatch.setenv("CLUSTERGRAPH_TRUSTED_PROXIES", "127.0.0.1 10.0.0.0/8 2001:db8::/32")
    loaded = settings.load()
    assert loaded.services == ("https://a.example/sparql", "http://b.example/")
    assert loaded.trusted_proxies == tuple(map(ip_network, ("127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32")))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("QUERY_TIMEOUT", "soon", "not a number; give one from 0.1 to 3600"),
        ("QUERY_TIMEOUT", "0", "out of range"),
        ("QUERY_ROWS", "1.5", "not a whole number"),
        ("CLIENT_QUERIES", "0", "out of range"),
        ("SERVICES", "a.example", "'a.example' is not an absolute"),
        ("TRUSTED_PROXIES", "proxy.example", "give addresses such as"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "host bits"),
        ("BASE_URL", "graph.example", "not an absolute"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(f"CLUSTERGRAPH_{name}", value)
    with pytest.raises(InputError, match=reason):
        settings.load()
