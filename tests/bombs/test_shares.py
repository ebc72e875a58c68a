"""Each client has its share of queries at once, of query time and of errors, and cannot pass for another client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bombs.service import ASK, Service, others_are_answered, service

#: An address that may say whom it asks for.
PROXY = "127.0.5.1"
ENDLESS = "SELECT (COUNT(*) AS ?n%d) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that gives each client little."""
    share = {"CLUSTERGRAPH_CLIENT_SECONDS": "3", "CLUSTERGRAPH_CLIENT_ERRORS": "5"}
    with service(tmp_path_factory.mktemp("strict"), CLUSTERGRAPH_TRUSTED_PROXIES="127.0.5.0/24", **share) as started:
        yield started


def test_a_client_that_has_used_up_its_errors_is_refused_until_it_has_some_again(strict: Service) -> None:
    client = strict.client("127.0.4.1")
    with others_are_answered(strict):
        replies = [client.ask("ASK {") for _ in range(8)]
    statuses = [reply.status for reply in replies]
    assert statuses[:5] == [400] * 5
    assert statuses[-1] == 429
    assert 1 <= int(replies[-1].retry_after or 0) <= 24
    refused = client.ask(ASK)
    assert (refused.status, "used up the 5 refused requests" in refused.text) == (429, True)


def test_a_client_that_has_used_up_its_query_time_is_refused(strict: Service) -> None:
    client = strict.client("127.0.4.2")
    with others_are_answered(strict):
        replies = [client.ask(ENDLESS % number) for number in range(3)]
    assert [reply.status for reply in replies] == [503, 503, 429]
    assert "used up the 3 seconds of query time" in replies[-1].text
    assert int(replies[-1].retry_after or 0) > 0


def test_a_client_cannot_give_itself_another_address(strict: Service) -> None:
    client = strict.client("127.0.4.3")
    replies = [client.ask("ASK {", X_Forwarded_For=f"198.51.100.{number}") for number in range(8)]
    assert replies[-1].status == 429


def test_clients_behind_a_trusted_proxy_have_a_share_each(strict: Service) -> None:
    proxy = strict.client(PROXY)
    for _ in range(8):
        spent = proxy.ask("ASK {", X_Forwarded_For="203.0.113.9, 198.51.100.1, 127.0.5.2")
    assert spent.status == 429
    assert proxy.ask(ASK, X_Forwarded_For="203.0.113.9, 198.51.100.2").status == 200
    assert proxy.ask(ASK, X_Forwarded_For="198.51.100.3, 198.51.100.1").status == 429
