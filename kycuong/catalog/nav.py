"""The catalogue's part of the menu."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """Everybody may read what is checked."""
    yield _("Tiêu chí"), reverse("catalog:checklists")
