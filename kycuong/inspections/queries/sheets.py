"""What a checklist's form asks, and a visit's answers as people read them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kycuong.catalog.models import Checklist, Criterion, CriterionGroup
from kycuong.catalog.rules import Answer, AnswerType, Outcome
from kycuong.inspections.models import Finding, Visit


def latest_checklist() -> Checklist | None:
    """The checklist that new visits use."""
    return Checklist.objects.all().published().first()


def criteria_of(checklist: Checklist | None, form: str) -> dict[str, Criterion]:
    """What a form of a checklist asks, by code, in order."""
    if checklist is None or not form:
        return {}
    return {criterion.code: criterion for criterion in checklist.criteria.in_form(form).select_related("group")}


def unanswered(criteria: Mapping[str, Criterion], answers: Collection[str]) -> list[str]:
    """Codes that must be answered before signing. The open slot is free."""
    return [code for code, criterion in criteria.items() if criterion.counted and code not in answers]


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
    return list(_groups(criteria_of(visit.checklist, visit.checklist_form), visit, findings))


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
