"""Which documents the page of an inspection offers to this reader."""

from __future__ import annotations

from kycuong.core.http import Request
from kycuong.inspections import authority
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import Form, InspectionState
from kycuong.letterheads.rules import Paper
from kycuong.orgs.authority import can


def papers_of(request: Request, found: Inspection, *, guarded: bool) -> list[tuple[str, str]]:
    """(name, kind). Nothing of what is still sealed to the reader; no schedule of what comes unannounced."""
    if guarded or found.state == InspectionState.CANCELLED:
        return []
    papers = [Paper.DECISION]
    if found.form != Form.SURPRISE:
        papers.append(Paper.NOTICE)
    if getattr(found, "report", None) and reads_report(request, found):
        papers.append(Paper.REPORT)
    return [(str(one.label), one.value) for one in papers]


def reads_report(request: Request, found: Inspection) -> bool:
    """The side that leads, and the head of the team wherever from."""
    see, write = (
        can(request.user, "inspection.see", at=found.lead),
        authority.can(request.user, "report.submit", at=found),
    )
    return see or write
