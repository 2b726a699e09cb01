"""The part of the menu that the calendar of days off has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever keeps it. Everybody else comes to it from «Lịch»."""
    if units_where(request.user, "daysoff.keep"):
        yield _("Ngày nghỉ"), reverse("deadlines:days_off")
