"""Findings of a draft that no answer brought along, and that no answer rewrites or takes away."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.inspections.models import Visit


def findings_apart(visit: Visit) -> set[UUID]:
    """Their uids, as told by those who hold them."""
    return {uid for path in settings.FINDINGS_APART for uid in import_string(path)(visit)}
