"""What waits for the people of a unit: self-checks that are not submitted yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.selfchecks.models import SelfCheck
from kycuong.ui.todo import Todo

MOST = 50
"""Whoever has more has a list to open instead."""


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """Of the units at which the person holds the role itself, what is due first at the top."""
    own = SelfCheck.objects.of_units_of(person).filter(unit__in=units_where(person, "selfcheck.answer")).open()
    rows = list(own.select_related("campaign").order_by("campaign__due_on", "pk")[:MOST])
    names = full_names([one.unit_id for one in rows], today)
    for one in rows:
        about = f"{names[one.unit_id]}: {one.campaign.title}"
        yield Todo(_("Tự kiểm tra và nộp"), about, one.get_absolute_url(), one.campaign.due_on)
