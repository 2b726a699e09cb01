"""What the unit does: it takes note, reports what it remedied with its proof, asks for more time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.deadlines.queries import term_of
from kycuong.files.actions import keep_attachment
from kycuong.files.store import Examined
from kycuong.followup import rules
from kycuong.followup.models import Extension, FollowupRule, Recommendation, RemedyFile, RemedyReport
from kycuong.followup.queries.remedies import bytes_of
from kycuong.followup.rules import OPEN, Extent, RecommendationState
from kycuong.inspections.rules import ensure_room
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import alive, move
from ._telling import name_of, tell_lead

REPORT = "remedy.report"
LONGEST_EXTENSION = 180
"""Calendar days beyond the present term."""


@act
def acknowledge(recommendation: Recommendation, *, by: Person) -> Recommendation:
    """The unit has taken note of what it is asked to do."""
    authorize(by, REPORT, at=recommendation.unit)
    alive(recommendation, [RecommendationState.ISSUED])
    noted: dict[str, Any] = {"acknowledged_at": now(), "acknowledged_by": by}
    return move(recommendation, RecommendationState.ACKNOWLEDGED, "recommendation.acknowledge", by=by, **noted)


@act
def report_remedy(
    recommendation: Recommendation, *, by: Person, text: str, extent: str = Extent.FULL, number: str = ""
) -> RemedyReport:
    """The unit reports what it did. From here until somebody decides, nothing counts as overdue."""
    authorize(by, REPORT, at=recommendation.unit)
    alive(recommendation, OPEN)
    rules.ensure_no_open_report(recommendation.reports.waiting().exists())
    rules.ensure_remedy_told(text)
    check = term_of(today(), FollowupRule.on(recommendation.issued_on or today()).check_days)
    report = RemedyReport(recommendation=recommendation, extent=extent, text=text.strip(), number=number.strip())
    report.submitted_on, report.submitted_by = today(), by
    report.check_until, report.check_words = check.due_on, check.words[:600]
    ensure_clean(report)
    report.save(force_insert=True)
    noted: dict[str, Any] = {} if recommendation.acknowledged_at else {"acknowledged_at": now(), "acknowledged_by": by}
    move(recommendation, RecommendationState.CLAIMED, "remedy.report", by=by, beside=[report], **noted)
    tell_lead(
        recommendation,
        "remedy.confirm",
        f"reported.{report.uid}",
        f"Báo cáo khắc phục chờ kiểm chứng: {name_of(recommendation)}",
    )
    return report


@act
def add_remedy_file(
    report: RemedyReport, *, by: Person, examined: Examined, criterion_code: str = "", caption: str = ""
) -> RemedyFile:
    """Add a photo or document to a report on which nobody has decided yet."""
    authorize(by, REPORT, at=report.recommendation.unit)
    refresh(report)
    rules.ensure_undecided(not report.is_waiting)
    alive(report.recommendation, [RecommendationState.CLAIMED])
    may = partial(authorize, by, REPORT, at=report.recommendation.unit)
    used, there = bytes_of(report), report.files.count()
    ensure_room(files=there, used=used, more=len(examined.data), most=settings.VISIT_FILES_BYTES)
    attachment = keep_attachment(examined, by=by, authorize=may)
    codes = set(report.recommendation.findings.values_list("criterion_code", flat=True))
    file = RemedyFile(report=report, attachment=attachment, caption=caption.strip(), added_by=by)
    file.criterion_code = criterion_code if criterion_code in codes else ""
    ensure_clean(file)
    file.save(force_insert=True)
    record("remedy.add_file", file, by=by, sha256=attachment.sha256)
    return file


@act
def ask_extension(recommendation: Recommendation, *, by: Person, until: date, reason: str) -> Extension:
    """Ask for more time before the term is over. Until the answer comes nothing counts as overdue."""
    authorize(by, REPORT, at=recommendation.unit)
    alive(recommendation, [RecommendationState.ISSUED, RecommendationState.ACKNOWLEDGED])
    assert recommendation.due_on is not None, "issued with a term, says the database"
    waiting = recommendation.extensions.waiting().exists()
    rules.ensure_can_be_extended(due_on=recommendation.due_on, today=today(), waiting=waiting)
    last = recommendation.due_on + timedelta(days=LONGEST_EXTENSION)
    rules.ensure_asked_in_order(until, due_on=recommendation.due_on, last=last)
    rules.ensure_reason(reason)
    extension = Extension(recommendation=recommendation, until=until, reason=reason.strip(), asked_by=by)
    extension.asked_on = today()
    ensure_clean(extension)
    extension.save(force_insert=True)
    record("extension.ask", extension, by=by)
    tell_lead(
        recommendation,
        "extension.decide",
        f"asked.{extension.uid}",
        f"Đề nghị gia hạn chờ trả lời: {name_of(recommendation)}",
    )
    return extension
