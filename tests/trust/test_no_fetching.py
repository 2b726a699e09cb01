"""No address that somebody typed is ever fetched: only few modules can open a line to another machine, each for one purpose."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "kycuong"
LINES = (
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "http.client",
    "socket",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "asyncio",
    "pyspark",
)
MAY = {
    "site/foyer.py": {"socket"},  # the server's own end of a line
    "site/server.py": {"socket"},  # whether the port is free
    "notices/tasks/delivery.py": {"smtplib"},  # the mail server that the administrator names
    "notices/tasks/digests.py": {"smtplib"},  # what that one answers
    "checkpoints/tasks.py": {"smtplib"},  # the same
    "core/bounded.py": {
        "urllib.request",
        "http.client",
        "socket",
    },  # what the three below ask: one address, no redirect
    "checkpoints/proving.py": {"urllib.request", "http.client"},  # the time-stamping authority of the settings
    "connect/posting.py": {"urllib.request", "http.client", "socket"},  # hosts that the settings list
    "facts/queries/spark.py": {"pyspark", "socket"},  # the cluster whose address somebody wrote at the machine
    "signin/proving/provider.py": {"urllib.request", "http.client"},  # the identity provider of the settings
}
"""Module → what it may import."""

BY_NAME = {"needed", "import_module", "__import__"}
"""What imports a module whose name is a text: `facts.store.needed` is ours."""


def opens(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in BY_NAME:
            names = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
        yield from (line for line in LINES for name in names if name == line or name.startswith(f"{line}."))


def test_only_few_modules_can_reach_another_machine() -> None:
    seen = {path.relative_to(HOUSE).as_posix(): set(opens(path.read_text())) for path in HOUSE.rglob("*.py")}
    found = {place: lines for place, lines in seen.items() if lines}
    assert len(seen) > 500
    assert {place: lines for place, lines in found.items() if lines - MAY.get(place, set())} == {}
    assert found.keys() >= MAY.keys(), "take away what no module needs any more"


def test_the_sight_is_sharp() -> None:
    for bad in (
        "import urllib.request",
        "from urllib import request",
        "import requests as r",
        "from socket import create_connection",
        'needed("pyspark.sql", "spark")',
        'importlib.import_module("http.client")',
    ):
        assert list(opens(bad)), bad
    for fine in ("from urllib.parse import urlsplit", "from django.http import HttpRequest", "from . import requests"):
        assert not list(opens(fine)), fine
