"""What an agency does, and what its superior answers: words, submission, acceptance, return."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.db.models import F

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, Stale
from kycuong.deadlines.queries import working_days_between
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.reports.rules.summary import Summary
from kycuong.rounds import rules
from kycuong.rounds.models import AgencyReport, ReportReview, ReportSubmission
from kycuong.rounds.queries import Ahead, ahead_of_submission, code_version, submission_mark, submitter_of
from kycuong.rounds.rules import OWED, ReportState, RoundState

from ._telling import ANSWER, OPEN, tell_agency, tell_authority

NONCE_SIZE = 32


@act
def write_report(
    report: AgencyReport, *, by: Person | None, difficulties: str, proposals: str, version: int | None = None
) -> AgencyReport:
    """The agency's own words, kept until it submits; figures are never typed."""
    authorize(by, ANSWER, at=report.agency)
    _move(report, version, *OWED, difficulties=difficulties.strip(), proposals=proposals.strip())
    ensure_clean(report)
    record("report.write", report, by=by)
    return report


@act
def submit_agency_report(
    report: AgencyReport,
    *,
    by: Person | None,
    version: int | None = None,
    seen: str | None = None,
    ahead: Ahead | None = None,
) -> ReportSubmission:
    """Hand it in: what the figures say now is kept as it is, numbered.

    `seen` is the mark of the figures that the person was shown; `version` binds its words. `ahead`: as at a signature.
    """
    authorize(by, ANSWER, at=report.agency)
    ensure_marked(seen)
    found = report.round
    refresh(found)
    rules.ensure_over((found.last - today()).days + 1, f"{found.last:%d/%m/%Y}")
    late, first = _days_late(report), report.first_submitted_on is None
    outcome = {"first_submitted_on": today(), "days_late": late} if first else {}
    _move(report, version, *OWED, state=ReportState.SUBMITTED, **outcome)
    ensure_clean(report)
    counted = ahead if ahead and ahead.holds() else ahead_of_submission(report)
    ensure_seen(seen, lambda: submission_mark(report, counted.compiled, by))
    submission = _submission(report, counted.compiled, days_late=late if first else 0, by=by)
    ensure_clean(submission)
    submission.save(force_insert=True)
    record_many("report.submit", [report, submission], by=by)
    words = "nộp" if submission.number == 1 else f"nộp lại lần {submission.number}"
    tell_authority(report, f"submitted.{submission.number}", f"Đã {words} báo cáo: {report.agency}")
    return submission


@act
def accept_report(report: AgencyReport, *, by: Person | None, version: int | None = None) -> ReportReview:
    """Take what was submitted as good."""
    authorize(by, OPEN, at=report.round.authority)
    submission = _last(report)
    submitter = submitter_of(submission, by=by, at=report.round.authority)
    rules.ensure_accepted_by_another(by.pk if by else None, submitter)
    _move(report, version, ReportState.SUBMITTED, state=ReportState.ACCEPTED)
    return _reviewed(report, ReportReview(submission=submission, accepted=True, decided_by=by), by)


@act
def return_report(report: AgencyReport, *, by: Person | None, reason: str, version: int | None = None) -> ReportReview:
    """Give it back with the reason; the agency then submits anew."""
    authorize(by, OPEN, at=report.round.authority)
    rules.ensure_reason(reason)
    given = (ReportState.SUBMITTED, ReportState.ACCEPTED)
    _move(report, version, *given, state=ReportState.RETURNED)
    review = ReportReview(submission=_last(report), accepted=False, reason=reason.strip(), decided_by=by)
    return _reviewed(report, review, by)


def _submission(report: AgencyReport, compiled: Summary, *, days_late: int, by: Person | None) -> ReportSubmission:
    whole = rules.with_words(compiled, report.difficulties, report.proposals)
    content = rules.submitted_text(whole, secrets.token_hex(NONCE_SIZE))
    return ReportSubmission(
        report=report,
        number=report.submissions.count() + 1,
        content=content,
        sha256=rules.digest_of(content),
        code_version=code_version(),
        days_late=days_late,
        submitted_on=today(),
        submitted_at=now(),
        submitted_by=by,
    )


def ensure_marked(seen: str | None) -> None:
    """Whoever submits or signs says what was read. None: nobody was shown a page, as at the machine."""
    if seen == "":
        raise BadInput(
            "Thiếu dấu «seen» của nội dung đã đọc. Hãy mở trang (hoặc GET cùng địa chỉ), đọc nội dung sẽ khóa rồi gửi lại kèm dấu ấy.",
            en="The mark “seen” of what was read is missing. GET the same address, read what will be frozen, then send it with that mark.",
            errors=[{"field": "seen", "vi": "Hãy gửi dấu của nội dung đã đọc.", "en": "missing"}],
        )


def ensure_seen(seen: str | None, now_: Callable[[], str]) -> None:
    """What is frozen is what was read: figures that moved meanwhile are read again first."""
    if seen is not None and seen != now_():
        raise Stale(
            "Nội dung vừa thay đổi sau khi bạn mở trang này (lượt mới ký hoặc hủy, kiến nghị mới, cơ quan vừa nộp). Hãy đọc lại rồi làm tiếp.",
            en="What will be frozen has changed since you opened this page. Read it again, then go on.",
        )


def _reviewed(report: AgencyReport, review: ReportReview, by: Person | None) -> ReportReview:
    ensure_clean(report)
    ensure_clean(review)
    review.save(force_insert=True)
    done = "accept" if review.accepted else "return"
    record_many(f"report.{done}", [report, review], by=by)
    what = "Đã nhận báo cáo" if review.accepted else "Báo cáo bị trả lại"
    tell_agency(report, f"{done}.{review.pk}", f"{what}: {report.round.title}", text=review.reason)
    return review


def _last(report: AgencyReport) -> ReportSubmission | None:
    return report.submissions.order_by("-number").first()


def _days_late(report: AgencyReport) -> int:
    """Working days after the term, at least one once it is over."""
    due = report.round.due_on
    if due is None or today() <= due:
        return 0
    return max(1, working_days_between(due, today()))


def _move(report: AgencyReport, version: int | None, *states: ReportState, **to: Any) -> None:
    """Take the next version of a report that stands in one of the states, in one statement: of two, one wins."""
    if version is None:
        refresh(report)
    read = report.version if version is None else version
    there = AgencyReport.objects.filter(pk=report.pk, version=read, state__in=states, round__state=RoundState.OPEN)
    taken = there.update(version=F("version") + 1, **to)
    refresh(report)
    refresh(report.round)
    if not taken:
        rules.ensure_round(report.round.state, RoundState.OPEN)
        rules.ensure_report(report.state, *states)
        raise Stale(
            "Báo cáo này vừa được người khác ghi. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi làm lại.",
            en="Somebody else has just written to this report. What you typed is kept: look at it, then try again.",
        )
