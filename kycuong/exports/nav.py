"""The part of the menu that files of lists have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """Everybody's own."""
    yield _("Tệp danh sách của tôi"), reverse("exports:exports")
