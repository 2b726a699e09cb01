"""What is done to draws: by whom, in which order, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import Missing, NotAllowed, Problem, RuleBroken, Stale
from kycuong.draws import actions
from kycuong.draws.models import Draw, FrameRow, Winner
from kycuong.draws.queries import basis_of, outcome_of, proof_of
from kycuong.draws.rules import DrawState
from kycuong.inspections.actions import Planned, cancel_inspection, record_answers
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import plan_of, sealing_of
from tests import drawing
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing
from tests.drawing import BEACON, announced
from tests.draws.test_verifier import FAULT_OF


def given(desk: Desk, **more: Any) -> dict[str, Any]:
    units = desk.units
    return {"by": desk.people["team_head"], "lead": units["department"], "area": units["province"], **more}


def opened(desk: Desk, draw: Draw, **more: Any) -> Inspection:
    head = desk.people["team_head"]
    return actions.open_drawn_inspection(draw, by=head, visited_on=YESTERDAY, head=head, **more)


def sign_all(desk: Desk, inspection: Inspection) -> None:
    desk.begin(inspection)
    for visit in inspection.visits.all():
        record_answers(visit, by=desk.people["team_head"], answers=passing(visit), headcount=FULL_HOUSE)
        desk.sign(visit)


def test_a_draw_is_committed_drawn_opened_visited_and_revealed(desk: Desk) -> None:
    draw = drawing.committed(**given(desk, excluded={desk.units["second_commune"]: "Đang có đoàn thanh tra khác."}))
    assert (draw.state, draw.beacon, draw.nonce, draw.sealed_outcome) == (DrawState.COMMITTED, "", "", "")
    noted = draw.commitment
    actions.enter_beacon(draw, by=desk.people["team_head"], beacon=BEACON, again=BEACON)
    outcome = outcome_of(draw)
    assert outcome is not None
    [won] = outcome.winners
    inspection = opened(desk, draw, designated=[(desk.units["second_commune"], "Có đơn thư phản ánh gần đây.")])
    assert inspection.sealed_at is not None
    with pytest.raises(RuleBroken, match="báo trước"):
        actions.reveal_draw(draw, by=desk.people["team_head"])
    sign_all(desk, inspection)
    actions.reveal_draw(draw, by=desk.people["team_head"])
    told = proof_of(draw)
    assert FAULT_OF(told, noted) == ""
    assert [line[0] for line in told["winners"]] == [won.id]
    assert told["designated"] == [[str(desk.units["second_commune"].uid), "Có đơn thư phản ánh gần đây."]]
    assert told["frame"]["excluded"] == [[str(desk.units["second_commune"].uid), "Đang có đoàn thanh tra khác."]]
    assert told["names"][won.id]


def test_no_deadline_opens_a_sealed_visit_that_is_still_to_come(desk: Desk) -> None:
    head = desk.people["team_head"]
    draw = drawing.drawn(**given(desk, ago=30))
    inspection = opened(desk, draw)
    with pytest.raises(RuleBroken, match="kể cả khi đã quá hạn"):
        actions.reveal_draw(draw, by=head)
    cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ ở xã")
    assert actions.reveal_draw(draw, by=head).state == DrawState.REVEALED


def test_rows_are_written_only_when_revealed(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk, ago=30))
    assert not FrameRow.objects.exists()
    assert not Winner.objects.exists()
    actions.reveal_draw(draw, by=desk.people["team_head"])  # its deadline has passed
    assert FrameRow.objects.filter(excluded="").count() == 3
    row = FrameRow.objects.first()
    assert row is not None
    assert (row.weight, row.parts) == (5, {"base": 1, "since": 4})
    logged = AuditEntry.objects.filter(model__in=["draws.FrameRow", "draws.Winner"])
    assert logged.count() == 4


def test_the_frame_is_fixed_when_it_is_committed_to(desk: Desk) -> None:
    draw = drawing.committed(**given(desk))
    before = basis_of(draw).frame
    desk.signed()
    draw.refresh_from_db()
    assert basis_of(draw).frame == before
    assert basis_of(drawing.committed(**given(desk, ago=0))).frame != before


@pytest.mark.parametrize("who", ["aggregator", "leader", "team_member", "coordinator", "auditor", "nobody"])
def test_off_the_short_list_nothing_sealed_is_opened(desk: Desk, who: str) -> None:
    draw, person = drawing.drawn(**given(desk, ago=30)), desk.people[who]
    acts = [
        lambda: actions.enter_beacon(draw, by=person, beacon=BEACON, again=BEACON),
        lambda: actions.look_at_draw(draw, by=person),
        lambda: actions.open_drawn_inspection(draw, by=person, visited_on=YESTERDAY),
        lambda: actions.reveal_draw(draw, by=person),
    ]
    before = AuditEntry.objects.count()
    for act in acts:
        with pytest.raises((Missing, NotAllowed)):
            act()
    assert AuditEntry.objects.count() == before
    assert not Inspection.objects.exists()


def test_every_look_is_noted(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk, readers=[desk.people["leader"]]))
    actions.look_at_draw(draw, by=desk.people["leader"])
    entry = AuditEntry.objects.order_by("seq").last()
    assert entry is not None
    assert b'"draw.look"' in bytes(entry.meta)
    assert b'"read"' in bytes(entry.meta)


def test_the_source_is_entered_once_on_its_day_and_typed_twice(desk: Desk) -> None:
    head, early = desk.people["team_head"], drawing.committed(**given(desk, ago=0))
    with pytest.raises(RuleBroken, match="chỉ có kết quả từ"):
        actions.enter_beacon(early, by=head, beacon=BEACON, again=BEACON)
    draw = drawing.committed(**given(desk))
    with pytest.raises(Problem, match="không giống"):
        actions.enter_beacon(draw, by=head, beacon=BEACON, again="48312")
    actions.enter_beacon(draw, by=head, beacon=BEACON, again=BEACON)
    with pytest.raises(RuleBroken):
        actions.enter_beacon(draw, by=head, beacon="11111", again="11111")
    draw.refresh_from_db()
    assert draw.beacon == BEACON


def test_whoever_acts_on_an_old_page_is_told(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk))
    stale = draw.version
    opened(desk, draw, version=stale)
    with pytest.raises(RuleBroken, match="đã mở"):
        opened(desk, draw, version=stale)
    other = drawing.drawn(**given(desk))
    with pytest.raises(Stale):
        opened(desk, other, version=other.version - 1)
    assert Inspection.objects.count() == 1


def test_the_drawn_inspection_is_for_the_short_list(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk, readers=[desk.people["leader"]]))
    inspection = opened(desk, draw)
    listed = {entry.person.username for entry in inspection.short_list.all()}
    assert listed == {"team_head", "leader"}
    outcome = outcome_of(draw)
    assert outcome is not None
    sealing = sealing_of(inspection)
    assert sealing is not None
    assert [one.unit for one in plan_of(sealing).targets] == [one.id for one in outcome.winners]
    assert not inspection.visits.exists()


def test_a_designation_says_why_and_is_no_second_draw(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk))
    outcome = outcome_of(draw)
    assert outcome is not None
    won = [unit for unit in desk.units.values() if str(unit.uid) == outcome.winners[0].id]
    with pytest.raises(Problem, match="lý do"):
        opened(desk, draw, designated=[(desk.units["division"], "vì")])
    with pytest.raises(RuleBroken, match="đã được bốc trúng"):
        opened(desk, draw, designated=[(won[0], "Có đơn thư phản ánh gần đây.")])
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("made", [drawing.committed, drawing.drawn])
def test_an_abandoned_draw_stays_with_its_reason_and_goes_no_further(desk: Desk, made: Any) -> None:
    draw = made(**given(desk))
    with pytest.raises(Problem, match="lý do"):
        actions.abandon_draw(draw, by=desk.people["aggregator"], reason="hủy")
    actions.abandon_draw(draw, by=desk.people["aggregator"], reason="Nguồn không quay thưởng.")
    assert Draw.objects.get().abandon_reason == "Nguồn không quay thưởng."
    for act in (
        lambda: actions.enter_beacon(draw, by=desk.people["team_head"], beacon=BEACON, again=BEACON),
        lambda: actions.reveal_draw(draw, by=desk.people["team_head"]),
        lambda: actions.abandon_draw(draw, by=desk.people["aggregator"], reason="Nguồn không quay thưởng."),
    ):
        with pytest.raises(RuleBroken):
            act()


@pytest.mark.parametrize("who", ["leader", "auditor", "team_member", "records_clerk", "unit_head", "nobody"])
def test_only_who_conducts_draws_commits_and_abandons(desk: Desk, who: str) -> None:
    draw = drawing.committed(**given(desk))
    with pytest.raises(NotAllowed):
        drawing.committed(**given(desk, by=desk.people[who]))
    with pytest.raises(NotAllowed):
        actions.abandon_draw(draw, by=desk.people[who], reason="Nguồn không quay thưởng.")
    assert Draw.objects.count() == 1


def test_the_same_uid_is_one_draw(desk: Desk) -> None:
    uid = uuid7()
    assert drawing.committed(**given(desk, uid=uid)) == drawing.committed(**given(desk, uid=uid))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sizes": {}},
        {"sizes": {"province": 1}},
        {"sizes": {"commune_pc": 4}},
        {"open_for": 0},
        {"area": "other_district"},
    ],
)
def test_a_commitment_that_cannot_hold_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    if "area" in wrong:
        wrong = {"area": desk.units[wrong["area"]]}
    with pytest.raises(Problem):
        drawing.committed(**given(desk, **wrong))
    assert not Draw.objects.exists()


def test_inspectors_are_drawn_without_the_recused_and_the_resting(desk: Desk) -> None:
    people, units, head = desk.people, desk.units, desk.people["team_head"]
    targets = drawing.drawn(**given(desk, ago=30))
    outcome = outcome_of(targets)
    assert outcome is not None
    unit = next(unit for unit in units.values() if str(unit.uid) == outcome.winners[0].id)
    options: dict[str, Any] = {"by": head, "lead": units["department"], "announced": announced(), "rest_months": 12}
    recused = {people["team_member"]: "Có anh ruột công tác tại đơn vị."}
    [one] = basis_of(actions.commit_inspectors(**options, number=1, for_draw=targets, recused=recused)).frame[
        "eligible"
    ]
    assert one[0] == str(head.uid)
    sealed = desk.open(visits=[Planned(unit, YESTERDAY, "short")], sealed=True)
    actions.commit_inspectors(**options, number=1, for_draw=targets, recused=recused)  # a sealed visit gives no rest
    sign_all(desk, sealed)
    with pytest.raises(RuleBroken, match="chỉ còn 0"):
        actions.commit_inspectors(**options, number=1, for_draw=targets, recused=recused)
    draw = actions.commit_inspectors(**{**options, "rest_months": 0}, number=1, for_draw=targets, recused=recused)
    assert basis_of(draw).spec["subjects"] == [str(unit.uid)]
    assert basis_of(draw).frame["excluded"] == [[str(people["team_member"].uid), "Có anh ruột công tác tại đơn vị."]]


def test_inspectors_for_sealed_targets_are_not_revealed_before_them(desk: Desk) -> None:
    targets = drawing.drawn(**given(desk))
    options: dict[str, Any] = {"by": desk.people["team_head"], "lead": desk.units["department"], "number": 1}
    early = announced(open_for=2)
    with pytest.raises(RuleBroken, match="hạn công bố"):
        actions.commit_inspectors(**options, rest_months=0, for_draw=targets, announced=early)
    options["by"] = desk.people["aggregator"]
    with pytest.raises(Missing):
        actions.commit_inspectors(**options, rest_months=0, for_draw=targets, announced=announced())


def test_a_revealed_draw_of_inspectors_can_be_repeated(desk: Desk) -> None:
    head = desk.people["team_head"]
    with patch("kycuong.draws.actions.committing.today", return_value=today() - timedelta(days=30)):
        draw = actions.commit_inspectors(
            by=head, lead=desk.units["department"], announced=announced(ago=30), number=1, rest_months=6
        )
    actions.enter_beacon(draw, by=head, beacon=BEACON, again=BEACON)
    with pytest.raises(RuleBroken, match="bốc người"):
        opened(desk, draw)
    actions.reveal_draw(draw, by=head)
    told = proof_of(draw)
    assert FAULT_OF(told, draw.commitment) == ""
    assert set(told["names"].values()) == {"Chuyên viên"}  # a file that is handed on names no person


def test_complaints_add_tickets_and_are_named_when_it_is_revealed(desk: Desk) -> None:
    heard = {desk.units["second_commune"]: actions.Complaints(5, "Sổ tiếp dân quý III"),
             desk.units["commune"]: actions.Complaints(1, "Đường dây nóng của tỉnh")}  # fmt: skip
    draw = drawing.committed(**given(desk, complaints=heard))
    parts = basis_of(draw).parts
    assert parts[str(desk.units["second_commune"].uid)]["complaints"] == 3, "many letters of one writer weigh no more"
    assert parts[str(desk.units["commune"].uid)]["complaints"] == 1
    assert "complaints" not in parts[str(desk.units["other_commune"].uid)]
    weights = {uid: weight for uid, _stratum, weight in basis_of(draw).frame["eligible"]}
    assert weights == {uid: sum(one.values()) for uid, one in parts.items()}
    noted = draw.commitment
    actions.enter_beacon(draw, by=desk.people["team_head"], beacon=BEACON, again=BEACON)
    inspection = opened(desk, draw)
    sign_all(desk, inspection)
    actions.reveal_draw(draw, by=desk.people["team_head"])
    told = proof_of(draw)
    assert FAULT_OF(told, noted) == ""
    assert told["spec"]["complaints"][str(desk.units["commune"].uid)] == [1, "Đường dây nóng của tỉnh"]
