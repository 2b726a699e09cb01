"""The part of the menu that draws have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever may see plans: draws are announced to the same people."""
    if units_where(request.user, "plan.see"):
        yield _("Bốc thăm"), reverse("draws:draws")
