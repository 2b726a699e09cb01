"""A visit that has been concluded, with its findings, by the acts of the desk."""

from __future__ import annotations

from typing import Any

from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, Visit
from tests.desk import YESTERDAY, Desk

SECRET_WORDS = "Chưa có biển tên của ông Nguyễn Văn Bí Mật"
SHORT = {"outcome": "fail", "finding": SECRET_WORDS}


def signed(desk: Desk, *, short: tuple[str, ...] = ("D3",), **given: Any) -> Visit:
    """Signed minutes with a finding for each of the criteria."""
    visit = desk.answered(desk.visit(**given), **dict.fromkeys(short, SHORT))
    desk.sign(visit)
    visit.refresh_from_db()
    return visit


def conclude(desk: Desk, visit: Visit, **reply: Any) -> Visit:
    """Its conclusion: drafted, shared, answered, approved, issued today."""
    head, people = desk.people["team_head"], desk.people
    conclusion = actions.share_conclusion(actions.draft_conclusion(visit, by=head), by=head)
    actions.reply_to_conclusion(conclusion, by=people["unit_head"], reply="Nhất trí")
    actions.approve_conclusion(conclusion, by=people["leader"])
    actions.issue_conclusion(conclusion, by=people["aggregator"], issued_on=today())
    visit.refresh_from_db()
    return visit


def conclude_straight(desk: Desk, place: str) -> Visit:
    """A visit to another unit, straight to its issued conclusion: where it does not matter how one comes about."""
    visit = signed(desk, visits=[actions.Planned(desk.units[place], YESTERDAY, "short")])
    conclusion = actions.draft_conclusion(visit, by=desk.people["team_head"])
    approved = {"approved_at": conclusion.created_at, "approved_by": conclusion.created_by}
    Conclusion.objects.filter(pk=conclusion.pk).update(state="issued", issued_on=today(), **approved)
    return visit
