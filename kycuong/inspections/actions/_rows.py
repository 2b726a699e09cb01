"""A visit as a row of a sheet or of the demonstration gives it, and the checks that turn it into rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone

from kycuong.catalog.models import Checklist, Criterion, Topic
from kycuong.catalog.rules import Answer, AnswerType, Judged, Severity, exceptions_of_unasked, weigh_all
from kycuong.core.checks import ensure_values
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, Problem
from kycuong.inspections import rules
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, Visit
from kycuong.inspections.queries import criteria_of, lives_of, unanswered
from kycuong.inspections.rules import Form, Headcount, InspectionState, UnitSignature, VisitState
from kycuong.orgs.models import Person, Unit
from kycuong.plans.models import InspectionPlan

from .opening import Seat

END_OF_DAY = time(17, 0)
"""When minutes are taken to have been signed if only their day is known."""

SAME_IN_AN_INSPECTION = (
    "lead",
    "form",
    "topics",
    "plan",
    "decision_number",
    "decision_on",
    "opened_on",
    "title",
    "team",
)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A shortcoming, with its term and the day it was remedied, as far as they are known."""

    criterion_code: str = ""
    description: str = ""
    severity: int | None = None
    due_on: date | None = None
    remedied_on: date | None = None
    remedy_note: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One signed visit. Rows with the same inspection_key form one inspection, or add to the one they are `within`.

    `row` is what a fault calls the row.
    """

    inspection_key: str
    lead: Unit
    unit: Unit
    visited_on: date
    form: str
    topics: tuple[Topic, ...] = ()
    plan: InspectionPlan | None = None
    decision_number: str = ""
    decision_on: date | None = None
    opened_on: date | None = None
    title: str = ""
    minutes_number: str = ""
    team_signatory: str = "Trưởng đoàn"
    unit_signature: str = UnitSignature.SIGNED
    unit_signatory: str = "Đại diện đơn vị"
    refusal_reason: str = ""
    begun_at: time | None = None
    ended_at: time | None = None
    checklist: Checklist | None = None
    checklist_form: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    headcount: Headcount | None = None
    findings: tuple[FindingRow, ...] = ()
    explanation: str = ""
    strengths: str = ""
    team: tuple[Seat, ...] = ()
    annulled: str = ""
    within: Inspection | None = None
    row: str = ""


@dataclass(slots=True)
class Checked:
    """A row in order, and the instances that will be written for it."""

    row: VisitRow
    visit: Visit
    minutes: Minutes
    exceptions: list[AnswerException]
    findings: list[Finding]


class RowChecker:
    """Holds what every row is checked against, read once: lives of units, criteria, what earlier rows said."""

    def __init__(self, rows: Sequence[VisitRow], *, by: Person | None, source: str) -> None:
        self.by, self.source = by, source
        self.today, self.moment = today(), now()
        self.lives = lives_of(unit.pk for row in rows for unit in (row.lead, row.unit))
        self.criteria: dict[tuple[int, str], dict[str, Criterion]] = {}
        self.first: dict[str, tuple[str, VisitRow]] = {}
        self.seen: dict[tuple[str, int, date], str] = {}

    def check(self, place: int, row: VisitRow) -> Checked:
        """The row's instances, or BadInput with every fault of the row."""
        label = row.row or str(place + 1)
        faults: list[dict[str, str]] = []
        for name, check in self._checks(label, row):
            try:
                check()
            except Problem as problem:
                faults += _faults(label, name, problem)
        try:
            checked = self._build(row)
        except Problem as problem:
            faults += _faults(label, "", problem)
        if faults:
            raise BadInput("Dòng chưa đúng.", en="The row is not in order.", errors=faults)
        return checked

    def _checks(self, label: str, row: VisitRow) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("inspection_key", lambda: self._same_inspection(label, row)),
            ("unit", lambda: self._not_twice(label, row)),
            ("visited_on", lambda: rules.ensure_not_in_future(row.visited_on, today=self.today)),
            ("unit", lambda: self._subject(row)),
            ("lead", lambda: self._lived(row.lead, row.visited_on)),
            ("topics", lambda: rules.ensure_combined_has_topics(row.form, row.topics)),
            ("plan", lambda: rules.ensure_plan_is_of_the_lead(row.plan.agency_id if row.plan else None, row.lead.pk)),
            ("minutes", lambda: rules.ensure_signed_by_somebody(**_signature(row))),
            ("headcount", lambda: rules.ensure_headcount(row.headcount or Headcount())),
            ("annulled", lambda: rules.ensure_reason(row.annulled) if row.annulled else None),
        ]

    def _same_inspection(self, label: str, row: VisitRow) -> None:
        where, first = self.first.setdefault(row.inspection_key, (label, row))
        different = [name for name in SAME_IN_AN_INSPECTION if getattr(first, name) != getattr(row, name)]
        if row.form not in Form.values:
            raise BadInput("Không biết hình thức kiểm tra này.", en=f"Unknown form of inspection: {row.form[:40]!r}.")
        if different:
            names = ", ".join(different)
            raise BadInput(
                f"Cùng một cuộc kiểm tra nhưng khác dòng {where} ở: {names}.",
                en=f"The same inspection, but it differs from row {where} in: {names}.",
            )

    def _not_twice(self, label: str, row: VisitRow) -> None:
        earlier = self.seen.setdefault((row.inspection_key, row.unit.pk, row.visited_on), label)
        if earlier != label and not row.annulled:
            raise BadInput(f"Trùng lượt kiểm tra với dòng {earlier}.", en=f"The same visit as in row {earlier}.")

    def _lived(self, unit: Unit, day: date) -> tuple[str, str]:
        life = self.lives[unit.pk]
        known = life.on(day)
        rules.ensure_existed(life.last_name or unit.slug, known is not None, on=day)
        assert known is not None
        return known

    def _subject(self, row: VisitRow) -> None:
        rules.ensure_subject_is_not_the_lead(row.form, lead=row.lead.pk, unit=row.unit.pk)
        rules.ensure_inspectable(*self._lived(row.unit, row.visited_on))

    def _build(self, row: VisitRow) -> Checked:
        form, kind = self._criteria(row), self._lived(row.unit, row.visited_on)[1]
        criteria = {code: one for code, one in form.items() if one.applies_to(kind)}
        people = row.headcount or Headcount()
        judged = weigh_all(criteria, row.answers, headcount=people.outcome)
        rules.ensure_complete(unanswered(criteria, judged.stored))
        for code, criterion in criteria.items():
            if criterion.answer_type == AnswerType.HEADCOUNT and code in judged.short_of_pass:
                judged.findings.setdefault(code, rules.absence_described(people))
        visit = self._visit(row, judged, people)
        findings = self._findings(row, visit, criteria, judged)
        minutes = Minutes(number=row.minutes_number, **_signature(row))
        other = judged.exceptions | exceptions_of_unasked(form, kind, judged.stored)
        exceptions = [
            AnswerException(unit_id=row.unit.pk, criterion_code=code, outcome=outcome, note=note)
            for code, (outcome, note) in other.items()
        ]
        for instance in (visit, minutes, *findings):
            ensure_values(instance)
        return Checked(row, visit, minutes, exceptions, findings)

    def _criteria(self, row: VisitRow) -> dict[str, Criterion]:
        if row.checklist is None:
            return {}
        key = (row.checklist.pk, row.checklist_form)
        if key not in self.criteria:
            self.criteria[key] = criteria_of(row.checklist, row.checklist_form)
        return self.criteria[key]

    def _visit(self, row: VisitRow, judged: Judged, people: Headcount) -> Visit:
        signed = datetime.combine(row.visited_on, row.ended_at or END_OF_DAY, get_current_timezone())
        visit = Visit(
            unit=row.unit,
            visited_on=row.visited_on,
            state=VisitState.SIGNED,
            source=self.source,
            checklist=row.checklist,
            checklist_form=row.checklist_form if row.checklist else "",
            answers=judged.stored,
            strengths=row.strengths,
            unit_explanation=row.explanation,
            unit_name_then=self.lives[row.unit.pk].full_name_on(row.visited_on),
            lead_name_then=self.lives[row.lead.pk].full_name_on(row.visited_on),
            recorded_at=self.moment,
            recorded_by=self.by,
            signed_at=min(signed, self.moment),
            **asdict(people),
        )
        if row.annulled:
            visit.state, visit.annul_reason = VisitState.ANNULLED, row.annulled.strip()
            visit.annulled_at, visit.annulled_by = self.moment, self.by
        return visit

    def _findings(
        self, row: VisitRow, visit: Visit, criteria: Mapping[str, Criterion], judged: Judged
    ) -> list[Finding]:
        given = [*row.findings]
        told = {one.criterion_code for one in given}
        given += [FindingRow(code, text) for code, text in judged.findings.items() if code not in told]
        described = {one.criterion_code for one in given if one.description.strip()}
        rules.ensure_described(code for code in judged.short_of_pass if code not in described)
        return [self._finding(one, visit, criteria) for one in given]

    def _finding(self, given: FindingRow, visit: Visit, criteria: Mapping[str, Criterion]) -> Finding:
        criterion = criteria.get(given.criterion_code)
        rules.ensure_due_after_visit(given.due_on, visited_on=visit.visited_on)
        if given.remedied_on:
            rules.ensure_remedied_in_order(given.remedied_on, visited_on=visit.visited_on, today=self.today)
        return Finding(
            unit=visit.unit,
            criterion_code=given.criterion_code,
            group_code=criterion.group.code if criterion else given.criterion_code[:1],
            description=given.description.strip(),
            severity=given.severity or (criterion.severity if criterion else Severity.MINOR),
            due_on=given.due_on,
            remedied_on=given.remedied_on,
            remedy_note=given.remedy_note,
        )


def inspection_of(group: Sequence[Checked], *, by: Person | None, source: str) -> Inspection:
    """The inspection that a group of rows forms."""
    row = group[0].row
    inspection = Inspection(
        lead=row.lead,
        form=row.form,
        title=row.title,
        plan=row.plan,
        decision_number=row.decision_number,
        decision_on=row.decision_on,
        opened_on=row.opened_on or min(one.row.visited_on for one in group),
        source=source,
        created_by=by,
    )
    states = [one.visit.state for one in group]
    inspection.state = rules.state_of(InspectionState.IN_PROGRESS, states, sealed=False)
    ensure_values(inspection)
    return inspection


def _signature(row: VisitRow) -> dict[str, Any]:
    names = ("team_signatory", "unit_signature", "unit_signatory", "refusal_reason", "begun_at", "ended_at")
    return {name: getattr(row, name) for name in names}


def _faults(label: str, name: str, problem: Problem) -> list[dict[str, str]]:
    if problem.errors:
        return [{"row": label, **error, "field": error.get("field") or name} for error in problem.errors]
    return [{"row": label, "field": name, "vi": problem.vi, "en": problem.en}]
