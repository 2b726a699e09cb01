"""Of what a person may take a receipt here: signed reports, and what agencies submitted."""

from __future__ import annotations

from uuid import UUID

from kycuong.audit.receipts import Kept
from kycuong.orgs.authority import Someone
from kycuong.rounds.models import ReportSubmission, SignedReport


def signed_report(person: Someone, uid: UUID) -> Kept | None:
    """A report as it was signed."""
    found = SignedReport.objects.visible_to(person).filter(uid=uid).first()
    return (
        None if found is None else Kept(found, "round.sign", f"Báo cáo đã ký: {found.title}", found.get_absolute_url())
    )


def submission(person: Someone, uid: UUID) -> Kept | None:
    """What an agency submitted."""
    found = ReportSubmission.objects.visible_to(person).filter(uid=uid).select_related("report__round").first()
    if found is None:
        return None
    title = f"{found.report.round.title}: nộp lần {found.number}"
    return Kept(found, "report.submit", title, found.get_absolute_url())
