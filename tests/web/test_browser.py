"""Pages in a real browser: they show, and the browser has nothing to complain of."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

pytestmark = pytest.mark.needs_command("chromium")

#: Address -> a text its page shows.
PAGES = {
    "/": "Clusters meet Regions",
    "/editions": "Cluj-Napoca",
    "/page/edition/2025-07-01-cluj-napoca": "Romanian Cluster Association",
    "/page/person/jan-philipp-kramer": "Jan-Philipp Kramer",
    "/page/region/RO11": "RO11",
    "/sparql": "SPARQL",
    "/ontology": "Edition",
}
Browse = Callable[[str], tuple[str, list[str]]]


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """The address of an application that listens on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Shows an address in Chromium: the page as it then stands, and what the console says."""

    def shown(address: str) -> tuple[str, list[str]]:
        # The sandbox of Chromium does not start for root, as whom tests in containers often run.
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=390,844"]
        folder = f"--user-data-dir={tmp_path}"
        command = ["chromium", *options, folder, "--enable-logging=stderr", "--v=0", "--dump-dom", address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    return shown


@pytest.mark.parametrize(("path", "text"), PAGES.items())
def test_page_shows_and_the_console_stays_empty(path: str, text: str, app: Flask, browse: Browse) -> None:
    with listening(app) as address:
        page, complaints = browse(address + path)
    assert text in page
    assert complaints == []


def test_names_that_mean_harm_do_nothing_in_a_browser(hostile_client: FlaskClient, browse: Browse) -> None:
    with listening(hostile_client.application) as address:
        page, complaints = browse(f"{address}/page/organisation/hostile")
    assert "&lt;/script&gt;" in page
    assert complaints == []
