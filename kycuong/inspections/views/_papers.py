"""Which documents the page of an inspection offers to this reader."""

from __future__ import annotations

from typing import Any

from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.inspections import authority
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import InspectionLine, chain_of, is_ours
from kycuong.inspections.rules import Form, InspectionState
from kycuong.letterheads.rules import Paper
from kycuong.orgs.authority import can


def papers_shown(request: Request, found: Inspection, *, guarded: bool) -> dict[str, Any]:
    """The report for its readers, and what may be taken away as (name, kind). Nothing of what is still sealed to the reader;
    no schedule of what comes unannounced, neither decision nor schedule of what a unit checks itself."""
    report = getattr(found, "report", None) if _reads_report(request, found) else None
    ours = is_ours(found, request.user)
    papers = [
        *([] if found.form == Form.SELF_CHECK else [Paper.DECISION]),
        *([] if found.form in (Form.SURPRISE, Form.SELF_CHECK) else [Paper.NOTICE]),
        *([Paper.REPORT] if report else []),
    ]
    closed = guarded or not ours or found.state == InspectionState.CANCELLED
    return {"report": report, "papers": [] if closed else [(str(one.label), one.value) for one in papers]}


def _reads_report(request: Request, found: Inspection) -> bool:
    """The side that leads, and the head of the team wherever from."""
    see, write = (
        can(request.user, "inspection.see", at=found.lead),
        authority.can(request.user, "report.submit", at=found),
    )
    return see or write


def followed(request: Request, line: InspectionLine) -> dict[str, Any]:
    """What it is about, and its papers one after the other."""
    return {
        "topics": list(line.inspection.topics.all()),
        "chain": chain_of(request.user, line, today=today()),
        "day": today(),
    }
