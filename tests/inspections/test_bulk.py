"""Visits by the thousand: the same rules, every fault at once, all or nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.audit.reconcile import differences
from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.inspections.actions import FindingRow, Headcount, VisitRow, record_signed_visits
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.inspections.queries import already_recorded
from kycuong.inspections.rules import InspectionState, Source, VisitState
from kycuong.orgs.authority import at_the_machine
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing


def row(desk: Desk, **given: Any) -> VisitRow:
    values: dict[str, Any] = {
        "inspection_key": "1",
        "lead": desk.units["department"],
        "unit": desk.units["commune"],
        "visited_on": date(2019, 3, 1),
        "form": "surprise",
        **given,
    }
    return VisitRow(**values)


def load(rows: list[VisitRow]) -> list[Visit]:
    with at_the_machine():
        return record_signed_visits(rows, by=None, source=Source.DEMONSTRATION)


def test_rows_of_a_key_form_one_inspection(desk: Desk) -> None:
    topics = tuple(Topic.objects.all()[:2])
    rows = [
        row(desk, form="combined", topics=topics, minutes_number="7/BB"),
        row(desk, form="combined", topics=topics, unit=desk.units["second_commune"], visited_on=date(2019, 2, 1)),
        row(desk, inspection_key="2"),
    ]
    visits = record_signed_visits(rows, by=desk.people["aggregator"], source=Source.IMPORT)
    assert [visit.unit_id for visit in visits] == [one.unit.pk for one in rows]
    assert Inspection.objects.count() == 2
    inspection = visits[0].inspection
    assert (inspection.opened_on, inspection.topics.count()) == (date(2019, 2, 1), 2)
    assert inspection.state == InspectionState.MINUTES_SIGNED
    assert visits[0].minutes.number == "7/BB"
    assert visits[0].unit_name_then == "Xã Hoàng Đồng, Huyện Đông"
    assert Visit.objects.counting().count() == 3
    assert not list(differences())
    assert already_recorded([*rows, row(desk, visited_on=date(2019, 3, 2))]) == {0, 1, 2}


def test_answers_headcount_and_findings_are_written_as_at_the_desk(desk: Desk) -> None:
    checked = desk.visit()
    answers = {**passing(checked), "D3": {"outcome": "fail", "finding": "Thiếu biển phòng"}}
    absent = Headcount(quota=10, present=8, absent_excused=1, absent_unexcused=1, late=0)
    given = row(desk, checklist=desk.checklist, checklist_form="short", answers=answers, headcount=absent)
    remedied = FindingRow("D3", "Thiếu biển", 2, date(2019, 4, 1), date(2019, 3, 20))
    [visit, other] = load([given, replace(given, inspection_key="2", findings=(remedied,))])
    assert dict(visit.exceptions.values_list("criterion_code", "outcome")) == {"D3": "fail", "C1": "fail"}
    assert set(visit.findings.values_list("criterion_code", "description")) == {
        ("D3", "Thiếu biển phòng"),
        ("C1", "Vắng không lý do 1 người."),
    }
    assert other.findings.get(criterion_code="D3").remedied_on == date(2019, 3, 20)


def test_every_fault_of_every_row_is_told_and_nothing_is_written(desk: Desk) -> None:
    rows = [
        row(desk),
        row(desk, inspection_key="2", visited_on=today() + timedelta(days=1), row="17"),
        row(desk, inspection_key="3", unit=desk.units["department"]),
        row(desk, inspection_key="4", visited_on=date(2014, 1, 1)),
        row(desk, inspection_key="5", form="sudden"),
        row(desk, inspection_key="1", form="planned", unit=desk.units["division"]),
        row(desk, inspection_key="1"),
        row(desk, inspection_key="8", form="combined"),
        row(desk, inspection_key="9", unit_signature="refused"),
        row(desk, inspection_key="10", checklist=desk.checklist, checklist_form="short"),
        row(desk, inspection_key="11", findings=(FindingRow(description=""),)),
        row(desk, inspection_key="12", minutes_number="x" * 81),
    ]
    with pytest.raises(BadInput) as refusal:
        load(rows)
    faulty = {fault["row"] for fault in refusal.value.errors}
    assert faulty == {"17", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
    assert all(fault["vi"] and fault["en"] for fault in refusal.value.errors)
    assert not Inspection.objects.exists()


def test_annulled_rows_are_kept_and_not_counted(desk: Desk) -> None:
    [visit, again] = load([row(desk, annulled="Ghi nhầm ngày kiểm tra"), row(desk, inspection_key="2")])
    assert (visit.state, again.state) == (VisitState.ANNULLED, VisitState.SIGNED)
    assert list(Visit.objects.counting()) == [again]


def test_who_may_load(desk: Desk) -> None:
    for source in (Source.DEMONSTRATION, Source.IMPORT):
        with pytest.raises(NotAllowed):
            record_signed_visits([row(desk)], by=None, source=source)
    for name in ("team_head", "coordinator", "leader", "system_admin"):
        with pytest.raises(NotAllowed):
            record_signed_visits([row(desk)], by=desk.people[name], source=Source.IMPORT)


def test_one_row_of_a_foreign_lead_refuses_all(desk: Desk) -> None:
    own = row(desk, lead=desk.units["district"])
    with pytest.raises(NotAllowed):
        record_signed_visits([own, row(desk, inspection_key="2")], by=desk.people["coordinator"], source=Source.IMPORT)
    assert record_signed_visits([own], by=desk.people["coordinator"], source=Source.IMPORT)


def test_a_thousand_visits_take_seconds_and_tell_their_progress(desk: Desk) -> None:
    answers = passing(desk.visit())
    given = row(desk, checklist=desk.checklist, checklist_form="short", answers=answers, headcount=FULL_HOUSE)
    finding = (FindingRow(description="Tồn tại khác", due_on=YESTERDAY),)
    rows = [replace(given, inspection_key=str(number), findings=finding) for number in range(1000)]
    told: list[tuple[int, int]] = []
    began = time.monotonic()
    with at_the_machine():
        record_signed_visits(
            rows, by=None, source=Source.DEMONSTRATION, progress=lambda done, of: told.append((done, of))
        )
    assert time.monotonic() - began < 30  # a fifth of this on a quiet machine
    assert told == [(500, 1000), (1000, 1000)]
    assert Finding.objects.count() == 1000
