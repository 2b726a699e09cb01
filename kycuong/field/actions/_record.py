"""The record of a visit follows its log."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kycuong.core.problems import BadInput
from kycuong.field.models import FieldOp, FieldVisit
from kycuong.field.rules import Status
from kycuong.files.store import Examined
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

Photos = Mapping[UUID, Examined | BadInput]
"""Photos that were looked at before the act began."""


def bring_up(visit: Visit, *, by: Person, photos: Photos | None = None) -> None:
    """Bring the record to what holds in the log."""
    FieldVisit.objects.get_or_create(visit=visit)
    FieldOp.objects.filter(visit=visit, status=Status.WAITING).update(status=Status.APPLIED)
