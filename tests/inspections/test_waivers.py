"""Conflicts that a leader accepts, and those at sealed units: who is told, and what an acceptance covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.actions import Seat
from kycuong.inspections.queries import looks_of, plan_of, sealing_of
from kycuong.inspections.rules import TeamRole
from tests.desk import Desk
from tests.inspections.tied import at, blocked, kin, opened, posted

AsPerson = Callable[[Any], Client]
WHY = "Không còn ai khác trong đoàn"


def test_a_leader_accepts_what_is_known_and_nothing_that_comes_later(desk: Desk) -> None:
    inspection, member, leader = opened(desk), desk.people["team_member"], desk.people["leader"]
    commune = desk.units["commune"]
    kin(inspection, member, commune)
    for who in ("aggregator", "team_head", "team_member", "auditor"):
        with pytest.raises(NotAllowed):
            actions.waive_conflict(inspection, by=desk.people[who], person=member, unit=commune, reason=WHY)
    with pytest.raises(BadInput, match="ít nhất 10"):
        actions.waive_conflict(inspection, by=leader, person=member, unit=commune, reason="ngắn")
    with pytest.raises(RuleBroken, match="không có xung đột"):
        actions.waive_conflict(inspection, by=leader, person=desk.outsider, unit=commune, reason=WHY)
    waiver = actions.waive_conflict(inspection, by=leader, person=member, unit=commune, reason=WHY)
    assert (waiver.waived_by, waiver.reason) == (leader, WHY)
    assert AuditEntry.objects.filter(model="inspections.ConflictWaiver").count() == 1
    assert not blocked(member, at(inspection, desk))
    posted(member, commune, today() - timedelta(100))
    assert blocked(member, at(inspection, desk))
    actions.waive_conflict(inspection, by=leader, person=member, unit=commune, reason=WHY)
    assert not blocked(member, at(inspection, desk))


def test_nobody_accepts_a_conflict_of_his_own(desk: Desk) -> None:
    leader = desk.people["leader"]
    inspection = opened(desk, team=[Seat(leader, role=TeamRole.HEAD)])
    kin(inspection, leader, desk.units["commune"])
    with pytest.raises(RuleBroken, match="của chính mình"):
        actions.waive_conflict(inspection, by=leader, person=leader, unit=desk.units["commune"], reason=WHY)


def test_a_conflict_tells_nothing_of_a_sealed_unit(desk: Desk, as_person: AsPerson) -> None:
    inspection = opened(desk, form="surprise", sealed=True, by="team_head")
    head, other = desk.people["team_head"], desk.people["aggregator"]
    kin(inspection, head, desk.units["second_commune"])
    posted(desk.people["team_member"], desk.units["second_commune"], today() - timedelta(50))
    first = at(inspection, desk)
    actions.record_answers(first, by=head, answers={}, strengths="Tốt")
    actions.sign_minutes(first, by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch")
    assert "Bình Minh" not in as_person(head).get(f"/inspections/{inspection.uid}/").content.decode()
    looked = as_person(head).post(f"/inspections/{inspection.uid}/sealed/").content.decode()
    assert looked.count("không ghi, không ký") == 2, "the short list is told, and its look is noted"
    for person in (other, desk.people["leader"], desk.people["team_member"]):
        body = as_person(person).get(f"/inspections/{inspection.uid}/").content.decode()
        assert "Hoàng Đồng" in body
        assert "Bình Minh" not in body
    for act in (
        lambda: actions.divide_team(inspection, by=other, groups=[]),
        lambda: actions.waive_conflict(
            inspection, by=desk.people["leader"], person=head, unit=desk.units["second_commune"], reason=WHY
        ),
        lambda: kin(inspection, desk.people["team_member"], desk.units["second_commune"]),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert "Bình Minh" not in str(refused.value)


def test_whoever_is_tied_does_not_begin_the_visit_at_a_sealed_unit(desk: Desk) -> None:
    inspection, head = desk.open(sealed=True), desk.people["team_head"]
    posted(head, desk.units["commune"], today() - timedelta(50))
    sealing = sealing_of(inspection)
    assert sealing is not None
    [target] = plan_of(sealing).waiting
    with pytest.raises(NotAllowed, match="xung đột lợi ích"):
        actions.begin_target(inspection, by=head, key=target.key, as_planned=True)
    assert not inspection.visits.exists()


def test_a_leader_on_the_list_accepts_a_conflict_at_a_begun_sealed_visit(desk: Desk, as_person: AsPerson) -> None:
    leader, member = desk.people["leader"], desk.people["team_member"]
    inspection = opened(desk, form="surprise", sealed=True, short_list=[leader])
    visit, place = at(inspection, desk), f"/inspections/{inspection.uid}"
    sealing = sealing_of(inspection)
    assert sealing is not None
    posted(member, desk.units["commune"], today() - timedelta(50))
    assert f"{place}/waiver/" in as_person(leader).get(f"{place}/").content.decode()
    before = len(looks_of(sealing))
    assert "Hoàng Đồng" in as_person(leader).get(f"{place}/waiver/").content.decode()
    assert len(looks_of(sealing)) - before == 2, "of each begun visit"
    said = {"which": f"{member.uid} {desk.units['commune'].slug}", "reason": WHY}
    assert as_person(leader).post(f"{place}/waiver/", said).status_code == 302
    assert not blocked(member, visit)


def test_a_waiver_covers_no_posting_that_came_after_it(desk: Desk) -> None:
    """Back at the same unit after it: another tie, of which nobody knew."""
    inspection, member = opened(desk), desk.people["team_member"]
    visit, unit = at(inspection, desk), desk.units["commune"]
    posted(member, unit, today() - timedelta(400), today() - timedelta(300))
    actions.waive_conflict(inspection, by=desk.people["leader"], person=member, unit=unit, reason=WHY)
    assert not blocked(member, visit)
    posted(member, unit, today() - timedelta(50))
    assert blocked(member, visit)
