"""The part of the menu that periodic reports have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever sees figures: of the authority that asks, or of an agency that is asked."""
    if units_where(request.user, "figures.see"):
        yield _("Báo cáo định kỳ"), reverse("rounds:list")
