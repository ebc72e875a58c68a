"""Every query is wholly answered or refused with a reason, and none hurts another: with real processes."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from synthetic import EDITIONS, FIRST, OF_EDITION, OF_PERSON, REGISTRY, SECOND, SIZE, quads

from clustergraph import store
from clustergraph.errors import (
    ClientGoneError,
    NotAcceptableError,
    QueryError,
    ReleaseError,
    TooCostlyError,
    UnavailableError,
)
from clustergraph.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    RESULTS_CSV,
    RESULTS_JSON,
    RESULTS_TSV,
    RESULTS_XML,
    TURTLE,
)
from clustergraph.pool import Answer, Pool, QueryRequest, messages, turns
from clustergraph.settings import Settings

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
#: Counts for hours.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DEADLINE = 1.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "store"
    store.write(quads(), path)
    return path


def settings(**more: float) -> Settings:
    chosen = {"query_timeout": DEADLINE, "query_memory": 64, "query_bytes": 100_000, "query_workers": 2, **more}
    return Settings(Path(), Path(), **chosen)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[Pool]:
    with Pool(folder, settings()) as made:
        yield made


def number(answer: Answer) -> int:
    """The one number in a SELECT answer."""
    return int(json.loads(answer.content)["results"]["bindings"][0]["n"]["value"])


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


def children(pid: int) -> list[int]:
    """The processes that a process has forked and not yet waited for."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def nursery(made: Pool) -> int:
    return made._crew.employer._process.pid


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_rows_a_yes_or_no_and_a_graph_are_answered_in_the_format_asked_for(shared: Pool) -> None:
    asked = {"rows": RESULTS_CSV, "boolean": RESULTS_XML, "graph": TURTLE}
    rows = shared.answer(QueryRequest("SELECT ?n { ?e cg:statedNumber ?n } ORDER BY ?n LIMIT 2", formats=asked))
    assert (rows.kind, rows.format, rows.content) == ("rows", RESULTS_CSV, b"n\r\n0\r\n1\r\n")
    boolean = shared.answer(QueryRequest("ASK { ?e a cg:Edition }", formats=asked))
    assert (boolean.kind, boolean.format) == ("boolean", RESULTS_XML)
    assert b"<boolean>true</boolean>" in boolean.content
    graph = shared.answer(QueryRequest("CONSTRUCT { ?e a cg:Edition } { ?e cg:statedNumber 7 }", formats=asked))
    assert (graph.kind, graph.format) == ("graph", TURTLE)
    assert graph.content.decode().splitlines()[-1] == "edition:edition-7 a cg:Edition ."


@pytest.mark.parametrize("fmt", [TURTLE, JSON_LD, N_TRIPLES, RDF_XML])
def test_each_triple_of_a_graph_stands_once(shared: Pool, fmt: messages.Format) -> None:
    query = "CONSTRUCT { <a:a> <http://a.example/p> <a:b> } { ?e a cg:Edition }"
    answer = shared.answer(QueryRequest(query, formats={"graph": fmt, "rows": None, "boolean": None}))
    assert answer.content.count(b"a:b") == 1


def test_a_graph_with_blank_nodes_can_be_had_in_every_format(shared: Pool) -> None:
    for fmt in (TURTLE, JSON_LD, N_TRIPLES, RDF_XML):
        request = QueryRequest("CONSTRUCT { [] foaf:name 'x' } {}", formats={"graph": fmt, "rows": None})
        assert b"x" in shared.answer(request).content


def test_the_default_graph_is_the_union_unless_the_query_or_the_request_names_another(shared: Pool) -> None:
    in_first = EDITIONS // 2 * OF_EDITION
    assert number(shared.answer(QueryRequest(COUNT))) == SIZE
    assert number(shared.answer(QueryRequest(COUNT.replace("{", f"FROM <{FIRST}> {{", 1)))) == in_first
    assert number(shared.answer(QueryRequest(COUNT.replace("{", f"FROM NAMED <{FIRST}> {{", 1)))) == 0
    both = QueryRequest(COUNT.replace("{", f"FROM <{REGISTRY}> {{", 1), default_graphs=(FIRST, SECOND))
    assert number(shared.answer(both)) == EDITIONS * OF_EDITION
    assert number(shared.answer(QueryRequest(COUNT, named_graphs=(FIRST,)))) == 0
    assert number(shared.answer(QueryRequest(COUNT_NAMED, named_graphs=(REGISTRY,)))) == EDITIONS * OF_PERSON
    assert number(shared.answer(QueryRequest(COUNT_NAMED, default_graphs=(REGISTRY,)))) == 0


