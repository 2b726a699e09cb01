"""The part of the menu that papers have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For everybody: whoever writes documents may check one."""
    yield _("Thể thức"), reverse("letterheads:papers")
