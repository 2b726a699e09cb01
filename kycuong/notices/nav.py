"""The part of the menu that notices have: the inbox itself stands beside the person's name, and leads to announcements, too."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever writes announcements, and for whoever looks after what runs by itself."""
    if units_where(request.user, "announcement.write"):
        yield _("Thông báo chung"), reverse("notices:announcements")
    if units_where(request.user, "tick.see"):
        yield _("Việc chạy nền"), reverse("notices:ticks")