def test_a_graph_that_does_not_exist_is_empty(shared: Pool) -> None:
    assert number(shared.answer(QueryRequest(COUNT, default_graphs=("http://127.0.0.1:9/nowhere",)))) == 0


def test_relative_names_resolve_against_ours(shared: Pool) -> None:
    assert (
        number(shared.answer(QueryRequest("SELECT (COUNT(*) AS ?n) { <id/edition/edition-3> ?p ?o }"))) == OF_EDITION
    )


def test_a_query_that_cannot_be_parsed_is_refused_with_line_and_column(shared: Pool) -> None:
    with pytest.raises(QueryError, match="at line 2, column 10") as refused:
        shared.answer(QueryRequest("SELECT *\n{ ?s ?p }"))
    assert (refused.value.line, refused.value.column) == (2, 10)


def test_a_prefix_that_is_not_declared_is_named_as_the_fault(shared: Pool) -> None:
    with pytest.raises(QueryError, match="this prefix is not declared"):
        shared.answer(QueryRequest("ASK { ?s nobody:knows ?o }"))


def test_a_function_the_engine_does_not_have_is_refused_and_the_worker_stays(shared: Pool) -> None:
    with pytest.raises(QueryError, match="nofunction"):
        shared.answer(QueryRequest("SELECT (<http://a.example/nofunction>(1) AS ?x) {}"))
    assert shared.answer(QueryRequest("ASK {}"))


def test_a_kind_of_answer_the_client_does_not_accept_is_refused_with_what_is_on_offer(shared: Pool) -> None:
    with pytest.raises(NotAcceptableError, match=r"Turtle \(text/turtle\)"):
        shared.answer(QueryRequest("DESCRIBE <a:a>", formats={"rows": RESULTS_TSV, "boolean": None, "graph": None}))


def test_a_graph_name_that_is_no_iri_is_refused() -> None:
    with pytest.raises(QueryError, match="not an absolute IRI"):
        QueryRequest("ASK {}", default_graphs=("registry",))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
        "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
        f"SELECT * {{ ?a ?b ?c BIND('{'x' * 500}' AS ?x) }}",
    ],
)
def test_an_answer_over_its_bound_is_refused_and_never_cut(folder: Path, query: str) -> None:
    with Pool(folder, settings(query_timeout=30, query_memory=768)) as own:
        with pytest.raises(TooCostlyError, match="longer than 100,000 bytes; ask for less"):
            own.answer(QueryRequest(query))
        assert number(own.answer(QueryRequest(COUNT))) == SIZE


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        "SELECT (STRLEN(?x9) AS ?n) { BIND('0123456789abcdef' AS ?x0) "
        + " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 8)}) AS ?x{n + 1})" for n in range(9))
        + "}",
        f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='{'x' * 500}') AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}",
    ],
)
def test_a_query_that_takes_too_much_memory_ends_alone(folder: Path, query: str) -> None:
    with Pool(folder, settings(query_timeout=30)) as own:
        with pytest.raises(TooCostlyError, match="more than 64 MB of memory"):
            own.answer(QueryRequest(query))
        assert number(own.answer(QueryRequest(COUNT))) == SIZE


@pytest.mark.parametrize("fmt", [RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV])
def test_an_answer_of_too_many_rows_is_refused_and_never_cut(folder: Path, fmt: messages.Format) -> None:
    with Pool(folder, settings(query_rows=EDITIONS)) as own:
        asked: dict[messages.Kind, messages.Format | None] = {"rows": fmt, "boolean": fmt, "graph": TURTLE}
        assert own.answer(QueryRequest("SELECT ?n { ?e cg:statedNumber ?n }", formats=asked))
        with pytest.raises(TooCostlyError, match="more than 40 rows; ask for less"):
            own.answer(QueryRequest("SELECT ?n { { ?e cg:statedNumber ?n } UNION {} }", formats=asked))


def test_a_graph_of_too_many_triples_is_refused(folder: Path) -> None:
    with Pool(folder, settings(query_rows=EDITIONS)) as own:
        assert own.answer(QueryRequest("CONSTRUCT { ?e a ?n } { ?e cg:statedNumber ?n }"))
        with pytest.raises(TooCostlyError, match="more than 40 rows"):
            own.answer(QueryRequest("CONSTRUCT { ?e a ?n, ?e } { ?e cg:statedNumber ?n }"))


