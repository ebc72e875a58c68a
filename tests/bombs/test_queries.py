"""Each query that hurts is refused, or ended soon after its deadline, while another client is answered at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from bombs.service import DEADLINE, MARGIN, Service, others_are_answered

TRIPLE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i ."


def doubled(times: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?x{times}) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {steps} }}"


def replaced(times: int) -> str:
    steps = " ".join(f"BIND(REPLACE(?x{n}, 'x', 'xxxxxxxxxxxxxxxx') AS ?x{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?x{times}) AS ?n) {{ BIND('x' AS ?x0) {steps} }}"


def products(times: int) -> str:
    values = " ".join(str(number) for number in range(100))
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(times)) + "}"


#: What costs time or memory: ended at the deadline, or refused at a bound.
COSTLY = {
    "three-way cross product, counted": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLE} }}",
    "three-way cross product, sorted": f"SELECT * {{ {TRIPLE} }} ORDER BY ?c ?f ?i",
    "two-way cross product, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?c) ?f",
    "cross product, distinct": f"SELECT DISTINCT ?c ?f ?i {{ {TRIPLE} }}",
    "cross product, grouped": f"SELECT ?c ?f (COUNT(*) AS ?n) {{ {TRIPLE} }} GROUP BY ?c ?f",
    "cross product, written": f"SELECT * {{ {TRIPLE} }}",
    "cross product, constructed": f"CONSTRUCT {{ ?a ?e ?i }} {{ {TRIPLE} }}",
    "cross product that a filter empties": f"SELECT * {{ {TRIPLE} FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = '') }}",
    "cross product, asked for": f"ASK {{ {TRIPLE} FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = '') }}",
    "product of values": products(6),
    "product of values, sorted": products(5).replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?v0 ?v1",
    "strings doubled": doubled(40),
    "strings replaced": replaced(12),
    "strings joined": f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='{'x' * 500}') AS ?n) {{ {TRIPLE} }}",
    "star of 300 patterns": "SELECT * {" + " ".join(f"?s ?p{n} ?o{n} ." for n in range(300)) + "}",
    "chain of 300 patterns": "SELECT * {" + " ".join(f"?s{n} ?p{n} ?s{n + 1} ." for n in range(300)) + "}",
    "300 optional patterns": "SELECT * {" + " ".join(f"OPTIONAL {{ ?s ?p{n} ?o{n} }}" for n in range(300)) + "}",
    "paths from everywhere to everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<x:>)* ?b . ?c (^!<x:>|!<x:>)+ ?d }",
    "nested EXISTS": "SELECT * { ?a ?b ?c . ?g ?h ?i " + "FILTER EXISTS { ?d ?e ?f " * 50 + "}" * 50 + "}",
    "more rows than may be": "SELECT ?x { ?a ?b ?c . ?d ?e ?f . BIND(1 AS ?x) } LIMIT 100001",
}
#: What would overflow the engine's stack, or keep its parser busy: refused before a worker sees it.
DEEP = {
    "braces": "ASK " + "{" * 5_000 + "}" * 5_000,
    "brackets": "SELECT (" + "(" * 5_000 + "1" + ")" * 5_000 + " AS ?x) {}",
    "CONCAT": "SELECT (" + "CONCAT('a'," * 5_000 + "'b'" + ")" * 5_000 + " AS ?x) {}",
    "EXISTS": "ASK {" + "FILTER EXISTS {" * 5_000 + "}" * 5_000 + "}",
    "IF": "SELECT (" + "IF(true,1," * 5_000 + "2" + ")" * 5_000 + " AS ?x) {}",
    "lists": "ASK { ?s ?p " + "(" * 5_000 + ")" * 5_000 + "}",
    "blank nodes": "ASK { ?s ?p " + "[ ?p " * 5_000 + "1" + "]" * 5_000 + "}",
    "alternatives": "ASK { FILTER(" + "||".join(["true"] * 10_000) + ") }",
    "unions": "ASK {" + " UNION ".join(["{ ?s ?p ?o }"] * 3_000) + "}",
    "negations": "ASK { FILTER(" + "!" * 10_000 + "true) }",
    "signs": "ASK { FILTER(" + "- " * 10_000 + "1 = 1) }",
    "path steps": "ASK { ?s " + "/".join(["<x:>"] * 10_000) + " ?o }",
    "quoted triples": "ASK { " + "<< " * 5_000 + "<a:> <b:> <c:>" + " >> <b:> <c:>" * 5_000 + "}",
    "words": "ASK { ?s ?p " + ", ".join(["1"] * 40_000) + "}",
    "letters": "ASK { ?s ?p '" + "x" * 300_000 + "' }",
}
REFUSED = {"the answer": 422, "the query needs": 422, "no answer within": 503, "more than": 422}


def is_refused_for_a_reason(status: int, text: str) -> bool:
    return any(status == expected and start in text for start, expected in REFUSED.items())


def test_what_costs_too_much_ends_while_others_are_answered_and_memory_returns(shared: Service) -> None:
    attacker = shared.client("127.0.1.1")
    assert shared.client("127.0.0.99").ask("SELECT * { ?s ?p ?o } LIMIT 9").status == 200
    before = shared.memory()
    with others_are_answered(shared), ThreadPoolExecutor(2) as attack:  # as many as one client may have at once
        replies = dict(zip(COSTLY, attack.map(attacker.ask, COSTLY.values()), strict=True))
    outcomes = {name: (reply.status, reply.text[:60]) for name, reply in replies.items()}
    assert {name: said for name, said in outcomes.items() if not is_refused_for_a_reason(*said)} == {}
    assert {n: r.seconds for n, r in replies.items() if r.seconds > DEADLINE + MARGIN} == {}
    end = time.monotonic() + 5
    while shared.memory() > before + 100 and time.monotonic() < end:
        time.sleep(0.2)
    assert shared.memory() <= before + 100
    assert shared.says("ended its worker: deadline") > 0
    assert shared.says("ended its worker: SIGABRT") + shared.says("ended its worker: memory") > 0


def test_what_is_too_deep_is_refused_at_once(shared: Service) -> None:
    attacker = shared.client("127.0.1.2")
    with others_are_answered(shared):
        replies = {name: attacker.ask(query) for name, query in DEEP.items()}
    assert {n: (r.status, r.text[:80]) for n, r in replies.items() if r.status not in (400, 413)} == {}
    assert {n: r.seconds for n, r in replies.items() if r.seconds > DEADLINE + MARGIN} == {}


def test_a_query_that_ended_a_worker_is_refused_at_once_the_next_time_however_it_is_laid_out(shared: Service) -> None:
    client = shared.client("127.0.1.3")
    first = client.ask("SELECT (COUNT(*) AS ?again) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (first.status, "no answer within 2 seconds" in first.text) == (503, True)
    again = client.ask("SELECT (COUNT(*) AS ?again)\n{ ?a ?b ?c . # again\n ?d ?e ?f . ?g ?h ?i }")
    assert (again.status, "not tried again for 10 min" in again.text, again.seconds < 1) == (503, True, True)
    assert 590 < int(again.retry_after or 0) <= 600


def test_many_bombs_of_one_client_leave_workers_to_others(shared: Service) -> None:
    client = shared.client("127.0.1.4")
    bombs = [f"SELECT (COUNT(*) AS ?n{n}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}" for n in range(14)]
    with others_are_answered(shared), ThreadPoolExecutor(len(bombs)) as attack:
        replies = list(attack.map(client.ask, bombs))
    statuses = [reply.status for reply in replies]
    assert set(statuses) == {503, 429}
    assert statuses.count(429) >= 10  # two ran, perhaps two after them; the others waited, or could not even that
    assert all(reply.seconds < DEADLINE + MARGIN and int(reply.retry_after or 0) > 0 for reply in replies)


def test_many_bombs_of_many_clients_leave_a_moment_to_others(shared: Service) -> None:
    bombs = [f"SELECT (COUNT(*) AS ?m{n}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}" for n in range(12)]
    clients = [shared.client(f"127.0.1.{10 + number % 4}") for number in range(12)]
    with others_are_answered(shared), ThreadPoolExecutor(len(bombs)) as attack:
        replies = list(attack.map(lambda asked: asked[0].ask(asked[1]), zip(clients, bombs, strict=True)))
    assert {reply.status for reply in replies} <= {503, 429}
    assert all(reply.seconds < DEADLINE + MARGIN for reply in replies)
