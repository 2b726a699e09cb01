"""The menu entry of the figures."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For everybody: whoever has no figures to see is told so there."""
    return [(_("Số liệu"), reverse("reports:figures"))]
