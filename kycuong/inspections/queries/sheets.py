"""What a checklist's form asks, and a visit's answers as people read them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kycuong.catalog.models import Checklist, Criterion, CriterionGroup
from kycuong.catalog.rules import Answer, AnswerType, Outcome, exceptions_of_unasked, is_asked
from kycuong.core.remembering import settled
from kycuong.inspections.models import Finding, Visit, VisitAddition

from .units import lives_of


def criteria_of(checklist: Checklist | None, form: str) -> dict[str, Criterion]:
    """What a form of a checklist holds, by code, in order."""
    if checklist is None or not form:
        return {}

    def ask() -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in checklist.criteria.in_form(form).select_related("group")}

    return settled(("criteria", checklist.pk, form), ask) if checklist.published_on else ask()


def form_of(visit: Visit) -> dict[str, Criterion]:
    """What the visit's form holds: the checklist's criteria, then what the lead authority asks in addition."""
    standard = criteria_of(visit.checklist, visit.checklist_form)
    addition = VisitAddition.objects.filter(visit_id=visit.pk).select_related("checklist").first() if standard else None
    local = criteria_of(addition.checklist, visit.checklist_form) if addition else {}
    return standard | {code: criterion for code, criterion in local.items() if code not in standard}


def criteria_at(visit: Visit) -> dict[str, Criterion]:
    """What can be asked at this visit: of its form, what applies to the kind that the unit was on the day."""
    return asked_of(form_of(visit), visit)


def asked_of(form: Mapping[str, Criterion], visit: Visit) -> dict[str, Criterion]:
    """Of a form that was looked up, what applies to the kind that the unit was on the day."""
    kind = kind_at(visit, form)
    return {code: criterion for code, criterion in form.items() if criterion.applies_to(kind)}


def kind_at(visit: Visit, form: Mapping[str, Criterion]) -> str:
    """The kind of the unit on the day; not looked up when no criterion turns on it."""
    if not any(criterion.for_kinds for criterion in form.values()):
        return ""
    known = lives_of([visit.unit_id])[visit.unit_id].on(visit.visited_on)
    return known[1] if known else ""


def exceptions_at(visit: Visit, form: Mapping[str, Criterion]) -> dict[str, tuple[Outcome, str]]:
    """All that is not a plain pass: answers that came to something else, and what this visit did not ask."""
    said = {code: (Outcome(answer["outcome"]), answer.get("note", "")) for code, answer in visit.answers.items()}
    other = {code: (outcome, note) for code, (outcome, note) in said.items() if outcome != Outcome.PASS}
    return other | exceptions_of_unasked(form, kind_at(visit, form), visit.answers)


def unanswered(criteria: Mapping[str, Criterion], answers: Mapping[str, Answer]) -> list[str]:
    """Codes that must be answered before signing. The open slot is free, and so is what is not asked."""
    return [
        code
        for code, criterion in criteria.items()
        if criterion.counted and code not in answers and is_asked(criterion, answers)
    ]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One criterion of signed or drafted minutes: what came out, the numbers or document behind it, what was found."""

    criterion: Criterion
    outcome: str
    detail: str
    note: str
    findings: list[Finding]

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def tone(self) -> str:
        return {Outcome.PASS: "good", Outcome.PARTIAL: "attention", Outcome.FAIL: "late"}.get(
            Outcome(self.outcome), "none"
        )


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers under one heading of the checklist."""

    group: CriterionGroup
    lines: list[AnswerLine]


def answers_in_words(visit: Visit, findings: Collection[Finding]) -> list[AnswerGroup]:
    """The answered criteria of a visit, by group, in the checklist's order."""
    return list(_groups(form_of(visit), visit, findings))


def _groups(criteria: Mapping[str, Criterion], visit: Visit, findings: Collection[Finding]) -> Iterator[AnswerGroup]:
    answered = [criterion for code, criterion in criteria.items() if code in visit.answers]
    for _pk, members in groupby(answered, key=lambda criterion: criterion.group_id):
        lines = [_line(criterion, visit, findings) for criterion in members]
        yield AnswerGroup(lines[0].criterion.group, lines)


def _line(criterion: Criterion, visit: Visit, findings: Collection[Finding]) -> AnswerLine:
    answer: Answer = visit.answers[criterion.code]
    detail = _detail(criterion, answer, visit)
    found = [finding for finding in findings if finding.criterion_code == criterion.code]
    return AnswerLine(criterion, answer["outcome"], detail, answer.get("note", ""), found)


def _detail(criterion: Criterion, answer: Answer, visit: Visit) -> str:
    """Numbers or document: «5/6», «12/QĐ-UBND, 05/01/2019»."""
    if "whole" in answer:
        return f"{answer['part']}/{answer['whole']}"
    if "count" in answer:
        return str(answer["count"])
    if criterion.answer_type == AnswerType.HEADCOUNT and visit.present is not None:
        return f"{visit.present}/{visit.quota}" if visit.quota is not None else str(visit.present)
    dated = date.fromisoformat(answer["dated"]) if answer.get("dated") else None
    return ", ".join(part for part in (answer.get("number", ""), f"{dated:%d/%m/%Y}" if dated else "") if part)
