"""Checkpoints that a person may list."""

from __future__ import annotations

from django.db.models import QuerySet

from kycuong.audit.models import LogCheckpoint
from kycuong.orgs.authority import Someone

from .authority import may_list


def listed_to(person: Someone) -> QuerySet[LogCheckpoint]:
    """The latest first; nothing for whoever may not list them."""
    return LogCheckpoint.objects.all() if may_list(person) else LogCheckpoint.objects.none()
