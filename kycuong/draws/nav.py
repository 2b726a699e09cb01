"""The part of the menu that draws have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.features.authority import offered_to


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever may see plans: draws are announced to the same people. Not where they are switched off."""
    if offered_to(request.user, "plan.see", "draws"):
        yield _("Bốc thăm"), reverse("draws:draws")
