"""The part of the menu that periodic reports have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.features.authority import offered_to


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever sees figures: of the authority that asks, or of an agency that is asked. Not where it is switched off."""
    if offered_to(request.user, "figures.see", "rounds"):
        yield _("Báo cáo định kỳ"), reverse("rounds:list")
