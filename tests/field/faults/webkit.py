"""WebKit, driven by its own WebDriver over plain HTTP: a hint of what iPhones do, not a substitute for one."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.postgres import free_port

PATIENCE = 60
CALL = """const done = arguments[arguments.length - 1]
Promise.resolve((%s)(arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }))"""


class Window:
    """One window, with as much of Playwright's page as the phone needs of it."""

    def __init__(self, port: int) -> None:
        self.port, self.session = port, ""

    def begin(self) -> None:
        options = {"args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": {"binary": browser(), **options}}
        told = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{told['sessionId']}"
        self.ask("POST", f"{self.session}/timeouts", {"script": PATIENCE * 1000})

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE + 10)
        try:
            line.request(method, path, json.dumps(body) if body is not None else None)
            reply = line.getresponse()
            told = json.loads(reply.read())["value"]
        finally:
            line.close()
        if reply.status != 200:
            raise RuntimeError(f"{path}: {told}")
        return told

    def goto(self, url: str) -> None:
        self.ask("POST", f"{self.session}/url", {"url": url})

    def evaluate(self, function: str, given: Any = None) -> Any:
        told = self.ask("POST", f"{self.session}/execute/async", {"script": CALL % function, "args": [given]})
        if "error" in told:
            raise RuntimeError(told["error"])
        return told.get("value")

    def fill(self, selector: str, text: str) -> None:
        self.ask("POST", f"{self._element(selector)}/value", {"text": text})

    def click(self, selector: str) -> None:
        self.ask("POST", f"{self._element(selector)}/click", {})

    def _element(self, selector: str) -> str:
        found = self.ask("POST", f"{self.session}/element", {"using": "css selector", "value": selector})
        return f"{self.session}/element/{next(iter(found.values()))}"

    def wait_for_load_state(self, _state: str) -> None:
        """The driver waits for pages by itself."""


@contextlib.contextmanager
def window(folder: Path) -> Iterator[Window]:
    """A screen, a driver and a browser of our own, ended by the ids of their process groups."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "GIO_USE_VFS": "local"}
    ours |= {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
    ours |= {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "NO_AT_BRIDGE": "1"}
    with contextlib.ExitStack() as stack:
        read, write = os.pipe()
        stack.enter_context(process(["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], ours, pass_fds=(write,)))
        with os.fdopen(read) as told:
            display = told.readline().strip()
        port = free_port()
        ours |= {"DISPLAY": f":{display}"}
        stack.enter_context(process(["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"], ours))
        one = Window(port)
        wait_for(one)
        one.begin()
        yield one
        one.ask("DELETE", one.session)


@contextlib.contextmanager
def process(command: list[str], environment: dict[str, str], **options: Any) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    one = subprocess.Popen(command, env=environment, start_new_session=True, **quiet, **options)
    for handle in options.get("pass_fds", ()):
        os.close(handle)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)
        one.wait(PATIENCE)


def wait_for(one: Window) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            one.ask("GET", "/status")
        except OSError:
            assert time.monotonic() < end, "WebKitWebDriver did not start"
            time.sleep(0.1)
        else:
            return


def browser() -> str:
    """Debian keeps it beside the library."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    path = shutil.which("MiniBrowser") or (str(found[-1]) if found else "")
    assert path, "MiniBrowser is missing: sudo apt-get install webkit2gtk-driver"
    return path
