"""The part of the menu that self-checks have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.features.authority import offered_to


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever may see inspections, and for whoever answers for a unit: all of them see figures. Not where it is switched off."""
    if offered_to(request.user, "figures.see", "selfchecks"):
        yield _("Tự kiểm tra"), reverse("selfchecks:list")
