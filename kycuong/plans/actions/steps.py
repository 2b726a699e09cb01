"""The way of a plan: submitted, withdrawn, returned, approved, issued, numbered, amended, closed."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan
from kycuong.plans.queries import ceased_names, submitter_of
from kycuong.plans.rules import StepKind

from ._plans import claim, ensure_in_order, move, note_step


@act
def submit_plan(plan: InspectionPlan, *, by: Person, version: int | None = None, note: str = "") -> InspectionPlan:
    """Put the draft before the agency's leader."""
    authorize(by, "plan.submit", at=plan.agency)
    rules.ensure_units_exist(ceased_names(plan, today=today()))
    move(plan, StepKind.SUBMIT, version=version)
    record_many("plan.submit", [plan, note_step(plan, StepKind.SUBMIT, by=by, note=note)], by=by)
    return plan


@act
def withdraw_plan(plan: InspectionPlan, *, by: Person, version: int | None = None, note: str = "") -> InspectionPlan:
    """Take back what was submitted, to change it."""
    authorize(by, "plan.submit", at=plan.agency)
    move(plan, StepKind.WITHDRAW, version=version)
    record_many("plan.withdraw", [plan, note_step(plan, StepKind.WITHDRAW, by=by, note=note)], by=by)
    return plan


@act
def return_plan(plan: InspectionPlan, *, by: Person, note: str, version: int | None = None) -> InspectionPlan:
    """Send the plan back for changes, with the reason."""
    authorize(by, "plan.approve", at=plan.agency)
    rules.ensure_reason(note)
    move(plan, StepKind.RETURN, version=version)
    record_many("plan.return", [plan, note_step(plan, StepKind.RETURN, by=by, note=note)], by=by)
    return plan


@act
def approve_plan(plan: InspectionPlan, *, by: Person, version: int | None = None, note: str = "") -> InspectionPlan:
    """Approve what somebody else submitted."""
    authorize(by, "plan.approve", at=plan.agency)
    rules.ensure_approved_by_another(by.pk, submitter_of(plan, by=by))
    move(plan, StepKind.APPROVE, version=version)
    record_many("plan.approve", [plan, note_step(plan, StepKind.APPROVE, by=by, note=note)], by=by)
    return plan


@act
def issue_plan(
    plan: InspectionPlan, *, by: Person, issued_on: date, number: str = "", version: int | None = None
) -> InspectionPlan:
    """Record that the plan was issued: after approval, or straight from a draft that was signed on paper.

    The records clerk may give the number later.
    """
    authorize(by, "plan.issue", at=plan.agency)
    rules.ensure_issued_by_today(issued_on, today=today())
    rules.ensure_units_exist(ceased_names(plan, today=today()))
    move(plan, StepKind.ISSUE, version=version, issued_on=issued_on)
    plan.number = number.strip()
    ensure_clean(plan)
    plan.save()
    step = note_step(plan, StepKind.ISSUE, by=by, document_number=plan.number, document_on=issued_on)
    record_many("plan.issue", [plan, step], by=by)
    return plan


@act
def number_plan(plan: InspectionPlan, *, by: Person, number: str, version: int | None = None) -> InspectionPlan:
    """Record the number that the office gave the issued plan, or correct it."""
    authorize(by, "plan.number", at=plan.agency)
    claim(plan, version)
    rules.ensure_issued(plan)
    plan.number = number.strip()
    if not plan.number:
        raise BadInput("Hãy ghi số, ký hiệu của kế hoạch.", en="Give the number of the plan.")
    ensure_clean(plan)
    plan.save()
    step = note_step(plan, StepKind.NUMBER, by=by, document_number=plan.number, document_on=plan.issued_on)
    record_many("plan.number", [plan, step], by=by)
    return plan


@act
def amend_plan(
    plan: InspectionPlan,
    *,
    by: Person,
    version: int,
    document_number: str,
    document_on: date,
    note: str = "",
    window_from: date | None = None,
    window_to: date | None = None,
    target_units: int | None = None,
    target_percent: int | None = None,
) -> InspectionPlan:
    """Record a document that amends the issued plan, with the window and target that hold from now on.

    The day of issue and the number stay: for figures the plan was issued when it was issued.
    """
    authorize(by, "plan.amend", at=plan.agency)
    rules.ensure_numbered(document_number)
    rules.ensure_issued_by_today(document_on, today=today())
    move(plan, StepKind.AMEND, version=version)
    rules.ensure_amended_after_issue(document_on, plan.issued_on)
    plan.window_from, plan.window_to = window_from, window_to
    plan.target_units, plan.target_percent = target_units, target_percent
    ensure_in_order(plan)
    ensure_clean(plan)
    plan.save()
    paper = {"document_number": document_number, "document_on": document_on}
    step = note_step(plan, StepKind.AMEND, by=by, note=note, **paper)  # type: ignore[arg-type]
    record_many("plan.amend", [plan, step], by=by)
    return plan


@act
def close_plan(plan: InspectionPlan, *, by: Person, version: int | None = None, note: str = "") -> InspectionPlan:
    """Close the plan: its year is over, or there is a reason."""
    authorize(by, "plan.close", at=plan.agency)
    rules.ensure_closed_early_with_reason(plan.year, note, today=today())
    move(plan, StepKind.CLOSE, version=version)
    record_many("plan.close", [plan, note_step(plan, StepKind.CLOSE, by=by, note=note)], by=by)
    return plan
