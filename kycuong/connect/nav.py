"""The part of the menu that other programs have."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where

from .queries.webhooks import VERB


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """Where the installation sends anything at all."""
    if settings.WEBHOOK_HOSTS and units_where(request.user, VERB):
        yield _("Báo cho phần mềm khác"), reverse("connect:webhooks")
