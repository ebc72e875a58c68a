"""Every kind of page in a real browser: nothing wider than the screen, on a phone and on a desk."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

pytestmark = pytest.mark.needs_command("chromium")

PATHS = (
    "/", "/about", "/editions", "/organisations", "/sources", "/ontology", "/vocabulary/", "/vocabulary/role",
    "/vocabulary/role/speaker", "/dumps/", "/sparql", "/nowhere", "/page/series/clusters-meet-regions",
    "/page/edition/2023-03-29-kosice", "/page/edition/2025-07-01-cluj-napoca", "/page/edition/2024-06-18-graz",
    "/page/session/2025-07-01-cluj-napoca--opening", "/page/person/jan-philipp-kramer",
    "/page/organisation/romanian-cluster-association", "/page/place/cluj-napoca", "/page/region/RO11",
    "/page/country/ROU", "/page/topic/digital", "/page/policy/eu-funding-programmes",
)  # fmt: skip
HOSTILE = ("/page/organisation/hostile", "/organisations", "/page/topic/ceramics")
WIDTHS = (390, 1440)
#: Loads each page in a frame of each width, and writes down how wide its content is.
HARNESS = """<!doctype html><title>harness</title><body><script>
(async () => {
  const found = [];
  for (const [path, width] of %s) {
    const frame = document.createElement("iframe");
    frame.style = `width:${width}px;height:900px;border:0`;
    frame.src = path;
    const loaded = new Promise(done => frame.onload = done);
    document.body.append(frame);
    await loaded;
    const root = frame.contentDocument.documentElement;
    const sheets = frame.contentDocument.styleSheets.length;
    found.push([path, width, root.scrollWidth, sheets, frame.contentDocument.querySelectorAll("h1").length]);
    frame.remove();
  }
  document.body.textContent = JSON.stringify(found);
})();
</script>"""

Start = Callable[[str, list[tuple[str, str]]], Any]


class Framed:
    """The application with a page that measures the others; only here may they be framed.

    :param app: the application.
    :param harness: the page, at ``/harness``.
    """

    def __init__(self, app: Flask, harness: str) -> None:
        self._app = app
        self._harness = harness.encode()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if environ["PATH_INFO"] == "/harness":
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [self._harness]

        def without_policy(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [each for each in headers if each[0] != "Content-Security-Policy"], *more)

        return self._app(environ, without_policy)


def measured(app: Flask, paths: tuple[str, ...], profile: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """Path, width of the screen, width of the content, style sheets and main headings of each page."""
    harness = HARNESS % json.dumps([(path, width) for width in WIDTHS for path in paths])
    dom = _dom(Framed(app, harness), "/harness", profile)
    body = dom.partition("<body>")[2].partition("</body>")[0]
    yield from json.loads(unescape(body))


def _dom(app: Any, path: str, profile: Path, *options: str) -> str:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
            "--virtual-time-budget=120000", "--dump-dom", *options, f"http://127.0.0.1:{server.port}{path}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
        return done.stdout + done.stderr
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_no_page_is_wider_than_the_screen(app: Flask, tmp_path: Path) -> None:
    found = list(measured(app, PATHS, tmp_path))
    assert len(found) == len(PATHS) * len(WIDTHS)
    assert [each for each in found if each[2] > each[1]] == []
    assert all(sheets >= 1 and headings == 1 for *_, sheets, headings in found)


def test_hostile_names_do_not_stretch_a_page(hostile_client: FlaskClient, tmp_path: Path) -> None:
    found = list(measured(hostile_client.application, HOSTILE, tmp_path))
    assert [each for each in found if each[2] > each[1]] == []


def test_page_needs_nothing_that_its_policy_forbids(app: Flask, tmp_path: Path) -> None:
    seen = _dom(app, "/page/edition/2025-07-01-cluj-napoca", tmp_path, "--enable-logging=stderr")
    assert "Clusters Meet Regions in Cluj-Napoca" in seen
    assert "Content Security Policy" not in seen
