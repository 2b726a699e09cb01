"""Two rounds of quarterly reports: one signed and numbered, one that still collects, with reports of every state and some late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.audit.log import record
from kycuong.deadlines.queries import term_of
from kycuong.orgs.models import Person
from kycuong.reports.rules.periods import Period, named_period
from kycuong.rounds import actions
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.rules import usual_title

from .structure import Units

PROVINCE, FIRST, SECOND = "tinh-lang-son", "xa-dong-dang", "xa-cao-loc"
SILENT = ("so-noi-vu", "so-y-te", "xa-na-sam")
"""Agencies at which nobody of the demonstration reports."""
DAYS = 5
WHY = "Chưa nêu khó khăn, vướng mắc và đề xuất của đơn vị."
DIFFICULTIES = "Nhân sự làm công tác kiểm tra còn kiêm nhiệm."
PROPOSALS = "Đề nghị Sở Nội vụ tổ chức tập huấn sử dụng phiếu kiểm tra mới."


def load_reports_of_agencies(units: Units, people: Mapping[str, Person], day: date) -> None:
    """The two quarters that are over."""
    before, last = quarters_before(day)
    _signed(_opened(units, people, before), people, day)
    _collecting(_opened(units, people, last), people)


def quarters_before(day: date) -> tuple[Period, Period]:
    """The last two that are over on the day."""
    count = day.year * 4 + (day.month - 1) // 3
    before, last = (named_period("", at // 4, f"Q{at % 4 + 1}") for at in (count - 2, count - 1))
    return before, last


def _opened(units: Units, people: Mapping[str, Person], period: Period) -> ReportingRound:
    agencies = [units[key] for key in (FIRST, SECOND, *SILENT)]
    wish = actions.Wish(usual_title(period), period, DAYS, agencies)
    found = actions.draft_round(by=people["tonghop"], authority=units[PROVINCE], wish=wish)
    return actions.open_round(found, by=people["tonghop"])


def _of(found: ReportingRound, slug: str) -> AgencyReport:
    return found.reports.select_related("round__authority", "agency").get(agency__slug=slug)


def _signed(found: ReportingRound, people: Mapping[str, Person], day: date) -> None:
    """One report taken at once, one after it was returned; the others never came."""
    for slug, who in ((FIRST, "daumoi"), (SECOND, "thutruong")):
        report, by = _of(found, slug), people[who]
        actions.submit_agency_report(report, by=by)
        if slug == SECOND:
            actions.return_report(report, by=people["tonghop"], reason=WHY)
            actions.write_report(report, by=by, difficulties=DIFFICULTIES, proposals=PROPOSALS)
            actions.submit_agency_report(report, by=by)
        actions.accept_report(report, by=people["tonghop"])
    signed = actions.sign_round(found, by=people["lanhdao"], difficulties=DIFFICULTIES, proposals=PROPOSALS)
    actions.number_signed_report(signed, by=people["tonghop"], number="112/BC-UBND", dated_on=day)


def _collecting(found: ReportingRound, people: Mapping[str, Person]) -> None:
    """One report waits for an answer, one was returned, the others are late as soon as the term is over."""
    actions.submit_agency_report(_of(found, FIRST), by=people["daumoi"])
    returned = _of(found, SECOND)
    actions.submit_agency_report(returned, by=people["thutruong"])
    actions.return_report(returned, by=people["tonghop"], reason=WHY)
    term = term_of(found.last, DAYS)  # as if it had been asked on the day of the cut-off
    found.refresh_from_db()
    found.opened_on, found.due_on, found.due_words = found.last, term.due_on, term.words[:600]
    found.save(update_fields=["opened_on", "due_on", "due_words"])
    record("round.move_term", found, by=None)
