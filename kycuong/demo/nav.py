"""The menu entry of the tour, where the demonstration is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request

from .accounts import is_loaded


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """The first thing a visitor should open."""
    if is_loaded():
        yield _("Hành trình 2019"), reverse("demo:tour")
