"""The API of inspections and visits: the pages' acts and refusals, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import VisitState
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between
from tests.desk import YESTERDAY, Desk, passing
from tests.photos import examined

AsPerson = Callable[[Any], Client]
SIGNED = {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch UBND xã"}
SHEET = {"quota": 12, "present": 11, "absent_excused": 1, "absent_unexcused": 0, "late": 0}


class Caller:
    """One person's calls."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(f"/api/v1/{path}", json.dumps(body, default=str), content_type="application/json")

    def opened(self, desk: Desk, **changed: Any) -> dict[str, Any]:
        return dict(self.post("inspections", {**surprise(desk), **changed}).json())


@pytest.fixture
def head(desk: Desk, as_person: AsPerson) -> Caller:
    return Caller(as_person(desk.people["team_head"]))


def surprise(desk: Desk) -> dict[str, Any]:
    unit = desk.units["commune"].slug
    return {
        "lead": desk.units["department"].slug,
        "form": "surprise",
        "visits": [{"unit": unit, "visited_on": YESTERDAY, "checklist_form": "short"}],
    }


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The refusal: its status, and a sentence in each language."""
    assert (answer.status_code, answer["content-type"].split(";")[0]) == (status, "application/problem+json")
    body = dict(answer.json())
    assert body["detail"]
    assert body["detail_en"] not in ("", body["detail"])
    return body


def visits_of(desk: Desk) -> int:
    return int(figures_for(desk.units["province"], between(YESTERDAY, today()))["visits"])


def test_from_opening_to_annulment_the_figures_follow(desk: Desk, head: Caller, as_person: AsPerson) -> None:
    opened = head.post("inspections", surprise(desk))
    assert opened.status_code == 201
    [line] = opened.json()["visits"]
    visit = Visit.objects.get(uid=line["uid"])
    written = head.post(
        f"visits/{line['uid']}/answers",
        {"version": visit.version, "answers": passing(visit), "headcount": SHEET, "strengths": "Tốt"},
    ).json()
    assert (written["state"], written["strengths"]) == ("draft", "Tốt")
    assert {name: number for name, number in written["headcount"].items() if number is not None} == SHEET
    assert visits_of(desk) == 0
    signed = head.post(f"visits/{line['uid']}/minutes", {"version": written["version"], **SIGNED})
    assert (signed.status_code, signed.json()["state"]) == (201, "signed")
    assert signed.json()["minutes"]["unit_signatory"] == SIGNED["unit_signatory"]
    assert visits_of(desk) == 1
    above = Caller(as_person(desk.people["aggregator"]))
    annulled = above.post(f"visits/{line['uid']}/annulment", {"reason": "Ghi nhầm đơn vị"}).json()
    assert (annulled["state"], annulled["annul_reason"]) == ("annulled", "Ghi nhầm đơn vị")
    assert visits_of(desk) == 0


def test_the_same_uid_twice_is_one_inspection_and_one_visit(desk: Desk, head: Caller) -> None:
    uid, other = uuid7(), uuid7()
    first, again = (head.opened(desk, uid=uid) for _ in range(2))
    assert first == again
    assert Inspection.objects.count() == 1
    body = {"unit": desk.units["second_commune"].slug, "visited_on": YESTERDAY, "uid": other}
    one, two = (head.post(f"inspections/{uid}/visits", body).json() for _ in range(2))
    assert one["uid"] == two["uid"] == str(other)
    assert Visit.objects.count() == 2


def test_an_old_version_is_told_to_read_again(desk: Desk, head: Caller) -> None:
    uid = head.opened(desk)["visits"][0]["uid"]
    body = {"version": 1, "answers": {}, "headcount": SHEET}
    assert head.post(f"visits/{uid}/answers", body).status_code == 200
    problem(head.post(f"visits/{uid}/answers", body), 409)
    assert Visit.objects.get(uid=uid).version == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surprise": True}, "surprise"),
        ({"form": "bất ngờ"}, "form"),
        ({"topics": ["khong-co"]}, "topics"),
        ({"decision_on": "31/02/2019"}, "decision_on"),
        ({"lead": "khong-co-don-vi-nay"}, ""),
        ({"title": "x" * 301}, "title"),
    ],
)
def test_a_wrong_body_is_answered_with_its_field(desk: Desk, head: Caller, change: dict[str, Any], field: str) -> None:
    answer = head.post("inspections", {**surprise(desk), **change})
    body = problem(answer, answer.status_code if answer.status_code == 404 else 422)
    assert field in json.dumps(body.get("errors", []), ensure_ascii=False)
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("number", [True, 1.0, "1"])
def test_a_number_is_a_number(desk: Desk, head: Caller, number: object) -> None:
    uid = head.opened(desk)["visits"][0]["uid"]
    for body in ({"version": number}, {"version": 1, "headcount": {"present": number}}):
        told = problem(head.post(f"visits/{uid}/answers", {**body, "answers": {}}), 422)
        assert "không phải số nguyên" in told["detail"]


def test_minutes_tell_the_hour_of_the_place(desk: Desk, head: Caller) -> None:
    uid = head.opened(desk)["visits"][0]["uid"]
    told = problem(head.post(f"visits/{uid}/minutes", {"version": 1, **SIGNED, "begun_at": "08:00:00+07:00"}), 422)
    assert "giờ tại chỗ" in told["detail"]


@pytest.mark.parametrize("day", ["9999-12-20", "2200-01-01"])
def test_a_visit_is_planned_for_a_day_somebody_will_see(desk: Desk, head: Caller, day: str) -> None:
    body = {**surprise(desk), "visits": [{"unit": desk.units["commune"].slug, "visited_on": day}]}
    told = problem(head.post("inspections", body), 422)
    assert "xa quá" in told["detail"]


def test_a_visit_tomorrow_cannot_be_signed(desk: Desk, head: Caller) -> None:
    tomorrow = today() + timedelta(days=1)
    body = {**surprise(desk), "visits": [{"unit": desk.units["commune"].slug, "visited_on": tomorrow}]}
    uid = head.post("inspections", body).json()["visits"][0]["uid"]
    problem(head.post(f"visits/{uid}/minutes", {"version": 1, **SIGNED}), 422)
    assert Visit.objects.get(uid=uid).state == VisitState.DRAFT


def test_who_may_not_act_is_told_why_and_who_may_not_see_finds_nothing(
    desk: Desk, head: Caller, as_person: AsPerson
) -> None:
    uid = head.opened(desk)["visits"][0]["uid"]
    member, outsider = (Caller(as_person(desk.people[name])) for name in ("team_member", "outsider"))
    reason = problem(member.post(f"visits/{uid}/minutes", {"version": 1, **SIGNED}), 403)
    assert "visit.sign" in reason["detail_en"]
    problem(outsider.get(f"visits/{uid}"), 404)
    problem(outsider.post(f"visits/{uid}/annulment", {"reason": "thử"}), 404)
    problem(Caller(Client()).get(f"visits/{uid}"), 401)


def test_a_sealed_inspection_is_as_if_it_never_was(desk: Desk, head: Caller, as_person: AsPerson) -> None:
    opened = head.opened(desk, sealed=True)
    assert opened["visits"] == []
    [target] = head.post(f"inspections/{opened['uid']}/sealed", {}).json()["targets"]
    begun = head.post(f"inspections/{opened['uid']}/targets/{target['key']}/beginning", {}).json()
    stranger = Caller(as_person(desk.people["team_member"]))
    never = uuid7()
    for path, real in (("inspections", opened["uid"]), ("visits", begun["uid"])):
        there, nowhere = stranger.get(f"{path}/{real}"), stranger.get(f"{path}/{never}")
        told = [{**problem(answer, 404), "request_id": ""} for answer in (there, nowhere)]
        assert told[0] == told[1]
    assert stranger.get("inspections").json()["total"] == 0
    assert head.get("inspections").json()["total"] == 1


def test_the_list_is_filtered_and_paged(desk: Desk, head: Caller) -> None:
    desk.signed()
    head.opened(desk, form="planned", visits=[])
    assert head.get("inspections").json()["total"] == 2
    assert [one["form"] for one in head.get("inspections", form="planned").json()["inspections"]] == ["planned"]
    assert head.get("inspections", lead=desk.units["department"].slug).json()["total"] == 2
    assert head.get("inspections", year=YESTERDAY.year - 1).json()["total"] == 0
    problem(head.get("inspections", year="năm nay"), 422)


@pytest.mark.parametrize(
    ("moment", "status"),
    [("0001-01-01T00:00:00+14:00", 422), ("9999-12-31T23:59:59-14:00", 422), ("2026-01-01T07:30:00", 201)],
)
def test_the_moment_of_release_lies_in_our_years(desk: Desk, as_person: AsPerson, moment: str, status: int) -> None:
    """Without a zone it is the hour of the place."""
    body = {"lead": "so-noi-vu", "form": "surprise", "sealed": True, "members_from": moment}
    client = as_person(desk.people["team_head"])
    answer = client.post("/api/v1/inspections", json.dumps(body), content_type="application/json")
    assert answer.status_code == status
    if status == 201:
        opened = Inspection.objects.get(uid=answer.json()["uid"])
        assert opened.sealing.members_from.isoformat() == "2026-01-01T00:30:00+00:00"


@pytest.mark.parametrize("year", ["-1", "0", "10000", "1" * 30])
def test_a_year_that_no_calendar_has_is_refused(desk: Desk, as_person: AsPerson, year: str) -> None:
    assert as_person(desk.people["team_head"]).get("/api/v1/inspections", {"year": year}).status_code == 422


def test_an_upload_of_unthinkable_size_is_refused(desk: Desk, as_person: AsPerson) -> None:
    body = {"uid": str(uuid7()), "name": "a.jpg", "size": 10**400, "sha256": "0" * 64}
    address = f"/api/v1/visits/{desk.visit().uid}/uploads"
    client = as_person(desk.people["team_head"])
    assert client.post(address, json.dumps(body), content_type="application/json").status_code == 422


def test_an_upload_under_the_uid_of_another_visits_file_is_refused(desk: Desk, as_person: AsPerson) -> None:
    """Told that it had arrived, a phone would forget a photo that stands elsewhere."""
    first, head, uid = desk.visit(), desk.people["team_head"], uuid7()
    actions.add_file(first, by=head, examined=examined(), uid=uid)
    other = desk.visit(form="planned", visits=[Planned(desk.units["second_commune"], YESTERDAY, "short")])
    body = json.dumps({"uid": str(uid), "name": "a.jpg", "size": 9, "sha256": "0" * 64})
    for visit, status in ((first, 201), (other, 409)):
        address = f"/api/v1/visits/{visit.uid}/uploads"
        assert as_person(head).post(address, body, content_type="application/json").status_code == status
