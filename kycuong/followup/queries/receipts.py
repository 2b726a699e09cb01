"""Of what a person may take a receipt here: what units report of their remedies."""

from __future__ import annotations

from uuid import UUID

from kycuong.audit.receipts import Kept
from kycuong.followup.models import RemedyReport
from kycuong.inspections.queries import name_at
from kycuong.orgs.authority import Someone


def remedy(person: Someone, uid: UUID) -> Kept | None:
    """A report of a remedy."""
    known = RemedyReport.objects.visible_to(person).filter(uid=uid)
    found = known.select_related("recommendation__visit", "recommendation__unit").first()
    if found is None:
        return None
    asked = found.recommendation
    title = f"Báo cáo khắc phục ngày {found.submitted_on:%d/%m/%Y}, {name_at(asked.visit)}"
    return Kept(found, "remedy.report", title, asked.get_absolute_url())
