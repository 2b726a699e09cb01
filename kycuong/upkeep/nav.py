"""The part of the menu that looking after the installation has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request

from .authority import may_look
from .queries.beginning import is_begun


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever runs the system."""
    if may_look(request.user):
        if not is_begun():
            yield _("Bắt đầu"), reverse("upkeep:start")
        yield _("Tình trạng hệ thống"), reverse("upkeep:installation")
