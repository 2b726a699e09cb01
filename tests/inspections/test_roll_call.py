"""The roll-call sheet: leave by reason, the hour, and that minutes from before both were asked stay what they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from kycuong.core.problems import BadInput
from kycuong.inspections import actions
from kycuong.inspections.actions import Headcount
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import minutes_digest
from kycuong.inspections.rules import ensure_headcount, headcount_of
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
SHEET = Headcount(
    quota=12, present=8, absent_excused=4, absent_unexcused=0, late=0, excused_leave=1, excused_mission=3,
    roll_call_at=time(8, 10),
)  # fmt: skip


def test_the_sheet_is_kept_with_reasons_and_hour(desk: Desk, as_person: AsPerson) -> None:
    visit = actions.record_headcount(desk.visit(), by=desk.people["team_member"], headcount=SHEET)
    visit.refresh_from_db()
    assert headcount_of(visit) == SHEET
    shown = as_person(desk.people["team_head"]).get(f"/visits/{visit.uid}/signing/").content.decode()
    assert "Điểm danh lúc 08:10" in shown
    assert "nghỉ phép 1, đi công tác 3" in shown


@pytest.mark.parametrize("changed", [{"excused_leave": 3}, {"absent_excused": None}, {"excused_sick": -1}])
def test_reasons_that_do_not_add_up_are_refused(desk: Desk, changed: dict[str, Any]) -> None:
    numbers = {name: getattr(SHEET, name) for name in SHEET.__slots__} | changed
    with pytest.raises(BadInput) as refused:
        actions.record_headcount(desk.visit(), by=desk.people["team_head"], headcount=Headcount(**numbers))
    assert refused.value.errors
    with pytest.raises(BadInput, match="cộng theo từng lý do được 5"):
        ensure_headcount(Headcount(absent_excused=4, excused_leave=5))


def test_reasons_may_all_be_unknown() -> None:
    ensure_headcount(Headcount(quota=12, present=11, absent_excused=1))
    assert Headcount(absent_excused=1).excused_by_reason is None
    assert Headcount(absent_excused=1).reasons_in_words == ""


def test_the_database_holds_the_sum(desk: Desk) -> None:
    visit = actions.record_headcount(desk.visit(), by=desk.people["team_head"], headcount=SHEET)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(excused_leave=2)


def test_the_page_adds_up_what_is_typed_by_reason(desk: Desk, as_person: AsPerson) -> None:
    visit, page = desk.visit(), as_person(desk.people["team_member"])
    typed = {"version": "1", "quota": "12", "present": "9", "excused_leave": "1", "excused_other": "2",
             "absent_unexcused": "0", "roll_call_at": "7:45", "other-severity": "1"}  # fmt: skip
    assert page.post(visit.get_absolute_url(), typed).status_code == 302
    visit.refresh_from_db()
    assert (visit.absent_excused, visit.excused_other, visit.roll_call_at) == (3, 2, time(7, 45))
    wrong = page.post(
        visit.get_absolute_url(), {**typed, "version": "2", "absent_excused": "9", "roll_call_at": "25:99"}
    )
    assert wrong.status_code == 422
    wrong = page.post(visit.get_absolute_url(), {**typed, "version": "2", "absent_excused": "9"})
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert "Cộng theo từng lý do được 3" in shown
    assert '<details class="reasons" open>' in shown


def test_the_api_takes_and_tells_the_sheet(desk: Desk, as_person: AsPerson) -> None:
    visit, client = desk.visit(), as_person(desk.people["team_head"])
    given = {"present": 8, "absent_excused": 4, "excused_leave": 1, "excused_mission": 3, "roll_call_at": "08:10"}
    body = json.dumps({"version": 1, "answers": {}, "headcount": given})
    answer = client.post(f"/api/v1/visits/{visit.uid}/answers", body, content_type="application/json")
    assert answer.status_code == 200
    told = answer.json()["headcount"]
    assert (told["excused_mission"], told["excused_sick"], told["roll_call_at"]) == (3, None, "08:10:00")


def test_the_digest_covers_the_sheet_and_leaves_older_minutes_alone(desk: Desk) -> None:
    old = desk.signed()
    assert minutes_digest(old, old.minutes) == old.minutes.digest
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inspections_visit SET roll_call_at = '08:00:00'")
    changed = Visit.objects.get(pk=old.pk)
    assert minutes_digest(changed, changed.minutes) != old.minutes.digest
