"""The product as its own command serves it, with a small province, to be killed and pestered: a process group of ours."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
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
OF_ALL = f"office_{hashlib.sha256(os.environ.get('KYCUONG_TESTS_SHARED', str(os.getpid())).encode()).hexdigest()[:12]}"


def offices(home: Path, **more: str) -> dict[str, str]:
    """The environment of an office whose folder this is."""
    ours = {
        "KYCUONG_TICK_MINUTES": "0",
        "KYCUONG_DEMO": "0",
        "KYCUONG_SECOND_FACTOR": "optional",  # nobody of this desk has one
        "KYCUONG_CONFIRM": "0",
    }
    return {**environment(home, **ours, **more), "DJANGO_SETTINGS_MODULE": SETTINGS}


def made_ready(told: dict[str, str]) -> dict[str, str]:
    """Tables, a small province, a session for each person: name → session."""
    subprocess.run([*PRODUCT, "prepare"], env=told, check=True, capture_output=True)
    code = f"import django; django.setup()\n{PEOPLE}"
    done = subprocess.run([sys.executable, "-c", code], env=told, cwd=HOUSE, check=True, capture_output=True, text=True)
    sessions: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return sessions


@cache
def of_this_process() -> Path:
    place = Path(tempfile.mkdtemp(prefix="kycuong-offices-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def prepared() -> Path:
    """A folder with an office that is ready, made once for a run: migrations take longer than most of what is tried here. On PostgreSQL its
    database is the template `OF_ALL`."""
    shared = Path(os.environ.get("KYCUONG_TESTS_SHARED") or of_this_process())
    shared.mkdir(exist_ok=True)
    with (shared / "office-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = shared / "office"
        if not (shared / "office-done").exists():
            told = offices(place, **({} if ON_SQLITE else new_database(OF_ALL)))
            (shared / "office-sessions").write_text(json.dumps(made_ready(told)))
            (shared / "office-done").touch()
    return place


def copied_to(home: Path, place: Path) -> dict[str, str]:
    shutil.copytree(place, home, dirs_exist_ok=True)
    sessions: dict[str, str] = json.loads(place.with_name("office-sessions").read_text())
    return sessions


class Office:
    """A server at one address for as long as the context lasts, however often it is killed. Everybody of the desk has a session."""

    def __init__(self, database: dict[str, str] | None = None) -> None:
        self.stack, self.port, self.database = contextlib.ExitStack(), free_port(), database
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Office:
        self.home = Path(tempfile.mkdtemp(prefix="kycuong-office-"))
        self.stack.callback(shutil.rmtree, self.home, ignore_errors=True)
        copied = prepared() if self.database is None or (self.database == {} and ON_SQLITE) else None
        if self.database is None:
            self.database = {} if ON_SQLITE else new_database(f"office_{self.port}", template=OF_ALL)
            if self.database:
                self.stack.callback(drop_database, self.database)
        self.environment = offices(self.home, PORT=str(self.port), **self.database)
        self.stack.callback(self.kill)
        self.sessions = made_ready(self.environment) if copied is None else copied_to(self.home, copied)
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
