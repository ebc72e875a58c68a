"""The W3C's tests of the query language, over HTTP and on the bare engine: what the one answers, the other does.

The data of all tests stand in one service, each file in a graph named by the address the W3C publishes it at. Each
test chooses its dataset by the parameters of the protocol, or by FROM where its query does so.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from registry import NotFetchedError
from served import served

from w3c import answers, engine
from w3c.answers import Answer, Rows
from w3c.client import FORM, QUERY, UPDATE, Client
from w3c.suite import Case, Suite, fetched

DOCUMENTATION = Path(__file__).parent.parent.parent / "docs" / "conformance.md"
#: What is known not to pass, each with its reason; how many tests each folder has.
KNOWN = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))
FOLDERS: dict[str, int] = KNOWN["folders"]
FAILURES: dict[str, str] = KNOWN["failures"]
#: What to ask for, by the format of the answer expected.
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
#: Rows in JSON, and graphs in Turtle.
ANYTHING = "application/sparql-results+json, text/turtle"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
#: Their ORDER BY leaves rows equal: 1 and 1.0.
TIED = ("sparql11/functions/plus-1", "sparql11/functions/plus-2")
#: Files with updates in the suite.
UPDATES = 148
#: More than all tests need: they come from one client, in a minute, and many are meant to be refused.
BOUNDS = {"CLUSTERGRAPH_CLIENT_ERRORS": "100000", "CLUSTERGRAPH_CLIENT_SECONDS": "100000"}


@dataclass(frozen=True)
class Refused:
    """What a query gets instead of an answer: it cannot be parsed, or cannot be evaluated."""

    parsed: bool


Outcome = Answer | Refused


@dataclass(frozen=True)
class Trial:
    """How a test went on the bare engine and over HTTP, and whether it was the same answer."""

    bare: str
    served: str
    agree: bool


@pytest.fixture(scope="module")
def suite(pytestconfig: pytest.Config) -> Suite:
    try:
        return fetched(pytestconfig.cache.mkdir("w3c"))
    except NotFetchedError as error:
        pytest.skip(f"the W3C's test suites cannot be fetched from the package registry: {error}")


@pytest.fixture(scope="module")
def client(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    files = [word for address, file in suite.graphs.items() for word in ("--graph", f"{address}={file}")]
    with served(*files, folder=tmp_path_factory.mktemp("served"), **BOUNDS) as port:
        client = Client(port)
        yield client
        client.close()


def over_http(client: Client, case: Case) -> Outcome:
    dataset = [("default-graph-uri", address) for address in case.default]
    dataset += [("named-graph-uri", address) for address in case.named]
    wanted = ACCEPT.get(Path(case.result or "").suffix, ANYTHING)
    reply = client.ask("POST", dataset, f"BASE <{case.query}>\n{case.text}", QUERY, accept=wanted)
    if reply.status == 200:
        return answers.of_document(reply.body, reply.media_type)
    assert reply.status == 400, f"{case.name}: {reply.status} {reply.text}"
    return Refused(parsed="cannot be parsed" not in reply.text)


def on_engine(suite: Suite, case: Case) -> Outcome:
    try:
        return engine.evaluate(suite, case)
    except SyntaxError:
        return Refused(parsed=False)
    except RuntimeError:
        return Refused(parsed=True)


def verdict(suite: Suite, case: Case, outcome: Outcome) -> str:
    """``"exact"``, ``"by value"`` (but for the spelling of numbers), or ``"failed"``."""
    parsed = not isinstance(outcome, Refused) or outcome.parsed
    if case.result is None:
        return "exact" if parsed == case.is_positive else "failed"
    if isinstance(outcome, Refused):
        return "failed"
    expected = answers.of_file(suite.file(case.result), case.result)
    if case.type == "CSVResultFormatTest":
        outcome = answers.as_csv(outcome)
    if answers.same(expected, outcome, case.lax):
        return "exact"
    same = answers.same(answers.by_value(expected), answers.by_value(outcome), case.lax)
    return "by value" if same else "failed"


@pytest.fixture(scope="module")
def trials(suite: Suite, client: Client) -> dict[str, Trial]:
    """Every test by its name, tried both ways."""
    return {case.name: _tried(suite, client, case) for folder in FOLDERS for case in suite.cases(folder)}


def _tried(suite: Suite, client: Client, case: Case) -> Trial:
    bare, served = on_engine(suite, case), over_http(client, case)
    pair = verdict(suite, case, bare), verdict(suite, case, served)
    return Trial(*pair, pair[0] == pair[1] and (case.result is None or _agree(case, bare, served)))


def _agree(case: Case, bare: Outcome, served: Outcome) -> bool:
    """Whether two outcomes are the same, and in the same order where the query asks for one."""
    if isinstance(bare, Refused) or isinstance(served, Refused):
        return bare == served
    if isinstance(bare, Rows):
        bare = replace(bare, ordered="ORDER BY" in case.text.upper() and case.name not in TIED)
    return answers.same(answers.as_csv(bare) if case.type == "CSVResultFormatTest" else bare, served)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_test_passes_that_is_not_known_to_fail(folder: str, trials: dict[str, Trial]) -> None:
    here = {name: trial for name, trial in trials.items() if name.rpartition("/")[0] == folder}
    assert len(here) == FOLDERS[folder]
    assert {name for name, trial in here.items() if trial.served == "failed"} == known(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_known_to_fail_fails_on_the_bare_engine(folder: str, trials: dict[str, Trial]) -> None:
    here = {name: trial for name, trial in trials.items() if name.rpartition("/")[0] == folder}
    assert {name for name, trial in here.items() if trial.bare == "failed"} == known(folder)


def known(folder: str) -> set[str]:
    return {name for name in FAILURES if name.rpartition("/")[0] == folder}


def test_every_answer_over_http_is_the_answer_of_the_bare_engine(trials: dict[str, Trial]) -> None:
    assert {name for name, trial in trials.items() if not trial.agree} == set()


@pytest.mark.parametrize(("folder", "number"), [("sparql11/service", 7), ("sparql11/syntax-fed", 3)])
def test_calls_of_other_services_are_refused(suite: Suite, client: Client, folder: str, number: int) -> None:
    replies = [client.ask("POST", (), f"BASE <{case.query}>\n{case.text}", QUERY) for case in suite.cases(folder)]
    assert [reply.status for reply in replies] == [403] * number


def test_every_update_of_the_suite_is_refused_and_changes_nothing(suite: Suite, client: Client) -> None:
    before = client.ask("GET", [("query", COUNT)]).body
    updates = [file.read_text(encoding="utf-8") for file in sorted(suite.path.glob("sparql11/*/*.ru"))]
    assert len(updates) == UPDATES
    for text in updates:
        assert client.ask("POST", (), text, UPDATE).status == 403
        assert client.ask("POST", (), urlencode({"update": text}), FORM).status == 403
        assert client.ask("POST", (), text, QUERY).status in (400, 403)
    assert client.ask("GET", [("query", COUNT)]).body == before


def test_documentation_has_the_figures(trials: dict[str, Trial]) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    counted = Counter((name.partition("/")[0], trial.served) for name, trial in trials.items())
    for suite, title in (("dawg-data-r2", "SPARQL 1.0"), ("sparql11", "SPARQL 1.1")):
        exact, by_value, failed = (counted[suite, found] for found in ("exact", "by value", "failed"))
        assert f"| {title} | {exact + by_value + failed} | {exact} | {by_value} | {failed} |\n" in text


def test_documentation_has_every_known_failure_with_its_reason() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    rows = {
        (reason, ", ".join(f"`{name}`" for name, each in FAILURES.items() if each == key))
        for key, reason in KNOWN["reasons"].items()
    }
    assert all(f"| {reason} | {names} |\n" in text for reason, names in rows)
    assert set(FAILURES.values()) == set(KNOWN["reasons"])
