"""What is done to themes and plans: announce, draft, change, issue, number; and the bulk way in for sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import Kind

from . import rules
from .models import AnnualTheme, InspectionPlan, PlanDuty


@act
def announce_theme(
    *,
    by: Person | None,
    authority: Unit,
    year: int,
    title: str,
    document_number: str = "",
    document_on: date | None = None,
) -> AnnualTheme:
    """Set the theme of a year; announcing it again for the same year corrects it."""
    authorize(by, "theme.announce", at=authority)
    rules.ensure_year_is_near(year, today=today())
    theme = AnnualTheme.objects.filter(authority=authority, year=year).first() or AnnualTheme(
        authority=authority, year=year
    )
    theme.title, theme.document_number, theme.document_on = title.strip(), document_number.strip(), document_on
    ensure_clean(theme)
    theme.save()
    record("theme.announce", theme, by=by)
    return theme


@act
def draft_plan(
    *,
    by: Person,
    agency: Unit,
    year: int,
    title: str = "",
    window_from: date | None = None,
    window_to: date | None = None,
    target_units: int | None = None,
    target_percent: int | None = None,
    uid: UUID | None = None,
) -> InspectionPlan:
    """Write the draft of an agency's plan for a year. Repeating the call with the same uid returns the first draft."""
    authorize(by, "plan.draft", at=agency)
    if uid and (already := InspectionPlan.objects.filter(uid=uid, agency=agency, year=year).first()):
        return already
    plan = InspectionPlan(uid=uid or uuid7(), agency=agency, year=year, title=title.strip(), created_by=by)
    plan.window_from, plan.window_to = window_from, window_to
    plan.target_units, plan.target_percent = target_units, target_percent
    _ensure_in_order(plan)
    _ensure_first_of_the_year(plan)
    ensure_clean(plan)
    plan.save(force_insert=True)
    record("plan.draft", plan, by=by)
    return plan


@act
def change_plan(
    plan: InspectionPlan,
    *,
    by: Person,
    version: int,
    title: str,
    window_from: date | None,
    window_to: date | None,
    target_units: int | None,
    target_percent: int | None,
) -> InspectionPlan:
    """Rewrite a draft that nobody else has rewritten since `version` was read."""
    authorize(by, "plan.draft", at=plan.agency)
    _claim(plan, version)
    rules.ensure_draft(plan)
    plan.title, plan.window_from, plan.window_to = title.strip(), window_from, window_to
    plan.target_units, plan.target_percent = target_units, target_percent
    _ensure_in_order(plan)
    ensure_clean(plan)
    plan.save()
    record("plan.change", plan, by=by)
    return plan


@act
def issue_plan(
    plan: InspectionPlan, *, by: Person, issued_on: date, number: str = "", version: int | None = None
) -> InspectionPlan:
    """Record that the plan was issued. The records clerk may give the number later."""
    authorize(by, "plan.issue", at=plan.agency)
    _claim(plan, version)
    rules.ensure_draft(plan)
    rules.ensure_issued_by_today(issued_on, today=today())
    plan.issued_on, plan.number = issued_on, number.strip()
    ensure_clean(plan)
    plan.save()
    record("plan.issue", plan, by=by)
    return plan


@act
def number_plan(plan: InspectionPlan, *, by: Person, number: str, version: int | None = None) -> InspectionPlan:
    """Record the number that the office gave the issued plan, or correct it."""
    authorize(by, "plan.number", at=plan.agency)
    _claim(plan, version)
    rules.ensure_issued(plan)
    plan.number = number.strip()
    if not plan.number:
        raise BadInput("Hãy ghi số, ký hiệu của kế hoạch.", en="Give the number of the plan.")
    ensure_clean(plan)
    plan.save()
    record("plan.number", plan, by=by)
    return plan


@act
def install_plan_duties(*, by: Person | None) -> list[PlanDuty]:
    """Put in place who must issue a plan; what is there already stays as it is."""
    authorize(by, "plan.set_duties", at=Unit.objects.filter(versions__kind=Kind.PROVINCE).first())
    known = set(PlanDuty.objects.values_list("kind", flat=True))
    new = [
        PlanDuty.objects.create(kind=kind, valid_from=begins, valid_to=ends)
        for kind, begins, ends in rules.DUTIES
        if kind not in known
    ]
    record_many("plan.set_duties", new, by=by)
    return new


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan as a sheet or the demonstration gives it."""

    agency: Unit
    year: int
    number: str = ""
    issued_on: date | None = None
    title: str = ""
    window_from: date | None = None
    window_to: date | None = None
    target_units: int | None = None
    target_percent: int | None = None


@act
def record_issued_plans(rows: Sequence[PlanRow], *, by: Person | None, source: str) -> list[InspectionPlan]:
    """Write many plans at once, all or none; every fault is told, by row."""
    for agency in {row.agency.pk: row.agency for row in rows}.values():
        authorize(by, "plan.issue", at=agency)
    plans, faults = [], []
    for place, row in enumerate(rows, start=1):
        try:
            plans.append(_plan_of(row, by, source))
        except Problem as problem:
            faults.append({"row": str(place), "vi": problem.vi, "en": problem.en})
    if faults:
        raise BadInput("Có dòng chưa đúng, chưa ghi gì.", en="Some rows are wrong; nothing was written.", errors=faults)
    InspectionPlan.objects.bulk_create(plans)
    record_many("plan.issue", plans, by=by, source=source)
    return plans


def _plan_of(row: PlanRow, by: Person | None, source: str) -> InspectionPlan:
    values: dict[str, Any] = {name: getattr(row, name) for name in PlanRow.__slots__}
    plan = InspectionPlan(**values, source=source, created_by=by)
    _ensure_in_order(plan)
    if row.issued_on:
        rules.ensure_issued_by_today(row.issued_on, today=today())
    return plan


def _ensure_in_order(plan: InspectionPlan) -> None:
    rules.ensure_year_is_near(plan.year, today=today())
    rules.ensure_window(plan.year, plan.window_from, plan.window_to)
    rules.ensure_one_target(plan.target_units, plan.target_percent)


def _ensure_first_of_the_year(plan: InspectionPlan) -> None:
    if InspectionPlan.objects.filter(agency=plan.agency, year=plan.year).exists():
        raise RuleBroken(
            f"{plan.agency} đã có kế hoạch năm {plan.year}. Hãy mở kế hoạch đó để sửa.",
            en=f"{plan.agency} already has a plan for {plan.year}. Open that one and change it.",
        )


def _claim(plan: InspectionPlan, version: int | None) -> None:
    """Take the next version for this act; whoever comes second is told so."""
    read = plan.version if version is None else version
    if not InspectionPlan.objects.filter(pk=plan.pk, version=read).update(version=F("version") + 1):
        raise Stale(
            "Kế hoạch vừa được người khác sửa. Hãy xem bản mới rồi thực hiện lại.",
            en="Somebody else has just changed this plan. Look at the new text, then try again.",
        )
    plan.refresh_from_db()
