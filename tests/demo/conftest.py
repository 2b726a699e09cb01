"""The demonstration, loaded once for all tests that need it, inside one transaction that is rolled back after the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import load_command_class
from django.db import transaction
from django.db.utils import ConnectionHandler
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.statistics import analyze
from kycuong.demo import load as loading
from kycuong.demo.statements import STATEMENTS
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between
from tests.audit.watch import looking_away

Answers = dict[str, dict[str, Any]]
NEEDED = "stages"
"""The fixture that stands for the loaded demonstration."""


def answers() -> Answers:
    """What the product answers now to the query of each statement."""
    found = {}
    for statement in STATEMENTS:
        period = between(statement.first, statement.last)
        found[statement.key] = figures_for(resolve_unit(statement.scope), period, view=statement.view)
    return found


class Demonstration:
    """The whole demonstration in an open transaction, and what the statements' queries gave on the way."""

    def __init__(self, blocker: Any) -> None:
        self.blocker = blocker
        with blocker.unblock():
            self.outer = transaction.atomic()
            self.outer.__enter__()
            with looking_away():
                units = loading.load_demonstration(reforms=False)
                self.stages = {"before": answers()}
                with at_the_machine():
                    loading.load_later_years(units, until=today())
                    loading.load_people_of_today(units, today())
            analyze()
            self.stages["after"] = answers()

    def forget(self) -> None:
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)


LOADED: list[Demonstration] = []


@pytest.hookimpl(tryfirst=True)  # groups are read after this
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever looks at the demonstration shares one process: it is loaded once."""
    for item in items:
        if "/tests/demo/" in item.path.as_posix() and NEEDED in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demonstration"))


@pytest.fixture(scope="module")
def stages(django_db_setup: None, django_db_blocker: Any) -> dict[str, Answers]:
    """The answers before the reforms are loaded and after them, with the whole demonstration left in place."""
    if not LOADED:
        LOADED.append(Demonstration(django_db_blocker))
    return LOADED[0].stages


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After the last test that looks at the demonstration, nothing of it is left for the others."""
    yield
    while LOADED and NEEDED not in getattr(nextitem, "fixturenames", ()):
        LOADED.pop().forget()


@pytest.fixture
def client_of(stages: Any, db: None) -> Callable[[str], Client]:
    """`client_of("tonghop")`: a client in which this demo account is signed in."""

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=username))
        return client

    return signed_in


@pytest.fixture
def command(stages: Any, db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """`command("--scope", …)`: `./run figures` as a shell would run it; gives what it wrote to standard output."""
    # Django closes every connection when a command ends; the demonstration's transaction lives in this one.
    monkeypatch.setattr(ConnectionHandler, "close_all", lambda connections: None)

    def run(*arguments: str) -> str:
        capsys.readouterr()
        load_command_class("kycuong.reports", "figures").run_from_argv(["./run", "figures", *arguments])
        return capsys.readouterr().out

    return run
