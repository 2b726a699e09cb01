"""People who sign in; and the settings of an office with real data."""

from __future__ import annotations

from typing import Any

import pytest

from kycuong.orgs.models import Person
from tests.desk import Desk

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def binh(db: None) -> Person:
    """No role: nothing of hers needs a second factor."""
    return Person.objects.create_user("binh", PASSWORD, full_name="Nông Thị Bình")


@pytest.fixture
def head(desk: Desk) -> Person:
    """Heads teams, signs minutes: must prove twice."""
    person = desk.people["team_head"]
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def strict(settings: Any) -> None:
    """As in an office, not as in the demonstration."""
    settings.SECOND_FACTOR = "required"
    settings.CONFIRM = True
