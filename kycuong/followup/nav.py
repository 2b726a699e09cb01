"""The part of the menu that follow-up has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever may see inspections or visits."""
    if units_where(request.user, "inspection.see") or units_where(request.user, "visit.see"):
        yield _("Kiến nghị"), reverse("followup:recommendations")
