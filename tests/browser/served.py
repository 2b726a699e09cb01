"""The product as a newcomer has it: the demonstration, prepared and served by its own command in a folder of its own."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from playwright.sync_api import Browser, Page
from psycopg import sql

from kycuong.demo.accounts import DEMO_PASSWORD
from tests.postgres import free_port

HOUSE = Path(__file__).parents[2]
PRODUCT = (sys.executable, str(HOUSE / "manage.py"))
SERVER = os.environ.get("KYCUONG_DATABASE_URL", "")
ON_SQLITE = not SERVER


@contextmanager
def served(home: Path, **more: str) -> Iterator[str]:
    """The address of a server of its own, with `more` settings. It ends with the context."""
    with demonstration(home) as settings:
        log = home / "server.log"
        with log.open("w", encoding="utf-8") as out:
            server = subprocess.Popen(
                [*PRODUCT, "serve"],
                env=environment(home, PORT=str(free_port()), **settings, **more),
                stdout=out,
                stderr=out,
            )
        try:
            yield address_in(log, server)
        finally:
            server.terminate()
            server.wait(timeout=30)


def environment(home: Path, **more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**ours, "KYCUONG_HOME": str(home), **more}


@contextmanager
def demonstration(home: Path) -> Iterator[dict[str, str]]:
    """A copy of the prepared demonstration in the folder, or in one more database of the test server; its settings.

    ./test names a folder for the run: the demonstration is prepared there once, by whoever needs it first.
    """
    shared = Path(os.environ.get("KYCUONG_TESTS_SHARED") or home.with_name(f"{home.name}-prepared"))
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        original = shared / "home"
        name = f"demonstration_{hashlib.sha256(str(shared).encode()).hexdigest()[:12]}"
        if not (shared / "done").exists():
            prepare(original, {} if ON_SQLITE else new_database(name))
            (shared / "done").touch()
        shutil.copytree(original, home, dirs_exist_ok=True)
        settings = {} if ON_SQLITE else new_database(f"served_{secrets.token_hex(6)}", template=name)
    try:
        yield settings
    finally:
        if settings:
            drop_database(settings)


def prepare(home: Path, settings: dict[str, str]) -> None:
    subprocess.run([*PRODUCT, "prepare"], env=environment(home, **settings), check=True, capture_output=True)


def new_database(name: str, *, template: str = "template1") -> dict[str, str]:
    """Settings of a database that was made now, empty or as a copy of another one."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(template)))
    return {"KYCUONG_DATABASE_URL": urlsplit(SERVER)._replace(path=f"/{name}").geturl()}


def drop_database(settings: dict[str, str]) -> None:
    name = urlsplit(settings["KYCUONG_DATABASE_URL"]).path.lstrip("/")
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address_in(log: Path, server: subprocess.Popen[bytes]) -> str:
    """Wait for the line that says where the server listens."""
    while server.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if "ready:" in line:
                return line.split("ready:")[1].split()[0].rstrip("/")
        try:
            server.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the server ended: {log.read_text(encoding='utf-8')}")


def window(
    browser: Browser,
    address: str,
    username: str,
    *,
    password: str = DEMO_PASSWORD,
    width: int = 1280,
    height: int = 800,
) -> Page:
    """A window in which an account of the demonstration has signed in, by typing."""
    context = browser.new_context(
        base_url=address,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        viewport={"width": width, "height": height},
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page
