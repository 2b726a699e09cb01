"""The product as its own command serves it, with a small province, to be killed and pestered: a process group of ours."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.served import HOUSE, ON_SQLITE, PRODUCT, drop_database, environment, new_database
from tests.postgres import free_port

SETTINGS = "kycuong.site.settings"
PEOPLE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.desk import made
told = {}
desk = made()
for name, person in desk.people.items():
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session.save()
    told[name] = session.session_key
print(json.dumps(told))
"""
SERVE = """
from kycuong.site.server import Server
Server(workers=2, when_ready=lambda: print("ready", flush=True)).run()
"""
TOKEN = "t" * 32
PATIENCE = 60


class Office:
    """A server at one address for as long as the context lasts, however often it is killed. Everybody of the desk has a session."""

    def __init__(self, database: dict[str, str] | None = None) -> None:
        self.stack, self.port, self.database = contextlib.ExitStack(), free_port(), database
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Office:
        self.home = Path(tempfile.mkdtemp(prefix="kycuong-office-"))
        self.stack.callback(shutil.rmtree, self.home, ignore_errors=True)
        if self.database is None:
            self.database = {} if ON_SQLITE else new_database(f"office_{self.port}")
            if self.database:
                self.stack.callback(drop_database, self.database)
        more = {
            "PORT": str(self.port),
            "KYCUONG_TICK_MINUTES": "0",
            "KYCUONG_DEMO": "0",
            "KYCUONG_SECOND_FACTOR": "optional",  # nobody of this desk has one
            "KYCUONG_CONFIRM": "0",
            "DJANGO_SETTINGS_MODULE": SETTINGS,
        }
        self.environment = environment(self.home, **more, **self.database)
        self.environment["DJANGO_SETTINGS_MODULE"] = SETTINGS
        self.stack.callback(self.kill)
        subprocess.run([*PRODUCT, "prepare"], env=self.environment, check=True, capture_output=True)
        self.sessions: dict[str, str] = json.loads(self.python(PEOPLE).splitlines()[-1])
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def python(self, code: str) -> str:
        """Somebody at the machine does something."""
        return self._run([sys.executable, "-c", f"import django; django.setup()\n{code}"]).stdout

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run([*PRODUCT, *words], check=False)

    def _run(self, command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=self.environment, cwd=HOUSE, check=check, capture_output=True, text=True)

    def serving(self) -> list[str]:
        """The command that serves."""
        return [sys.executable, "-c", f"import django; django.setup()\n{SERVE}"]

    def start(self, **limits: Any) -> None:
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.serving(), env=self.environment, cwd=HOUSE, stdout=subprocess.PIPE, stderr=log,
                start_new_session=True, **limits,
            )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == b"ready", self.log()

    def log(self) -> str:
        return (self.home / "server.log").read_text(errors="replace")[-3000:]

    def kill(self, how: int = signal.SIGKILL) -> None:
        """All its processes at once, by the id of their group, which is ours."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    def connection(self, timeout: float = PATIENCE) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def headers(self, who: str, **more: str) -> dict[str, str]:
        cookie = f"sid={self.sessions[who]}; csrf={TOKEN}"
        return {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/json", **more}

    def ask(
        self, method: str, path: str, who: str = "", body: bytes | str | None = None, **more: str
    ) -> tuple[int, bytes]:
        """One request on a connection of its own: status and body."""
        with contextlib.closing(self.connection()) as line:
            line.request(method, path, body, self.headers(who, **more) if who else more)
            answer = line.getresponse()
            return answer.status, answer.read()
