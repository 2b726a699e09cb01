"""The part of the menu that gathering has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever puts the tables of agencies together."""
    if units_where(request.user, "declared.gather"):
        yield _("Hợp nhất biểu mẫu"), reverse("gathering:list")
