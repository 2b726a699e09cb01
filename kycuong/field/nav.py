"""The part of the menu that the phone has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.inspections.queries.teams import seated
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever records visits, by a role or by a seat on a team."""
    if units_where(request.user, "visit.record") or seated(request.user):
        yield _("Thực địa"), reverse("field:received")
