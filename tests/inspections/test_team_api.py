"""Teams through the API: told with the inspection, changed by the same acts, refused with the same sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.core.ids import uuid7
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import TeamRole
from tests.desk import YESTERDAY, Desk

AsPerson = Callable[[Any], Client]
WHY = "Điều động sang đoàn khác"


@pytest.fixture
def opened(desk: Desk) -> Inspection:
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"]), Seat(position="Báo Lạng Sơn")]
    visits = [Planned(desk.units[place], YESTERDAY, "") for place in ("commune", "second_commune")]
    return desk.open(form="planned", team=team, visits=visits)


def ask(client: Client, opened: Inspection, part: str = "", body: Any = None) -> tuple[int, dict[str, Any]]:
    address = f"/api/v1/inspections/{opened.uid}{part}"
    sent = {"data": json.dumps(body), "content_type": "application/json"}
    answer = client.get(address) if body is None else client.post(address, **sent)
    return answer.status_code, answer.json()


def test_a_team_is_divided_changed_and_told(desk: Desk, opened: Inspection, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    _, told = ask(client, opened)
    seats = {one["name"] or one["position"]: one["seat"] for one in told["team"]}
    assert list(seats) == ["Người team_head", "Người team_member", "Báo Lạng Sơn"]
    visits = [one["uid"] for one in told["visits"]]
    group = {"name": "Tổ 1", "lead": seats["Người team_member"], "visits": visits[:1]}
    status, told = ask(client, opened, "/groups", {"version": told["version"], "groups": [group]})
    assert status == 201
    assert [(one["name"], one["visits"]) for one in told["groups"]] == [("Tổ 1", visits[:1])]
    assert [one["group"] for one in told["team"]] == [None, "Tổ 1", None]
    change = {
        "version": told["version"],
        "leaving": [{"seat": seats["Báo Lạng Sơn"], "reason": WHY}],
        "joining": [{"person": "records_clerk", "role": "secretary"}, {"position": "Đại diện Ban Nội chính"}],
    }
    status, refused = ask(client, opened, "/team", change)
    assert (status, refused["detail_en"]) == (422, "There is no account 'records_clerk' that may join a team.")
    change["joining"][0] = {"position": "Chuyên viên Văn phòng", "role": "secretary"}
    status, told = ask(client, opened, "/team", change)
    assert status == 201
    assert [one["role"] for one in told["team"]] == ["team_head", "member", "secretary", "member"]
    assert ask(client, opened, "/team", change)[0] == 409


def test_decision_and_declaration(desk: Desk, opened: Inspection, as_person: AsPerson) -> None:
    decision = {"number": "15/QĐ-SNV", "decision_on": YESTERDAY.isoformat()}
    status, told = ask(as_person(desk.people["records_clerk"]), opened, "/decision", decision)
    assert (status, told["decision_number"]) == (201, "15/QĐ-SNV")
    member = as_person(desk.people["team_member"])
    assert ask(member, opened, "/decision", decision)[0] == 403
    tie = {"ties": [{"kind": "kinship", "unit": "xa-hoang-dong"}]}
    assert ask(member, opened, "/declaration", tie)[0] == 201
    assert ask(member, opened, "/declaration", {"ties": [{"kind": "none", "unit": "xa-hoang-dong"}]})[0] == 422
    visit = opened.visits.get(unit=desk.units["commune"])
    answer = member.post(f"/api/v1/visits/{visit.uid}/answers", json.dumps({"version": 1, "answers": {}}),
                         content_type="application/json")  # fmt: skip
    assert answer.status_code == 403
    assert "xung đột lợi ích" in answer.json()["detail"]


def test_a_seat_that_is_not_there_is_told_to_read_again(desk: Desk, opened: Inspection, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    known, other = opened.team.earliest("pk").seat_uid, uuid7()
    assert ask(client, opened, "/team", {"version": 1, "roles": [{"seat": str(other), "role": "member"}]})[0] == 409
    assert ask(client, opened, "/team", {"version": 1, "roles": [{"seat": 1, "role": "member"}]})[0] == 422
    assert ask(client, opened, "/team", {"version": 1, "roles": [{"seat": str(known), "role": "emperor"}]})[0] == 422


NO_SEAT = "01890000-0000-7000-8000-000000000001"
FOREIGN = [
    ("/team", {"version": 1, "joining": [{"person": "outsider", "position": "x" * 201}]}, 422),
    ("/team", {"version": 1, "joining": [{}]}, 422),
    ("/team", {"version": 1, "leaving": [{"seat": NO_SEAT, "reason": WHY}]}, 409),
    ("/team", {"version": 10**400}, 422),
    ("/team", {"version": -1}, 422),
    ("/groups", {"version": 1, "groups": [{"name": "", "visits": []}]}, 422),
    ("/groups", {"version": 1, "groups": [{"uid": NO_SEAT, "name": "Tổ 1"}]}, 409),
    ("/groups", {"version": 1, "groups": [{"name": "Tổ 1", "visits": [NO_SEAT]}]}, 409),
    ("/groups", {"version": 1, "groups": [{"name": "x" * 81}]}, 422),
    ("/groups", {"version": 1, "groups": "Tổ 1"}, 422),
    ("/decision", {"number": " ", "decision_on": "2019-01-01"}, 422),
    ("/decision", {"number": "1", "decision_on": "9999-12-31"}, 422),
    ("/decision", {"number": "1", "decision_on": "0001-01-01"}, 201),
    ("/declaration", {}, 422),
    ("/declaration", {"nothing": True, "ties": [{"kind": "other", "unit": "xa-hoang-dong"}]}, 422),
    ("/declaration", {"ties": [{"kind": "other", "unit": "khong-co"}]}, 422),
]


@pytest.mark.parametrize(("part", "body", "status"), FOREIGN)
def test_bad_input_is_refused(
    desk: Desk, opened: Inspection, as_person: AsPerson, part: str, body: Any, status: int
) -> None:
    client = as_person(desk.people["aggregator"])
    assert ask(client, opened, part, body)[0] == status


def test_rows_of_another_inspection_are_not_there(desk: Desk, opened: Inspection, as_person: AsPerson) -> None:
    client, other = as_person(desk.people["team_head"]), desk.open(form="planned")
    head = other.team.get()
    for part, body in (
        ("/team", {"version": 1, "roles": [{"seat": str(head.seat_uid), "role": "member"}]}),
        ("/groups", {"version": 1, "groups": [{"name": "Tổ 1", "lead": str(head.seat_uid)}]}),
        ("/groups", {"version": 1, "groups": [{"name": "Tổ 1", "visits": [str(other.visits.get().uid)]}]}),
    ):
        assert ask(client, opened, part, body)[0] == 409


def test_one_group_named_twice_is_refused(desk: Desk, opened: Inspection, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    seats = [str(one.seat_uid) for one in opened.team.order_by("pk")]
    _, told = ask(client, opened, "/groups", {"version": 1, "groups": [{"name": "Tổ 1", "lead": seats[0]}]})
    group = told["groups"][0]["uid"]
    twice = [{"uid": group, "name": name, "lead": lead} for name, lead in zip(("A", "B"), seats, strict=False)]
    status, refused = ask(client, opened, "/groups", {"version": told["version"], "groups": twice})
    assert status == 422, refused
    assert ask(client, opened)[1]["groups"][0]["name"] == "Tổ 1"
    swapped = {"version": told["version"], "groups": [{"uid": group, "name": "Tổ 1", "lead": seats[0]}] * 2}
    assert ask(client, opened, "/groups", swapped)[0] == 422
