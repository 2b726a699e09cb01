"""The part of the menu that checkpoints have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request

from .authority import may_list


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever checks others' records and whoever runs the system; everybody else comes by the address on a paper."""
    if may_list(request.user):
        yield _("Mốc kiểm chứng"), reverse("checkpoints:list")
