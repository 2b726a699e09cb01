"""What holds for every test: no network, the log watched, --long, a client that is signed in."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.test import Client

from tests.audit.fixtures import *  # noqa: F403 - fixtures of the whole suite
from tests.beside import BOTH
from tests.budget import LONG, long_run, waits
from tests.chromium import browser, playwright  # noqa: F401 - the fixtures
from tests.desk import desk  # noqa: F401 - the fixture
from tests.sides import sides  # noqa: F401 - the fixture

LOOPBACK = ("127.", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="many more examples for the random tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is not told to be asked beside both databases (tests/beside.py) is asked beside one; what takes long, only with --long."""
    here = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        if not place.startswith(BOTH):
            item.add_marker("look")
    late = [] if long_run() else [item for item in items if item.get_closest_marker("long")]
    if late:
        config.hook.pytest_deselected(items=late)
        items[:] = [item for item in items if item not in late]


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Each process of a run leaves the same: the first one counts it."""
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        waits("tests", sum(any(map(item.get_closest_marker, ("long", "look"))) for item in items))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that are marked are groups that are kept together: otherwise what one process needs is made in each."""
    gc.collect()
    gc.freeze()  # what is loaded by now stays to the end: looking through it again and again took a tenth of the time
    if getattr(session.config.option, "loadgroup", False):
        alone = [
            item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if alone:
            raise pytest.UsageError(f"this pytest and this xdist keep no groups together: {alone[0]}")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        os.environ[LONG] = "1"
    hypothesis.settings.register_profile("ours", deadline=None, database=None, print_blob=True)
    hypothesis.settings.load_profile("ours")
    gc.set_threshold(50_000, 10, 10)
    sys.addaudithook(stay_at_home)


def stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    """No test talks to another machine."""
    if event == "socket.connect":
        address = arguments[1]
        away = isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK)
    else:
        away = event == "socket.getaddrinfo" and arguments[0] and not str(arguments[0]).startswith(LOOPBACK)
    if away:
        raise RuntimeError(f"a test reached for another machine: {arguments[1:]}")


@pytest.fixture
def as_person() -> Callable[[Any], Client]:
    """`as_person(world.an).get("/")`: a client in which this person is signed in."""

    def signed_in(person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in
