"""What a self-check asks, and what was answered, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import Answer, Outcome, exceptions_of_unasked
from kycuong.core.clock import today
from kycuong.inspections.queries import criteria_of
from kycuong.orgs.queries import versions_on
from kycuong.selfchecks.models import SelfCheck

TONES = {Outcome.PASS: "good", Outcome.PARTIAL: "attention", Outcome.FAIL: "late"}


def form_asked(check: SelfCheck) -> dict[str, Criterion]:
    """Everything that the campaign's form holds, by code, in order."""
    return criteria_of(check.campaign.checklist, check.campaign.checklist_form)


def criteria_asked(check: SelfCheck) -> dict[str, Criterion]:
    """What is asked of this unit: of the form, what applies to the kind that it was when the campaign was sent."""
    kind = _kind(check)
    return {code: one for code, one in form_asked(check).items() if one.applies_to(kind)}


def exceptions_said(check: SelfCheck, stored: Mapping[str, Answer]) -> dict[str, list[str]]:
    """All that is not a plain pass, as [outcome, note]: answers that came to something else, and what was not asked."""
    said = {code: [str(one["outcome"]), one.get("note", "")] for code, one in stored.items()}
    other = {code: row for code, row in said.items() if row[0] != Outcome.PASS}
    unasked = exceptions_of_unasked(form_asked(check), _kind(check), stored)
    return other | {code: [str(outcome), note] for code, (outcome, note) in unasked.items()}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One criterion, what the unit answered, the numbers or document behind it, its words."""

    criterion: Criterion
    outcome: str
    detail: str
    words: str

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def tone(self) -> str:
        return TONES.get(Outcome(self.outcome), "none")


def lines_said(check: SelfCheck) -> list[SaidLine]:
    """The answered criteria in the checklist's order."""
    return [
        SaidLine(criterion, str(answer["outcome"]), _detail(answer), _words(check, code, answer))
        for code, criterion in criteria_asked(check).items()
        if (answer := check.answers.get(code))
    ]


def _words(check: SelfCheck, code: str, answer: Answer) -> str:
    return " ".join(part for part in (check.shortfalls.get(code, ""), str(answer.get("note", ""))) if part)


def _detail(answer: Answer) -> str:
    """Numbers or document: «5/6», «12/QĐ-UBND, 05/01/2019»."""
    if "whole" in answer:
        return f"{answer['part']}/{answer['whole']}"
    if "count" in answer:
        return str(answer["count"])
    dated = date.fromisoformat(answer["dated"]) if answer.get("dated") else None
    return ", ".join(part for part in (answer.get("number", ""), f"{dated:%d/%m/%Y}" if dated else "") if part)


def _kind(check: SelfCheck) -> str:
    day = check.campaign.opened_on or today()
    return versions_on([check.unit_id], day)[check.unit_id].kind
