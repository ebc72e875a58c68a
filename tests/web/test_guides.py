"""Pages about the whole, and the programs they give to copy: each is fetched from a running service and run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler as Redirects
from urllib.request import Request, build_opener, urlopen

import pytest
from checkers import needs_checkers, power_query_finding
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode
from served import free_port, served

from clustergraph import releases
from clustergraph.iris import ROOT
from clustergraph.releases import Release
from clustergraph.store import Graph
from clustergraph.web.guides import GUIDES, PROGRAMS

#: How each program is run, by its ending.
RUN = {"sh": ["bash", "-e"], "py": [sys.executable], "R": ["Rscript", "--vanilla"], "mjs": ["node"]}
#: What each prints, among other things: facts of the data worked out from the fact sheets.
PRINTED = {
    "curl.sh": ("Regensburg", "clustergraph.ttl: OK", "@prefix"),
    "with-rdflib.py": ("Regensburg",),
    "with-sparqlwrapper.py": ("Iași", "'people':"),
    "with-pandas.py": ("27 editions", "people"),
    "base.R": ("27 editions", "people"),
    "fetch.mjs": ("Iași", "JSON-LD came too"),
}


@pytest.fixture(scope="module")
def port(release: Release, older_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A service that keeps two releases, the newer one current."""
    folder = tmp_path_factory.mktemp("guides")
    for each in (release, older_release):
        shutil.copytree(each.path, folder / "releases" / each.id, copy_function=os.link)
    releases.point(folder / "releases", release.id)
    with served(folder=folder, CLUSTERGRAPH_RELEASES=str(folder / "releases")) as port:
        yield port


