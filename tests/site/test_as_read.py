"""A row that was read in an act is not asked again for what stays as it was read; what was changed is."""

from __future__ import annotations

from typing import Any

import pytest

from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.problems import BadInput
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from tests.desk import YESTERDAY, Desk

NOBODY = 10**9


@pytest.fixture
def visit(desk: Desk) -> Visit:
    found = desk.open(visits=[Planned(desk.units["commune"], YESTERDAY, "full")]).visits.get()
    refresh(found)
    return found


def test_nothing_is_asked_for_what_stays(visit: Visit, django_assert_num_queries: Any) -> None:
    visit.strengths = "Niêm yết đủ"
    with django_assert_num_queries(0):
        ensure_clean(visit)


@pytest.mark.parametrize("name", ["unit", "inspection", "checklist"])
def test_a_key_that_was_changed_must_name_something(visit: Visit, name: str) -> None:
    setattr(visit, f"{name}_id", NOBODY)
    with pytest.raises(BadInput) as told:
        ensure_clean(visit)
    assert told.value.errors[0]["field"] == name


def test_an_id_that_was_changed_must_be_free(desk: Desk, visit: Visit) -> None:
    visit.uid = desk.open().visits.get().uid
    with pytest.raises(BadInput):
        ensure_clean(visit)


def test_of_a_copy_everything_is_asked(visit: Visit) -> None:
    visit.pk, visit._state.adding = None, True
    with pytest.raises(BadInput) as told:
        ensure_clean(visit)
    assert "uid" in {one["field"] for one in told.value.errors}
