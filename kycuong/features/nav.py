"""The part of the menu that features have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where

from .authority import SWITCH


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever switches them; whoever is refused finds the page in the refusal."""
    if units_where(request.user, SWITCH):
        yield _("Tính năng"), reverse("features:features")