def text(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


@pytest.mark.needs_command("Rscript")
@pytest.mark.needs_command("node")
@pytest.mark.needs_command("curl")
@pytest.mark.parametrize("name", PRINTED)
def test_a_program_runs_as_it_is_copied(port: int, tmp_path: Path, name: str) -> None:
    printed = run(tmp_path, name, text(port, f"/developers/{name}"))
    assert [each for each in PRINTED[name] if each not in printed] == []


def run(folder: Path, name: str, program: str) -> str:
    """What a program prints that is run in a folder; it must end well and complain of nothing."""
    (folder / name).write_text(program, encoding="utf-8")
    command = [*RUN[name.rpartition(".")[2]], str(folder / name)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.needs_command("Rscript")
@pytest.mark.needs_command("node")
@pytest.mark.needs_command("curl")
@pytest.mark.parametrize("name", PRINTED)
def test_a_program_from_the_page_of_an_older_release_gives_the_answers_of_that_release(
    port: int, older_release: Release, tmp_path: Path, name: str
) -> None:
    program = text(port, f"/developers/{name}?release={older_release.id}")
    addresses = re.findall(rf"http://127\.0\.0\.1:{port}[^\"' ]*", program)
    apart = f'service.addParameter("release", "{older_release.id}")' in program
    assert apart or [address for address in addresses if older_release.id not in address] == []
    printed = run(tmp_path, name, program)
    # It has all editions but the last, Regensburg; the last one there is Vaasa.
    theirs = [each.replace("Regensburg", "Vaasa").replace("27", "26") for each in PRINTED[name]]
    assert [each for each in theirs if each not in printed] == []
    if name == "curl.sh":
        assert (tmp_path / "clustergraph.ttl").read_bytes() == (older_release.dumps / "clustergraph.ttl").read_bytes()


@needs_checkers
@pytest.mark.needs_command("node")
def test_the_program_of_power_query_is_one_to_its_own_parser(two_app: Flask, older_release: Release) -> None:
    client = two_app.test_client()
    for asked in ("", f"?release={older_release.id}"):
        program = client.get(f"/developers/power.pq{asked}").text
        assert power_query_finding(program) == ""
        assert power_query_finding(program.replace("\nin\n", "\n")) != ""


def test_power_query_and_the_citation_name_an_older_release(two_app: Flask, older_release: Release) -> None:
    client = two_app.test_client()
    asked = f"?release={older_release.id}"
    assert f', release = "{older_release.id}"]' in client.get(f"/developers/power.pq{asked}").text
    assert "release =" not in client.get("/developers/power.pq").text
    assert f"CC BY 4.0. {ROOT}releases/{older_release.id}</bdi>" in client.get(f"/cite{asked}").text
    page = client.get(f"/developers{asked}").text
    assert f"<code>http://localhost/sparql{asked}</code>" in page
    assert f"<code>/editions.csv{asked}</code>" in page


def test_every_program_but_that_of_power_query_is_run_here() -> None:
    assert PRINTED.keys() | {"power.pq"} == PROGRAMS.keys()


def test_power_query_is_given_the_query_as_a_text_of_its_language(client: FlaskClient) -> None:
    program = client.get("/developers/power.pq").text
    (query,) = re.findall(r'^    Query = "((?:[^"]|"")*)",$', program, flags=re.MULTILINE)
    sent = query.replace('""', '"').replace("#(lf)", "\n")
    answer = client.get("/sparql", query_string={"query": sent, "format": "csv"})
    assert answer.status_code == 200
    assert answer.text.startswith("edition,title,people\r\n")


def test_the_page_shows_each_program_to_the_letter(client: FlaskClient) -> None:
    page = client.get("/developers").text
    shown = re.findall(r"<pre tabindex=\"0\"><code>(.*?)</code></pre>", page, flags=re.DOTALL)
    assert len(shown) == len(PROGRAMS)
    assert all("<" not in each for each in shown)


@pytest.mark.parametrize("name", ["nothing.py", "..%2fabout.html", "curl.sh.txt"])
def test_other_files_are_not_given(client: FlaskClient, name: str) -> None:
    assert client.get(f"/developers/{name}").status_code == 404


def status(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:
        return answer.status_code


@pytest.mark.parametrize("path", [*(f"/{name}" for name in GUIDES), "/developers", "/llms.txt"])
def test_every_address_on_a_guide_answers(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    found = {*re.findall(r'href="(/[^"#]*)', page), *re.findall(r"\]\(http://localhost(/[^)]*)\)", page)}
    assert found
    assert {each: code for each in sorted(found) if (code := status(client, each)) not in (200, 303)} == {}


def test_language_models_get_the_form_that_llmstxt_wants(client: FlaskClient) -> None:
    lines = client.get("/llms.txt").text.splitlines()
    assert lines[0] == "# clustergraph"
    assert lines[2].startswith("> ")
    headings = [line for line in lines if line.startswith("#")]
    assert headings == ["# clustergraph", "## Data", "## Things", "## Optional"]


def test_what_is_said_of_cookies_is_true(client: FlaskClient) -> None:
    assert "no cookies" in client.get("/privacy").text
    for path in ("/", "/sparql", "/people", "/search?q=cluster"):
        assert "Set-Cookie" not in client.get(path, headers={"Accept": "text/html"}).headers


def test_a_contact_that_is_set_stands_where_people_look(release: Release, tmp_path: Path) -> None:
    environment = {"CLUSTERGRAPH_RELEASES": str(release.path.parent), "CLUSTERGRAPH_CONTACT": "mailto:we@example.org"}
    with served(folder=tmp_path, **environment) as port:
        for path in ("/privacy", "/accessibility", "/about"):
            assert '<a href="mailto:we@example.org">we@example.org</a>' in text(port, path)


class Stay(Redirects):
    """Looks at a redirect and does not follow it."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def w3id(port: int, tmp_path: Path) -> Iterator[str]:
    """Apache with our rules where w3id.org has them, and its address."""
    folder, here = tmp_path / "www" / "clustergraph", free_port()
    folder.mkdir(parents=True)
    (folder / ".htaccess").write_text(text(port, "/addresses/htaccess.txt"), encoding="utf-8")
    modules = Path("/usr/lib/apache2/modules")
    loaded = "\n".join(
        f"LoadModule {name}_module {modules}/mod_{name}.so" for name in ("mpm_event", "authz_core", "rewrite")
    )
    (tmp_path / "apache.conf").write_text(
        f"ServerName localhost\nListen 127.0.0.1:{here}\nPidFile {tmp_path}/pid\nErrorLog {tmp_path}/error.log\n"
        f'DefaultRuntimeDir {tmp_path}\n{loaded}\nDocumentRoot "{tmp_path}/www"\n'
        f'<Directory "{tmp_path}/www">\nAllowOverride All\nRequire all granted\n</Directory>\n',
        encoding="utf-8",
    )
    process = subprocess.Popen(["apache2", "-X", "-f", str(tmp_path / "apache.conf")])
    try:
        wait_for(f"http://127.0.0.1:{here}/", process)
        yield f"http://127.0.0.1:{here}/clustergraph/"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            urlopen(address, timeout=1).close()
            return
        except HTTPError as answer:
            answer.close()
            return
        except OSError:
            assert process.poll() is None, "Apache has ended"
            process_wait(process)
    raise AssertionError("Apache does not answer")


def process_wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.mark.needs_command("apache2")
def test_the_rules_for_w3id_lead_every_kind_of_address_to_an_answer(w3id: str, port: int, graph: Graph) -> None:
    kinds: dict[str, str] = {}
    for quad in graph.stream():
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(ROOT):
                path = term.value.removeprefix(ROOT).partition("#")[0]
                kinds.setdefault("/".join(path.split("/")[:2]), path)
    assert {"ontology", "graph/edition", "graph/registry", "id/edition", "vocabulary/role"} <= kinds.keys()
    opener = build_opener(Stay)
    for path in [*kinds.values(), "dataset", "dumps/latest/clustergraph.nt", "page/person/emil-boc?lang=en"]:
        with pytest.raises(HTTPError) as redirected:
            opener.open(Request(w3id + path, headers={"Accept": "text/turtle, */*;q=0.1"}), timeout=30)
        assert redirected.value.code == 302
        assert redirected.value.headers["Location"] == f"http://127.0.0.1:{port}/{path}"
        redirected.value.close()
        with urlopen(Request(w3id + path, headers={"Accept": "text/turtle, */*;q=0.1"}), timeout=30) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("name", ["registry", "edition/2025-07-01-cluj-napoca", "ontology"])
def test_a_named_graph_can_be_had_by_its_own_address(client: FlaskClient, graph: Graph, name: str) -> None:
    answer = client.get(f"/graph/{name}", headers={"Accept": "application/n-triples"})
    assert len(answer.text.splitlines()) == sum(1 for _ in graph.stream(f"{ROOT}graph/{name}"))
    people = client.get(f"/graph/{name}", headers={"Accept": "text/html"})
    assert people.status_code == 303
    assert client.get(people.headers["Location"]).status_code == 200
    assert client.get("/graph/nothing").status_code == 404
