"""A real browser for tests: Chromium, told what to do over the pipe of its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

#: Seconds until what a test waits for counts as not happening.
PATIENCE = 30
OPTIONS = (
    "--headless",
    "--no-sandbox",  # it does not start for root, as whom tests in containers often run
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)


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


class Chromium:
    """A running browser, which several pages may use one after the other.

    :param folder: an empty folder for its profile.
    """

    def __init__(self, folder: Path) -> None:
        read, self._out = os.pipe()
        self._in, write = os.pipe()
        # The protocol takes the descriptors 3 and 4.
        start = f'exec chromium "$@" 3<&{read} 4>&{write}'
        command = ["bash", "-c", start, "chromium", *OPTIONS, f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(command, pass_fds=(read, write), stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self._rest = b""
        self._numbers = count(1)

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.send("Browser.close", {})
        self._process.wait(PATIENCE)
        os.close(self._in)
        os.close(self._out)

    def send(self, method: str, parameters: dict[str, Any], session: str = "") -> int:
        """Send a command, to a page if there is a session; gives the number that its answer will have."""
        message = {"id": next(self._numbers), "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return int(message["id"])

    def receive(self) -> dict[str, Any]:
        """The next answer, or the next event."""
        while b"\0" not in self._rest:
            chunk = os.read(self._in, 65536)
            assert chunk, "the browser is gone"
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


class Browser:
    """One page of a browser, with an empty profile of its own.

    :ivar complaints: what stood in its console, uncaught errors and refused loads included.
    :ivar requests: the addresses it asked for, but for ``data:`` and ``blob:``.
    """

    def __init__(self, chromium: Chromium, width: int = 1440, height: int = 900) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._chromium = chromium
        self._session = ""
        self._context = self._send("Target.createBrowserContext")["browserContextId"]
        page = self._send("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")
        self.resize(width, height)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = ""
        self._send("Target.disposeBrowserContext", browserContextId=self._context)

    def resize(self, width: int, height: int) -> None:
        """Give the page another size, in CSS pixels."""
        self._send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def without_scripts(self) -> None:
        """Run no scripts from the next page on."""
        self._send("Emulation.setScriptExecutionDisabled", value=True)

    def dark(self, preferred: bool) -> None:
        """Prefer dark colours, or light ones."""
        scheme = "dark" if preferred else "light"
        self._send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def without_motion(self) -> None:
        """Prefer pages that do not move by themselves: what scrolls is there at once."""
        self._send("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])

    def on_paper(self) -> None:
        """Show pages as they print."""
        self._send("Emulation.setEmulatedMedia", media="print")

    def open(self, address: str) -> None:
        """Show an address, and wait until it is loaded."""
        self._send("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def do(self, script: str) -> Any:
        """The value of an expression on the page; promises are waited for."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True, "userGesture": True}
        found = self._send("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until an expression on the page is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.do(f"!!({script})"):
            assert time.monotonic() < deadline, f"did not happen: {script}"
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        """The text of the first element, as it shows."""
        return str(self.do(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        """Press an element."""
        self.do(f"document.querySelector({json.dumps(selector)}).click()")

    def type(self, text: str) -> None:
        """Type where the cursor is, letter by letter."""
        for letter in text:
            self._send("Input.insertText", text=letter)

    def press(self, key: str, code: int, ctrl: bool = False) -> None:
        """Press a key.

        :param key: its name, as in ``KeyboardEvent.key``.
        :param code: its Windows virtual key code.
        """
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 2 if ctrl else 0}
        self._send("Input.dispatchKeyEvent", type="rawKeyDown", **named)
        self._send("Input.dispatchKeyEvent", type="keyUp", **named)

    def picture(self, whole: bool = False) -> bytes:
        """The page as PNG.

        :param whole: all of it, not just what shows.
        """
        return base64.b64decode(self._send("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def _send(self, method: str, **parameters: Any) -> Any:
        number = self._chromium.send(method, parameters, self._session)
        while True:
            answer = self._chromium.receive()
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            if answer.get("sessionId") == self._session:
                self._note(answer.get("method", ""), answer.get("params", {}))

    def _note(self, event: str, said: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent" and not said["request"]["url"].startswith(("data:", "blob:")):
            self.requests.append(said["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(said["exceptionDetails"])[:2000])
        elif event == "Log.entryAdded":
            self.complaints.append(f"{said['entry']['text']} {said['entry'].get('url', '')}")
        elif event == "Runtime.consoleAPICalled":
            self.complaints.append(" ".join(str(part.get("value", "")) for part in said["args"]))
