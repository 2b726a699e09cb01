"""The part of the menu that features have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where

from .authority import SWITCH, misses_any


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever switches them, and for whoever misses one: the page says why, and leads to the records that stand in no menu now."""
    if units_where(request.user, SWITCH) or misses_any(request.user):
        yield _("Tính năng"), reverse("features:features")
