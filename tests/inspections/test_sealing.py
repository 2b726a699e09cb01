"""A sealed inspection from its opening to the last page of its record: targets, release, looks, beginning, opening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, Missing, NotAllowed, Problem, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection, Sealing, Visit
from kycuong.inspections.queries import looks_of, plan_of, sealing_of
from kycuong.inspections.rules import InspectionState, TeamRole, VisitState
from kycuong.inspections.rules.sealing import Target
from tests.desk import YESTERDAY, Desk

REASON = "Đơn vị đang có đoàn thanh tra khác."


def sealed(desk: Desk, *names: str, **more: Any) -> Inspection:
    """Sealed by the head of the team, with a member who has not been told."""
    people = desk.people
    options: dict[str, Any] = {
        "title": "Bất ngờ đầu giờ",
        "notes": "Đi xe riêng",
        "team": [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"])],
        "visits": [Planned(desk.units[name], YESTERDAY, "short") for name in names or ("commune", "second_commune")],
        **more,
    }
    return desk.open(sealed=True, **options)


def kept(inspection: Inspection) -> Sealing:
    found = sealing_of(inspection)
    assert found is not None
    return found


def waiting(inspection: Inspection) -> list[Target]:
    return plan_of(kept(inspection)).waiting


def test_what_would_tell_is_written_in_the_sealing_alone(desk: Desk) -> None:
    inspection = sealed(desk)
    inspection.refresh_from_db()
    assert (inspection.title, inspection.plan, inspection.visits.count()) == ("", None, 0)
    plan = plan_of(kept(inspection))
    assert (plan.title, plan.notes) == ("Bất ngờ đầu giờ", "Đi xe riêng")
    assert [one.unit for one in plan.targets] == [str(desk.units[name].uid) for name in ("commune", "second_commune")]
    assert {one.day for one in plan.targets} == {YESTERDAY.isoformat()}


@pytest.mark.parametrize("given", [{"decision_number": "7/QĐ"}, {"decision_on": YESTERDAY}])
def test_no_document_number_before_a_sealed_visit(desk: Desk, given: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken, match="sau khi đã ký biên bản"):
        sealed(desk, **given)
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("unit", ["department", "province"])
def test_a_target_passes_every_check_of_a_visit(desk: Desk, unit: str) -> None:
    with pytest.raises(RuleBroken):
        sealed(desk, unit)
    inspection = sealed(desk)
    with pytest.raises(RuleBroken):
        actions.add_target(inspection, by=desk.people["team_head"], unit=desk.units[unit], visited_on=YESTERDAY)
    assert len(waiting(inspection)) == 2


def test_targets_are_added_changed_and_struck_under_the_seal(desk: Desk) -> None:
    inspection, head, units = sealed(desk, "commune"), desk.people["team_head"], desk.units
    with pytest.raises(RuleBroken, match="đã có đơn vị này"):
        actions.add_target(inspection, by=head, unit=units["commune"], visited_on=YESTERDAY)
    actions.add_target(inspection, by=head, unit=units["second_commune"], visited_on=YESTERDAY)
    first, second = waiting(inspection)
    actions.change_target(inspection, by=head, key=first.key, unit=units["other_commune"], visited_on=today())
    with pytest.raises(BadInput):
        actions.strike_target(inspection, by=head, key=second.key, reason="bỏ")
    actions.strike_target(inspection, by=head, key=second.key, reason=REASON)
    [left] = waiting(inspection)
    assert (left.key, left.unit, left.day) == (first.key, str(units["other_commune"].uid), today().isoformat())
    [struck] = plan_of(kept(inspection)).struck
    assert (struck.key, struck.reason) == (second.key, REASON)
    with pytest.raises(Stale, match="không còn chờ"):
        actions.begin_target(inspection, by=head, key=second.key)
    with pytest.raises(Missing):
        actions.begin_target(inspection, by=head, key="khong-co")
    assert not inspection.visits.exists()


def test_of_two_who_hold_the_same_version_one_wins(desk: Desk) -> None:
    inspection, head = sealed(desk), desk.people["team_head"]
    version = kept(inspection).version
    first, second = waiting(inspection)
    actions.strike_target(inspection, by=head, key=first.key, reason=REASON, version=version)
    with pytest.raises(Stale):
        actions.strike_target(inspection, by=head, key=second.key, reason=REASON, version=version)
    assert [one.key for one in waiting(inspection)] == [second.key]


def test_a_visit_stands_in_plain_once_it_is_begun(desk: Desk) -> None:
    inspection, head = sealed(desk), desk.people["team_head"]
    first, _second = waiting(inspection)
    with pytest.raises(BadInput, match="hôm nay hoặc ngày đã định"):
        actions.begin_target(inspection, by=head, key=first.key, visited_on=today() - timedelta(days=5))
    visit = actions.begin_target(inspection, by=head, key=first.key)
    assert (visit.unit, visit.visited_on, visit.state) == (desk.units["commune"], today(), VisitState.DRAFT)
    assert visit.checklist_form == "short"
    with pytest.raises(Stale):
        actions.begin_target(inspection, by=head, key=first.key)
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.IN_PROGRESS
    assert inspection.visits.count() == 1


def test_a_begun_draft_that_is_taken_away_waits_again(desk: Desk) -> None:
    inspection, head = sealed(desk, "commune"), desk.people["team_head"]
    visit = actions.begin_target(inspection, by=head, key=waiting(inspection)[0].key)
    assert waiting(inspection) == []
    actions.remove_draft_visit(visit, by=head)
    assert len(waiting(inspection)) == 1


def test_no_plain_visit_is_added_beside_the_seal(desk: Desk) -> None:
    inspection = sealed(desk)
    with pytest.raises(RuleBroken, match="phần niêm phong"):
        actions.add_visit(inspection, by=desk.people["team_head"], unit=desk.units["division"], visited_on=YESTERDAY)
    assert not Visit.objects.exists()


def test_members_are_told_from_their_moment_on(desk: Desk) -> None:
    inspection, member = sealed(desk), desk.people["team_member"]
    key = waiting(inspection)[0].key

    def tries() -> list[Callable[[], object]]:
        return [
            lambda: actions.look_at_sealing(inspection, by=member),
            lambda: actions.begin_target(inspection, by=member, key=key),
        ]

    for moment in (None, now() + timedelta(hours=1)):
        actions.release_members(inspection, by=desk.people["team_head"], members_from=moment)
        assert not Inspection.objects.visible_to(member).exists()
        before = AuditEntry.objects.count()
        for act in tries():
            with pytest.raises(Missing):
                act()
        assert AuditEntry.objects.count() == before
    actions.release_members(inspection, by=desk.people["team_head"], members_from=now() - timedelta(seconds=1))
    assert Inspection.objects.visible_to(member).exists()
    for act in tries():
        act()
    assert Visit.objects.visible_to(member).count() == 1
    with pytest.raises(NotAllowed):  # the plan stays the head's
        actions.strike_target(inspection, by=member, key=waiting(inspection)[0].key, reason=REASON)
    other = desk.people["records_clerk"]
    assert not Inspection.objects.visible_to(other).exists()


@pytest.mark.parametrize("who", ["leader", "aggregator", "auditor", "system_admin", "outsider", "nobody"])
def test_off_the_list_there_is_nothing_to_act_on(desk: Desk, who: str) -> None:
    inspection, person = sealed(desk, members_from=now() - timedelta(days=1)), desk.people[who]
    key, unit = waiting(inspection)[0].key, desk.units["division"]
    before = AuditEntry.objects.count()
    for act in (
        lambda: actions.look_at_sealing(inspection, by=person),
        lambda: actions.add_target(inspection, by=person, unit=unit, visited_on=YESTERDAY),
        lambda: actions.change_target(inspection, by=person, key=key, unit=unit, visited_on=YESTERDAY),
        lambda: actions.strike_target(inspection, by=person, key=key, reason=REASON),
        lambda: actions.begin_target(inspection, by=person, key=key),
        lambda: actions.release_members(inspection, by=person, members_from=now()),
        lambda: actions.open_all(inspection, by=person),
    ):
        with pytest.raises((Missing, NotAllowed)):
            act()
    assert AuditEntry.objects.count() == before


def test_every_look_is_in_the_log_and_a_newcomer_stands_out(desk: Desk) -> None:
    people = desk.people
    inspection = sealed(desk, short_list=[people["aggregator"]])
    for who in ("team_head", "team_head", "aggregator"):
        actions.look_at_sealing(inspection, by=people[who])
    looks = looks_of(kept(inspection))
    assert [(one.who, one.first) for one in looks] == [
        (people["aggregator"].full_name, True),
        (people["team_head"].full_name, False),
        (people["team_head"].full_name, True),
    ]


def test_everything_is_opened_when_nothing_waits_any_more(desk: Desk) -> None:
    inspection, head = sealed(desk), desk.people["team_head"]
    first, second = waiting(inspection)
    with pytest.raises(RuleBroken, match="chưa mở toàn bộ"):
        actions.open_all(inspection, by=head)
    visit = actions.begin_target(inspection, by=head, key=first.key, as_planned=True)
    actions.strike_target(inspection, by=head, key=second.key, reason=REASON)
    with pytest.raises(RuleBroken, match="chưa mở toàn bộ"):
        actions.open_all(inspection, by=head)
    desk.answered(visit)
    desk.sign(visit)
    actions.open_all(inspection, by=head)
    inspection.refresh_from_db()
    sealing = kept(inspection)
    assert (inspection.title, sealing.unsealed_by) == ("Bất ngờ đầu giờ", head)
    assert sealing.summary
    assert sealing.summary["targets"][1]["reason"] == REASON
    with pytest.raises(RuleBroken, match="đã mở toàn bộ"):
        actions.add_target(inspection, by=head, unit=desk.units["division"], visited_on=YESTERDAY)


def test_a_number_recorded_after_the_visit_leaves_the_minutes_intact(desk: Desk, as_person: Any) -> None:
    visit = desk.signed(sealed=True)
    Inspection.objects.update(decision_number="7/QĐ", decision_on=YESTERDAY)
    shown = as_person(desk.people["leader"]).get(f"/visits/{visit.uid}/minutes/").content.decode()
    assert "khớp nội dung đang lưu" in shown


def test_a_cancelled_one_keeps_its_seal(desk: Desk) -> None:
    inspection = sealed(desk, short_list=[desk.people["aggregator"]])
    actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")
    with pytest.raises(Problem, match="đã hủy"):
        actions.begin_target(inspection, by=desk.people["team_head"], key=waiting(inspection)[0].key)
    assert not Inspection.objects.visible_to(desk.people["leader"]).exists()


def test_off_the_list_nobody_cancels_what_is_sealed(desk: Desk, as_person: Any) -> None:
    """Its only minutes signed and annulled, the inspection shows itself; what still waits is not for others to give up."""
    inspection, head = sealed(desk), desk.people["team_head"]
    visit = actions.begin_target(inspection, by=head, key=waiting(inspection)[0].key, as_planned=True)
    desk.answered(visit)
    desk.sign(visit)
    actions.annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    client, page = as_person(desk.people["aggregator"]), f"/inspections/{inspection.uid}/"
    assert f"{page}cancellation/" not in client.get(page).content.decode()
    assert client.post(f"{page}cancellation/", {"reason": REASON}).status_code == 403
    inspection.refresh_from_db()
    assert inspection.state != InspectionState.CANCELLED
