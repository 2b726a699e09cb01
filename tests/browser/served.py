"""The product as a newcomer has it: the demonstration, prepared and served by its own command in a folder of its own."""

from __future__ import annotations

import os
import secrets
import socket
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

HOUSE = Path(__file__).parents[2]


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a server of its own. It ends with the context."""
    with database() as settings:
        port = free_port()
        environment = {**os.environ, **settings, "KYCUONG_HOME": str(home), "PORT": str(port)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        log = home / "server.log"
        with log.open("w", encoding="utf-8") as out:
            server = subprocess.Popen(
                [sys.executable, str(HOUSE / "manage.py"), "serve"], env=environment, stdout=out, stderr=out
            )
        try:
            yield address_in(log, server)
        finally:
            server.terminate()
            server.wait(timeout=30)


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


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Settings of an empty database: a file under the folder, or one more database of the test server."""
    url = os.environ.get("KYCUONG_DATABASE_URL", "")
    if not url:
        yield {}
        return
    name = f"served_{os.getpid()}_{secrets.token_hex(4)}"  # one process may serve several
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield {"KYCUONG_DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def window(browser: Browser, address: str, username: str, *, width: int = 1280, height: int = 800) -> Page:
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
    page.fill("[name=password]", DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page
