"""A server and a browser that are ours to kill: each a process group of its own, ended by its id with SIGKILL."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from kycuong.demo.accounts import DEMO_PASSWORD
from tests.browser.served import HOUSE, demonstration, environment
from tests.chromium import QUIET, executable
from tests.field.client.window import NAMES, Phone
from tests.postgres import free_port

SERVE = """
import django; django.setup()
from kycuong.site.server import Server
Server(workers=1, when_ready=lambda: print("ready", flush=True)).run()
"""
PATIENCE = 30
SESSIONS: dict[tuple[str, str], Any] = {}
"""Cookies by address and account."""


class Server:
    """The product with the demonstration, at one address for as long as the context lasts, however often it is killed."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.stack = contextlib.ExitStack()

    def __enter__(self) -> Server:
        settings = self.stack.enter_context(demonstration(self.home))
        more = {"PORT": str(self.port), "KYCUONG_TICK_MINUTES": "0", "DJANGO_SETTINGS_MODULE": "kycuong.site.settings"}
        self.environment = environment(self.home, **more, **settings)
        self.stack.callback(self.kill)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def start(self) -> None:
        """Serve again, from what is on the disk."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE],
            env=self.environment,
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == b"ready"

    def run(self, code: str) -> None:
        """Somebody at the machine of the server does something."""
        given = f"import django; django.setup()\n{code}"
        subprocess.run([sys.executable, "-c", given], env=self.environment, cwd=HOUSE, check=True)

    def kill(self, how: int = signal.SIGKILL) -> None:
        """All its processes, by the id of their group, which is ours."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        if how == signal.SIGKILL:
            self.process.wait(PATIENCE)
            if self.process.stdout:
                self.process.stdout.close()


class Chrome:
    """A browser with a disk of its own. What survives its death is what is on that disk."""

    def __init__(self, playwright: Playwright, folder: Path, url: str) -> None:
        self.playwright, self.folder, self.url = playwright, folder, url
        self.browser: Browser | None = None

    def __enter__(self) -> Chrome:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        told = self.folder / "DevToolsActivePort"
        for old in (told, *self.folder.glob("Singleton*")):
            old.unlink(missing_ok=True)
        options = [*QUIET, "--headless", f"--user-data-dir={self.folder}", "--remote-debugging-port=0", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([executable(), *options], start_new_session=True, **quiet)
        end = time.monotonic() + PATIENCE
        while not (told.exists() and told.read_text().strip()):
            assert time.monotonic() < end, "Chromium did not start"
            time.sleep(0.05)
        port = told.read_text().split()[0]
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")

    def kill(self) -> None:
        """Power off for the browser: no farewell, no flush."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        with contextlib.suppress(Exception):
            if self.browser:
                self.browser.close()

    def page(self, path: str = "/field/") -> Page:
        assert self.browser is not None
        context = self.browser.contexts[0]
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(self.url + path)
        return page

    def sign_in(self, username: str) -> None:
        assert self.browser is not None
        sign_in(self.browser.contexts[0], self.url, username)

    def phone(self) -> Phone:
        """The modules, in a bare page under our policy: no screen of the app writes beside the test."""
        page = self.page("/field/manifest.webmanifest")
        return Phone(page, modules(page))


def sign_in(context: BrowserContext, url: str, username: str) -> None:
    """By typing, in a window of its own; the second time with the cookie of the first."""
    if (url, username) not in SESSIONS:
        page = context.new_page()
        page.goto(f"{url}/sign-in/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.close()
        SESSIONS[url, username] = [one for one in context.cookies() if one["name"] == "sid"]
    context.add_cookies(SESSIONS[url, username])


def modules(page: Page) -> dict[str, str]:
    """The addresses of the modules, hashed names and all, as the worker's list has them."""
    text = page.evaluate("async () => (await fetch('/field/sw.js', { cache: 'no-store' })).text()")
    line = next(line for line in text.splitlines() if line.startswith("const FILES"))
    files: list[str] = [json.loads(f'"{one}"') for one in re.findall(r'"([^"]+)", ', line)]
    found = {}
    for name in NAMES:
        found[name] = next(one for one in files if re.fullmatch(rf"/static/field/{name}(\.[0-9a-f]{{12}})?\.js", one))
    return found


OPEN = """async ([token, unit, day, form]) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token }
  const visits = [{ unit, visited_on: day, checklist_form: form }]
  const body = JSON.stringify({ lead: "so-noi-vu", form: "surprise", visits })
  const reply = await fetch("/api/v1/inspections", { method: "POST", headers, body })
  const told = await reply.json()
  if (!reply.ok) throw new Error(JSON.stringify(told))
  return [told.uid, told.visits[0].uid]
}"""


def whoami(phone: Phone) -> dict[str, Any]:
    """Who is signed in, and the token; Refused when nobody is."""
    return dict(phone.do("return sync.whoami()"))


def visit_of(phone: Phone, *, unit: str = "xa-dong-dang", form: str = "short") -> str:
    """A draft that the person signed in has opened for today."""
    day = phone.page.evaluate("() => new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' })")
    phone.page.wait_for_load_state("networkidle")  # an icon that is asked for beside us may get a token of its own
    _inspection, visit = phone.page.evaluate(OPEN, [whoami(phone)["csrf"], unit, day, form])
    return str(visit)


@contextlib.contextmanager
def slow(page: Page, *, up: int) -> Iterator[None]:
    """A line that takes so many bytes a second upwards."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    rule = {"offline": False, "latency": 20, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {**rule, "uploadThroughput": up})
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            session.send("Network.emulateNetworkConditions", {**rule, "latency": 0, "uploadThroughput": -1})