def test_a_query_that_takes_too_much_processor_time_ends_alone_and_is_remembered(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Pool(folder, settings(query_timeout=30, query_cpu=1)) as own, caplog.at_level(logging.WARNING):
        for _ in range(3):  # each query has a second of its own
            own.answer(QueryRequest("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a cg:Edition }"))
        with pytest.raises(TooCostlyError, match="more than 1 seconds of processor time"), within(10):
            own.answer(QueryRequest(ENDLESS))
        with pytest.raises(TooCostlyError, match="not tried again for 10 min"), within(0.5):
            own.answer(QueryRequest(ENDLESS + " # again"))
        assert number(own.answer(QueryRequest(COUNT))) == SIZE
    assert "ended its worker: SIGXCPU" in caplog.text


def test_a_query_is_remembered_for_what_it_did_and_only_on_its_dataset(folder: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with Pool(folder, settings(query_timeout=30)) as own:
        for reason in ("more than 64 MB of memory", "not tried again for 10 min"):
            with pytest.raises(TooCostlyError, match=reason):
                own.answer(QueryRequest(query))
        assert own.answer(QueryRequest(query, default_graphs=("a:nothing",)))


def test_a_client_that_is_gone_ends_its_query_which_is_not_held_against_it(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    left, right = socket.socketpair()
    with Pool(folder, settings(query_workers=1)) as own, left, caplog.at_level(logging.WARNING):
        right.close()
        for _ in range(2):
            with pytest.raises(ClientGoneError), within(0.5):
                own.answer(QueryRequest(ENDLESS), "client", left.fileno())
        assert own.answer(QueryRequest("ASK {}"))
    assert "ended its worker: its client is gone" in caplog.text


def test_a_query_is_ended_at_its_deadline_while_others_are_answered_at_once(
    shared: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    refusals: list[str] = []

    def ask() -> None:
        with pytest.raises(UnavailableError) as refused, within(DEADLINE + 1):
            shared.answer(QueryRequest(ENDLESS))
        refusals.append(refused.value.message)

    with caplog.at_level(logging.WARNING, "clustergraph.pool"):
        slow = threading.Thread(target=ask)
        slow.start()
        while slow.is_alive():
            with within(1):
                shared.answer(QueryRequest("ASK {}"))
        slow.join()
    assert refusals[0].startswith("no answer within 1 seconds")
    assert "ended its worker: deadline" in caplog.text
    assert "?a" not in caplog.text  # the log tells queries apart and gives none away


def test_more_queries_than_workers_and_places_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "QUEUE_LENGTH", 1)
    monkeypatch.setattr(turns, "QUEUE_SECONDS", 0.2)
    with Pool(folder, settings(query_workers=1)) as own:
        outcomes: list[str] = []

        def ask() -> None:
            with pytest.raises(UnavailableError) as refused:
                own.answer(QueryRequest(ENDLESS))
            outcomes.append(refused.value.message.partition(";")[0])

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["no answer within 1 seconds", *["too many queries are running"] * 3]
        assert own.answer(QueryRequest("ASK {}"))


def test_a_quick_query_is_answered_while_queries_of_several_clients_hold_all_other_workers(folder: Path) -> None:
    with Pool(folder, settings(query_workers=3, query_timeout=2)) as own:

        def ask(number: int) -> None:
            with pytest.raises(UnavailableError):
                own.answer(QueryRequest(f"{ENDLESS} #{number}".replace("?n", f"?n{number}")), f"attacker {number}")

        attack = [threading.Thread(target=ask, args=[number]) for number in range(5)]
        for thread in attack:
            thread.start()
        time.sleep(0.1)
        for _ in range(3):
            with within(1):
                assert own.answer(QueryRequest("ASK {}"), "another")
        for thread in attack:
            thread.join()


@pytest.mark.parametrize(("end", "expected"), [
    (signal.SIGSEGV, "nested too deeply"), (signal.SIGABRT, "more than 64 MB"), (signal.SIGKILL, "ended before"),
])  # fmt: skip
def test_a_worker_that_dies_at_work_gives_a_reason_and_is_replaced(
    folder: Path, end: signal.Signals, expected: str
) -> None:
    with Pool(folder, settings(query_timeout=10)) as own:
        own.answer(QueryRequest("ASK {}"))
        (worker,) = children(nursery(own))
        threading.Timer(0.2, os.kill, (worker, end)).start()
        with pytest.raises((QueryError, TooCostlyError, UnavailableError), match=expected):
            own.answer(QueryRequest(ENDLESS))
        with within(1):
            assert own.answer(QueryRequest("ASK {}"))


def test_a_worker_that_died_idle_is_replaced_unnoticed(folder: Path) -> None:
    with Pool(folder, settings()) as own:
        own.answer(QueryRequest("ASK {}"))
        os.kill(children(nursery(own))[0], signal.SIGKILL)
        time.sleep(0.1)
        assert own.answer(QueryRequest("ASK {}"))


def test_a_nursery_that_died_is_replaced(folder: Path) -> None:
    with Pool(folder, settings()) as own:
        own.answer(QueryRequest("ASK {}"))
        os.kill(nursery(own), signal.SIGKILL)
        time.sleep(0.1)
        assert own.answer(QueryRequest("ASK {}"))


def test_workers_are_used_again_and_make_room_for_fresh_ones(folder: Path) -> None:
    with Pool(folder, settings(query_workers=1)) as own:
        seen = set()
        for _ in range(1100):
            own.answer(QueryRequest("ASK {}"))
            seen |= set(children(nursery(own)))
        assert len(seen) == 3


def test_a_stack_that_overflows_all_the_same_ends_only_its_worker(folder: Path) -> None:
    with Pool(folder, settings(query_timeout=10)) as own:
        hired = own._crew.employer.hire()
        messages.send(hired.channel, {**QueryRequest("ASK {}").head(), "query": "ASK " + "{" * 90_000 + "}" * 90_000})
        with pytest.raises(EOFError):
            messages.receive(hired.channel)
        assert own._crew.employer.end(hired) == signal.SIGSEGV
        assert own.answer(QueryRequest("ASK {}"))


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 200 + "}" * 200,
        "SELECT (" + "CONCAT('a'," * 198 + "'b'" + ")" * 198 + " AS ?x) {}",
        "SELECT (" + "IF(true,1," * 198 + "2" + ")" * 198 + " AS ?x) {}",
        "ASK " + "{FILTER EXISTS " * 199 + "{}" + "}" * 199,
        "ASK {" + " UNION ".join(["{}"] * 1990) + "}",
        "ASK {" + " MINUS {?s ?p 1}" * 1990 + "}",
        "ASK { FILTER(" + "||".join(["true"] * 990) + ") }",
        "SELECT (" + "!" * 1990 + "true AS ?x) {}",
        "ASK { ?s ?p " + "(1 " * 150 + ")" * 150 + "}",
    ],
)
def test_what_the_check_lets_through_does_not_overflow_the_stack(folder: Path, query: str) -> None:
    # some only take their time, and end at the deadline
    with Pool(folder, settings(query_timeout=2, query_memory=768)) as own, suppress(UnavailableError):
        assert own.answer(QueryRequest(query))


def test_a_worker_opens_no_connection_even_where_the_check_is_passed_by(folder: Path) -> None:
    with Pool(folder, settings()) as own, socket.create_server(("127.0.0.1", 0)) as listener:
        assert own.network_blocked
        hired = own._crew.employer.hire()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        query = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        messages.send(hired.channel, {**QueryRequest("ASK {}").head(), "query": query})
        head, _ = messages.receive(hired.channel)
        assert "not permitted" in head["message"]
        own._crew.employer.end(hired)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_release_that_cannot_be_opened_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be opened"):
        Pool(tmp_path / "nothing", settings())


def test_closing_the_pool_ends_all_its_processes_at_work_or_idle(folder: Path) -> None:
    own = Pool(folder, settings(query_timeout=30))
    own.answer(QueryRequest("ASK {}"))
    processes = [nursery(own), *children(nursery(own))]

    def ask() -> None:
        with pytest.raises(UnavailableError):
            own.answer(QueryRequest(ENDLESS))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    with within(2):
        own.close()
    asking.join()
    assert not any(is_running(pid) for pid in processes)


def test_no_process_outlives_a_web_process_that_is_killed(folder: Path) -> None:
    program = f"""
        import sys, threading, time
        from pathlib import Path
        from clustergraph.pool import Pool, QueryRequest
        from clustergraph.settings import Settings
        own = Pool(Path({str(folder)!r}), Settings(Path(), Path(), query_timeout=60))
        own.answer(QueryRequest("ASK {{}}"))
        print(own._crew.employer._process.pid, flush=True)
        own.answer(QueryRequest({ENDLESS!r}))
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        assert web.stdout
        parent = int(web.stdout.readline())
        time.sleep(0.2)
        processes = [parent, *children(parent)]
        assert len(processes) == 2
        web.kill()
    end = time.monotonic() + 2
    while any(is_running(pid) for pid in processes) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(is_running(pid) for pid in processes)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the block is always missing")
def test_a_missing_block_of_the_network_is_said(folder: Path) -> None:
    program = f"""
        import ctypes
        from pathlib import Path
        from clustergraph.pool import Pool
        from clustergraph.settings import Settings
        ctypes.CDLL(None).personality(8)  # a machine of another kind, for which there is no filter
        with Pool(Path({str(folder)!r}), Settings(Path(), Path())) as own:
            print(own.network_blocked)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
    assert "cannot block the network of query processes" in done.stderr
