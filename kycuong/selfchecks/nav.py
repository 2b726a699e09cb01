"""The part of the menu that self-checks have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever may see inspections, and for whoever answers for a unit: all of them see figures."""
    if units_where(request.user, "figures.see"):
        yield _("Tự kiểm tra"), reverse("selfchecks:list")
