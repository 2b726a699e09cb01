"""A round from its draft to its opening, or its end without a report: what is asked, of whom, until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.deadlines.queries import term_of
from kycuong.features.authority import ensure_offered, off_at
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.reports.rules.periods import Period
from kycuong.rounds import rules
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.queries import strangers_to
from kycuong.rounds.rules import RoundState

from ._moving import move_round
from ._telling import OPEN, tell_agency

FEATURE = "rounds"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a round says."""

    title: str
    period: Period
    days: int
    agencies: Collection[Unit] = field(default=())


@act
def draft_round(*, by: Person | None, authority: Unit, wish: Wish) -> ReportingRound:
    """Write a round down; nobody is told of it yet."""
    authorize(by, OPEN, at=authority)
    ensure_offered(FEATURE, at=authority)
    found = ReportingRound(authority=authority, created_by=by)
    _say(found, wish)
    found.save(force_insert=True)
    record_many("round.draft", [found, *_ask(found, wish)], by=by)
    return found


@act
def change_round(found: ReportingRound, *, by: Person | None, wish: Wish, version: int | None = None) -> ReportingRound:
    """Rewrite a round that was not opened."""
    authorize(by, OPEN, at=found.authority)
    move_round(found, version, RoundState.DRAFT)
    _say(found, wish)
    found.save()
    gone = list(found.reports.exclude(agency__in=wish.agencies))
    record_many("round.draft", gone, by=by, op="delete")
    AgencyReport.objects.filter(pk__in=[one.pk for one in gone]).delete()
    record_many("round.draft", [found, *_ask(found, wish)], by=by)
    return found


@act
def remove_round(found: ReportingRound, *, by: Person | None) -> None:
    """Take a draft away; what was opened is cancelled instead."""
    authorize(by, OPEN, at=found.authority)
    refresh(found)
    rules.ensure_round(found.state, RoundState.DRAFT)
    rows = [*found.reports.all(), found]
    record_many("round.remove", rows, by=by, op="delete")
    for row in rows:
        row.delete()


@act
def open_round(found: ReportingRound, *, by: Person | None, version: int | None = None) -> ReportingRound:
    """Ask: the term is computed from the cut-off (or from today, when that is later), and agencies' people are told."""
    authorize(by, OPEN, at=found.authority)
    ensure_offered(FEATURE, at=found.authority)
    term = term_of(_start(found, today()), found.days)
    opened = {"opened_on": today(), "due_on": term.due_on, "due_words": term.words[:600], "opened_by": by}
    move_round(found, version, RoundState.DRAFT, state=RoundState.OPEN, **opened)
    ensure_clean(found)
    reports = list(found.reports.select_related("agency", "round"))
    rules.ensure_reporting(_without({one.agency_id for one in reports}))
    rules.ensure_round_sound(title=found.title, days=found.days, agencies=len(reports))
    record("round.open", found, by=by)
    subject = f"Báo cáo, nộp đến hết {term.due_on:%d/%m/%Y}: {found.title}"
    for report in reports:
        tell_agency(report, "asked", subject, text=f"Hạn nộp: {term.words}.")
    return found


@act
def cancel_round(
    found: ReportingRound, *, by: Person | None, reason: str, version: int | None = None
) -> ReportingRound:
    """End it without a report: nothing more is written or asked for; what was submitted stays."""
    authorize(by, OPEN, at=found.authority)
    rules.ensure_reason(reason)
    ended = {"cancelled_at": now(), "cancelled_by": by, "reason": reason.strip()}
    move_round(found, version, RoundState.OPEN, state=RoundState.CANCELLED, **ended)
    ensure_clean(found)
    record("round.cancel", found, by=by)
    for report in found.reports.select_related("agency", "round"):
        tell_agency(report, "cancelled", f"Đợt báo cáo đã hủy: {found.title}", text=reason.strip())
    return found


def _start(found: ReportingRound, day: date) -> date:
    """From when the term runs: nobody can report before the period is over, or before being asked."""
    return max(found.last, day)


def _say(found: ReportingRound, wish: Wish) -> None:
    rules.ensure_round_sound(title=wish.title, days=wish.days, agencies=len(wish.agencies))
    rules.ensure_under_authority(strangers_to(found.authority, wish.agencies, on=min(wish.period.last, today())))
    rules.ensure_reporting(_without({unit.pk for unit in wish.agencies}))
    found.title, found.days = wish.title.strip(), wish.days
    found.first, found.last, found.period_name = wish.period.first, wish.period.last, wish.period.name
    ensure_clean(found)


def _without(agencies: Collection[int]) -> list[str]:
    """Names of the agencies at which periodic reports are switched off."""
    return sorted(full_names(off_at(FEATURE, agencies), today()).values())


def _ask(found: ReportingRound, wish: Wish) -> list[AgencyReport]:
    """Rows of the agencies that are not asked yet."""
    asked = set(found.reports.values_list("agency_id", flat=True))
    new = sorted({unit.pk for unit in wish.agencies} - asked)
    return list(AgencyReport.objects.bulk_create(AgencyReport(round=found, agency_id=pk) for pk in new))
