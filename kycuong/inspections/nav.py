"""The part of the menu that inspections have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """The list for whoever may see inspections or visits; a quick way in for whoever may open and record one."""
    if units_where(request.user, "inspection.see") or units_where(request.user, "visit.see"):
        yield _("Kiểm tra"), reverse("inspections:inspections")
    if units_where(request.user, "inspection.open"):
        yield _("Ghi một lượt"), reverse("inspections:new_visit")
