"""A small generated nation, loaded once for all tests that look at it, inside one transaction that is rolled back after the last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from kycuong.nation.load import load_nation
from kycuong.nation.wishes import Wish
from tests.audit.watch import looking_away

SMALL = Wish(provinces=3, units=72, visits=600, years=7, seed=5)
"""Hà Nội, which went on, Cao Bằng, and Tuyên Quang, which was made of two."""
NEEDED = "nation"


class Nation:
    """The whole nation in an open transaction."""

    def __init__(self, blocker: Any) -> None:
        self.blocker = blocker
        with blocker.unblock():
            self.outer = transaction.atomic()
            self.outer.__enter__()
            try:
                with looking_away():  # test_log.py asks the checker itself
                    load_nation(SMALL)
            except BaseException:  # what was half loaded is in no other test's way
                self.forget()
                raise

    def forget(self) -> None:
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)


LOADED: list[Nation] = []


@pytest.hookimpl(tryfirst=True)  # groups are read after this
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/nation/" in item.path.as_posix() and NEEDED in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("nation"))


@pytest.fixture(scope="module")
def nation(django_db_setup: None, django_db_blocker: Any) -> Wish:
    """The wish of the nation that is in the database."""
    if not LOADED:
        LOADED.append(Nation(django_db_blocker))
    return SMALL


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After the last test that looks at the nation, nothing of it is left for the others."""
    yield
    while LOADED and NEEDED not in getattr(nextitem, "fixturenames", ()):
        LOADED.pop().forget()
