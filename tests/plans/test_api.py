"""The API of plans: the pages' steps and refusals, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.plans.models import InspectionPlan
from tests.desk import Desk
from tests.inspections.test_api import Caller, problem

AsPerson = Callable[[Any], Client]
YEAR = today().year


@pytest.fixture
def planner(desk: Desk, as_person: AsPerson) -> Caller:
    return Caller(as_person(desk.people["coordinator"]))


@pytest.fixture
def draft(desk: Desk, planner: Caller) -> dict[str, Any]:
    body = {"agency": desk.units["district"].slug, "year": YEAR, "target_units": 2, "uid": uuid7()}
    made = planner.post("plans", body)
    assert made.status_code == 201
    assert planner.post("plans", body).json() == made.json(), "sent twice, drafted once"
    return dict(made.json())


def test_a_plan_from_draft_to_archive(desk: Desk, planner: Caller, draft: dict[str, Any], as_person: AsPerson) -> None:
    at = f"plans/{draft['uid']}"
    unit = desk.units["commune"].slug
    assert planner.post(f"{at}/items", {"unit": unit, "month": 3}).status_code == 201
    added = planner.post(f"{at}/items", {"form": "surprise", "units_count": 4}).json()
    assert [(one["unit"], one["units_count"], one["month"]) for one in added["items"]] == [
        (unit, None, 3), (None, 4, None),
    ]  # fmt: skip
    changed = planner.post(
        f"{at}/text", {"version": added["version"], "title": "Kế hoạch huyện", "target_units": 5}
    ).json()
    assert (changed["title"], changed["target_units"], changed["version"]) == (
        "Kế hoạch huyện",
        5,
        added["version"] + 1,
    )
    leader = Caller(as_person(desk.people["leader"]))
    steps = [
        (planner, "submit", {}, "submitted"),
        (leader, "return", {"note": "Chưa có chỉ tiêu từng quý"}, "draft"),
        (planner, "submit", {}, "submitted"),
        (planner, "withdraw", {}, "draft"),
        (planner, "submit", {}, "submitted"),
        (leader, "approve", {}, "approved"),
        (planner, "issue", {"issued_on": today()}, "issued"),
        (planner, "number", {"number": "7/KH-UBND"}, "issued"),
        (planner, "close", {"note": "Kết thúc trước hạn theo chỉ đạo"}, "closed"),
    ]
    for caller, step, given, state in steps:
        version = planner.get(at).json()["version"]
        taken = caller.post(f"{at}/steps/{step}", {"version": version, **given})
        assert (taken.status_code, taken.json().get("state")) == (200, state), (step, taken.json())
    told = planner.get(at).json()
    assert (told["number"], told["issued_on"]) == ("7/KH-UBND", today().isoformat())
    assert [one["kind"] for one in told["steps"]] == ["draft", *(step for _caller, step, _given, _state in steps)]
    listed = planner.get("plans", year=YEAR, state="closed").json()
    assert [one["uid"] for one in listed["plans"]] == [draft["uid"]]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("steps/submit", {"version": 9}, 409),
        ("steps/approve", {"version": 1}, 403),
        ("steps/issue", {"version": 1}, 422),
        ("steps/number", {"version": 1, "number": "1/KH"}, 422),
        ("steps/fly", {"version": 1}, 422),
        ("steps/submit", {}, 422),
        ("text", {"version": 1, "target_units": 1, "target_percent": 5}, 422),
        ("text", {"version": 1, "target_units": True}, 422),
        ("text", {"version": 1, "state": "issued"}, 422),
        ("items", {"unit": "xa-hoang-dong", "month": 13}, 422),
        ("items", {"form": "surprise", "unit": "xa-hoang-dong"}, 422),
        ("items", {"unit": "khong-co-xa-nay"}, 422),
        ("items", {"unit": "xa-hoang-dong", "topics": ["khong-co"]}, 422),
    ],
)
def test_what_will_not_do_is_refused_and_changes_nothing(
    planner: Caller, draft: dict[str, Any], path: str, body: dict[str, Any], status: int
) -> None:
    problem(planner.post(f"plans/{draft['uid']}/{path}", body), status)
    kept = InspectionPlan.objects.get()
    assert (kept.state, kept.version, kept.items.count()) == ("draft", 1, 0)


def test_a_plan_of_others_is_not_there(desk: Desk, draft: dict[str, Any], as_person: AsPerson) -> None:
    outsider = Caller(as_person(desk.people["outsider"]))
    assert outsider.get("plans").json()["plans"] == []
    problem(outsider.get(f"plans/{draft['uid']}"), 404)
    problem(outsider.post(f"plans/{draft['uid']}/steps/submit", {"version": 1}), 404)
