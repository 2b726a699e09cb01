"""Whose hand is behind a conclusion, where what follows is for another."""

from __future__ import annotations

from kycuong.inspections.models import Conclusion
from kycuong.orgs.authority import can, hand_behind, persons_in
from kycuong.orgs.models import Person

APPROVE, DRAFT, REPLY = "conclusion.approve", "conclusion.draft", "conclusion.reply"


def drafter_of(conclusion: Conclusion, *, by: Person) -> int | None:
    """Who drafted it: `by` where one of those as whom `by` would approve did."""
    lead = conclusion.visit.inspection.lead
    return hand_behind(conclusion, conclusion.created_by_id, by=by, verb=APPROVE, at=lead)


def answers_for_unit(conclusion: Conclusion, *, by: Person) -> bool:
    """Whether one of those as whom `by` would decide on an objection speaks for the unit that objects."""
    visit = conclusion.visit
    return any(can(one, REPLY, at=visit.unit) for one in persons_in(by, DRAFT, at=visit.inspection.lead))
