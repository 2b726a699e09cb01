"""Signing, numbering, annulling, remedies; and the state of the inspection that follows."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import rename_unit
from tests.desk import YESTERDAY, Desk, passing


def test_sign_makes_the_visit_count_and_freezes_names(desk: Desk) -> None:
    visit = desk.signed()
    with at_the_machine():
        rename_unit(desk.units["commune"], by=None, on=today(), name="Phường Hoàng Đồng")
    visit.refresh_from_db()
    assert (visit.state, visit.signed_by) == (VisitState.SIGNED, desk.people["team_head"])
    assert (visit.unit_name_then, visit.lead_name_then) == ("Xã Hoàng Đồng, Huyện Đông", "Sở Nội vụ")
    assert list(Visit.objects.counting()) == [visit]
    assert visit.inspection.state == InspectionState.MINUTES_SIGNED
    assert entries_for(visit)[0].verb == "visit.sign"
    assert entries_for(visit.minutes)[0].who == desk.people["team_head"]


def test_sign_needs_every_answer(desk: Desk) -> None:
    visit = desk.visit()
    given = passing(visit)
    del given["D6"]
    actions.record_answers(visit, by=desk.people["team_head"], answers=given)
    with pytest.raises(RuleBroken, match="C1, D6"):
        desk.sign(visit)
    assert visit.state == VisitState.DRAFT
    desk.answered(visit, D6={"outcome": "not_asked", "note": "Không gặp người dân nào"})
    assert desk.sign(visit)


def test_sign_before_its_day_is_refused_and_leaves_no_entry(desk: Desk) -> None:
    visit = desk.answered(desk.visit(visits=[Planned(desk.units["commune"], today() + timedelta(days=1), "short")]))
    before = [entry.verb for entry in entries_for(visit)]
    with pytest.raises(RuleBroken, match="chưa tới"):
        desk.sign(visit)
    assert [entry.verb for entry in entries_for(visit)] == before


def test_sign_without_a_checklist_needs_something_written(desk: Desk) -> None:
    visit = desk.visit(visits=[Planned(desk.units["commune"], YESTERDAY, "")])
    with pytest.raises(RuleBroken, match="chưa có nội dung"):
        desk.sign(visit)
    actions.record_answers(visit, by=desk.people["team_head"], answers={}, strengths="Chấp hành nghiêm túc")
    assert desk.sign(visit)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"team_signatory": " "}, "team_signatory"),
        ({"unit_signatory": ""}, "unit_signatory"),
        ({"unit_signature": "refused"}, "refusal_reason"),
        ({"unit_signature": "maybe"}, "unit_signature"),
        ({"begun_at": time(10), "ended_at": time(9)}, "ended_at"),
        ({"number": "x" * 81}, "number"),
        ({"number": "1\x00"}, "number"),
    ],
)
def test_sign_refuses_signatures_that_are_not_in_order(desk: Desk, given: dict[str, Any], field: str) -> None:
    visit = desk.answered(desk.visit())
    with pytest.raises(BadInput) as refusal:
        desk.sign(visit, **given)
    assert field in {fault["field"] for fault in refusal.value.errors}
    assert Visit.objects.get().state == VisitState.DRAFT


def test_a_refusal_to_sign_is_recorded_with_its_reason(desk: Desk) -> None:
    minutes = desk.sign(
        desk.answered(desk.visit()),
        unit_signature="refused",
        unit_signatory="",
        refusal_reason="Không đồng ý mục D6",
        witness="Công an xã",
    )
    assert (minutes.unit_signature, minutes.refusal_reason) == ("refused", "Không đồng ý mục D6")


def test_what_was_read_back_is_what_is_signed(desk: Desk) -> None:
    visit = desk.answered(desk.visit())
    read = visit.version
    actions.record_explanation(visit, by=desk.people["team_member"], text="Viết thêm sau khi đọc lại")
    with pytest.raises(Stale):
        desk.sign(visit, version=read)


def test_of_two_clicks_one_signs(desk: Desk) -> None:
    visit = desk.answered(desk.visit())
    again = Visit.objects.get(pk=visit.pk)
    desk.sign(visit)
    with pytest.raises(RuleBroken):
        desk.sign(again)
    assert Visit.objects.counting().count() == 1


def test_a_self_check_is_signed_but_not_counted(desk: Desk) -> None:
    desk.signed(form="self_check", visits=[Planned(desk.units["department"], YESTERDAY, "short")])
    assert not Visit.objects.counting().exists()


def test_sign_by_a_member_is_not_allowed(desk: Desk) -> None:
    visit = desk.answered(desk.visit())
    with pytest.raises(NotAllowed, match="Trưởng đoàn"):
        actions.sign_minutes(visit, by=desk.people["team_member"], team_signatory="x", unit_signatory="y")


def test_the_records_clerk_numbers_minutes_once(desk: Desk) -> None:
    visit, clerk = desk.answered(desk.visit()), desk.people["records_clerk"]
    with pytest.raises(RuleBroken, match="chưa ký"):
        actions.number_minutes(visit, by=clerk, number="1/BB")
    desk.sign(visit)
    with pytest.raises(BadInput):
        actions.number_minutes(visit, by=clerk, number=" ")
    with pytest.raises(NotAllowed):
        actions.number_minutes(visit, by=desk.people["team_head"], number="1/BB")
    assert actions.number_minutes(visit, by=clerk, number="1/BB").number == "1/BB"
    with pytest.raises(RuleBroken, match="đã có số"):
        actions.number_minutes(visit, by=clerk, number="2/BB")


def test_annul_stops_counting_and_keeps_the_minutes(desk: Desk) -> None:
    visit, by = desk.signed(), desk.people["aggregator"]
    with pytest.raises(BadInput, match="ít nhất 10"):
        actions.annul_visit(visit, by=by, reason="sai")
    with pytest.raises(NotAllowed):
        actions.annul_visit(visit, by=desk.people["team_head"], reason="Ghi nhầm đơn vị khác")
    actions.annul_visit(visit, by=by, reason="Ghi nhầm đơn vị khác")
    assert (visit.state, visit.annulled_by) == (VisitState.ANNULLED, by)
    assert not Visit.objects.counting().exists()
    assert visit.inspection.state == InspectionState.IN_PROGRESS
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.annul_visit(visit, by=by, reason="Ghi nhầm đơn vị khác")
    again = actions.add_visit(
        visit.inspection, by=desk.people["team_head"], unit=visit.unit, visited_on=visit.visited_on
    )
    assert again.state == VisitState.DRAFT


def test_annul_of_a_draft_is_out_of_order(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="chưa ký"):
        actions.annul_visit(desk.visit(), by=desk.people["aggregator"], reason="Ghi nhầm đơn vị khác")


def test_the_inspection_is_signed_when_its_last_visit_is(desk: Desk) -> None:
    two = [Planned(desk.units[name], YESTERDAY, "short") for name in ("commune", "second_commune")]
    inspection = desk.open(visits=two)
    first, second = inspection.visits.order_by("pk")
    desk.sign(desk.answered(first))
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.IN_PROGRESS
    desk.sign(desk.answered(second))
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.MINUTES_SIGNED
    actions.add_visit(inspection, by=desk.people["team_head"], unit=desk.units["division"], visited_on=YESTERDAY)
    assert inspection.state == InspectionState.IN_PROGRESS


def test_a_remedy_is_confirmed_once_and_not_before_the_visit(desk: Desk) -> None:
    visit = desk.answered(desk.visit(), D3={"outcome": "fail", "finding": "Thiếu biển phòng"})
    finding, by = visit.findings.get(), desk.people["team_head"]
    with pytest.raises(RuleBroken, match="chưa ký"):
        actions.confirm_remedy(finding, by=by, remedied_on=today())
    desk.sign(visit)
    finding.refresh_from_db()
    for day in (YESTERDAY - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Problem, match="Ngày khắc phục"):
            actions.confirm_remedy(finding, by=by, remedied_on=day)
    with pytest.raises(NotAllowed):
        actions.confirm_remedy(finding, by=desk.people["unit_head"], remedied_on=today())
    actions.confirm_remedy(finding, by=by, remedied_on=today(), note="Đã gắn biển")
    with pytest.raises(Stale):
        actions.confirm_remedy(finding, by=by, remedied_on=today())
