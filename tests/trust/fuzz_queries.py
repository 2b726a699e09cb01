"""Query strings of every list and page, asked of a database of its own: none brings a page down (tests/trust/fuzz.py)."""

from __future__ import annotations

import atexit
from collections.abc import Callable

from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from tests.desk import Desk, made
from tests.matrix import TABLE, WHO, read

ADDRESSES = sorted(
    line.address
    for line in read(TABLE).values()
    if line.method == "GET" and "<" not in line.address and line.own[WHO.index("aggregator")] == "+"
)
"""Every one that reads and needs no record. The first byte says which; the rest is the query."""


def target() -> Callable[[bytes], None]:
    """With a province in a database that is thrown away at the end."""
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    atexit.register(teardown_databases, kept, 0)
    return asking(made())


def asking(desk: Desk) -> Callable[[bytes], None]:
    client = Client(raise_request_exception=True)
    client.force_login(desk.people["aggregator"])

    def ask(data: bytes) -> None:
        if data:
            address = ADDRESSES[data[0] % len(ADDRESSES)]
            answer = client.get(address, QUERY_STRING=data[1:].decode("latin-1"))
            assert answer.status_code < 500, answer.status_code

    return ask
