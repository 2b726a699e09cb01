"""The demonstration, loaded once for a module inside one transaction that is rolled back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from kycuong.core.clock import today
from kycuong.demo import load as loading
from kycuong.demo.statements import STATEMENTS
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between

Answers = dict[str, dict[str, Any]]


def answers() -> Answers:
    """What the product answers now to the query of each statement."""
    found = {}
    for statement in STATEMENTS:
        period = between(statement.first, statement.last)
        found[statement.key] = figures_for(resolve_unit(statement.scope), period, view=statement.view)
    return found


@pytest.fixture(scope="module")
def stages(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Answers]]:
    """The answers before the reforms are loaded and after them, with the whole demonstration left in place."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            units = loading.load_demonstration(reforms=False)
            before = answers()
            with at_the_machine():
                loading.load_later_years(units, until=today())
            loading.analyse()
            yield {"before": before, "after": answers()}
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
