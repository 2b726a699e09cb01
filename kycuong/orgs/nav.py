"""The part of the menu that units have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For everybody: the organisation is public knowledge inside the system."""
    yield _("Đơn vị"), reverse("orgs:units")
