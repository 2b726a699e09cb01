"""Writing sealed plans: in one conditional statement, so that of two who hold the same version one wins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import F

from kycuong.core.problems import Stale
from kycuong.inspections.models import Inspection, Sealing, Visit
from kycuong.inspections.queries.sealing import closed, plan_of, sealing_of
from kycuong.inspections.rules import ensure_open
from kycuong.inspections.rules.sealing import SealedPlan, ensure_still_sealed


def held(inspection: Inspection) -> Sealing:
    """The sealing of an inspection that takes changes: there, not opened, not cancelled."""
    inspection.refresh_from_db()
    ensure_open(inspection)
    sealing = sealing_of(inspection)
    ensure_still_sealed(None if sealing else inspection.created_at)
    assert sealing is not None
    ensure_still_sealed(sealing.unsealed_at)
    return sealing


def close(sealing: Sealing, plan: SealedPlan, *, version: int | None = None, **values: Any) -> None:
    """Write the plan, sealed anew."""
    rows = Sealing.objects.filter(
        pk=sealing.pk, version=sealing.version if version is None else version, unsealed_at=None
    )
    if not rows.update(sealed_plan=closed(plan, sealing.inspection), version=F("version") + 1, **values):
        raise Stale(
            "Phần niêm phong vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy mở lại phần niêm phong rồi làm lại.",
            en="Somebody else has just changed the sealed part. What you typed is kept: open it again, then retry.",
        )
    sealing.refresh_from_db()


def put_back(visit: Visit) -> Sealing | None:
    """The target of a begun visit that is taken away waits again. Returns what was written."""
    sealing = sealing_of(visit.inspection)
    if sealing is None or sealing.unsealed_at is not None:
        return None
    close(sealing, plan_of(sealing).put_back(str(visit.uid)))
    return sealing


def with_target(plan: SealedPlan, *more: Any) -> SealedPlan:
    """The plan with further targets at its end."""
    return replace(plan, targets=(*plan.targets, *more))
