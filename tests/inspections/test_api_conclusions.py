"""The API of conclusions: nobody is concluded upon unheard, through this door either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.inspections.models import Conclusion
from tests.desk import Desk
from tests.inspections.test_api import Caller, problem

AsPerson = Callable[[Any], Client]
SOON = today() + timedelta(days=5)


@pytest.fixture
def drafted(desk: Desk, as_person: AsPerson) -> dict[str, Any]:
    visit = desk.signed()
    made = Caller(as_person(desk.people["team_head"])).post(f"visits/{visit.uid}/conclusion", {})
    assert made.status_code == 201
    return dict(made.json())


def test_from_draft_to_number(desk: Desk, drafted: dict[str, Any], as_person: AsPerson) -> None:
    head, unit, leader, clerk, aggregator = (
        Caller(as_person(desk.people[who]))
        for who in ("team_head", "unit_head", "leader", "records_clerk", "aggregator")
    )
    at = f"conclusions/{drafted['uid']}"
    problem(unit.get(at), 404)
    assert head.post(f"{at}/text", {"version": drafted["version"], "strengths": "Nền nếp"}).json()["state"] == "draft"
    problem(head.post(f"{at}/text", {"version": drafted["version"], "strengths": "Bản khác"}), 409)
    problem(leader.post(f"{at}/steps/approve", {}), 422)
    assert head.post(f"{at}/steps/share", {"days": 7}).json()["state"] == "shared"
    problem(leader.post(f"{at}/steps/approve", {}), 422)
    problem(head.post(f"{at}/steps/reply", {"reply": "Nhất trí hộ"}), 403)
    assert unit.post(f"{at}/steps/reply", {"reply": "Nhất trí"}).json()["reply"] == "Nhất trí"
    assert leader.post(f"{at}/steps/return", {"reason": "Cần nêu rõ nguyên nhân"}).json()["state"] == "draft"
    head.post(f"{at}/steps/share", {"days": 7})
    problem(leader.post(f"{at}/steps/approve", {}), 422)  # shared anew, the unit is heard anew
    unit.post(f"{at}/steps/reply", {"reply": "Nhất trí"})
    assert leader.post(f"{at}/steps/approve", {}).json()["state"] == "approved"
    problem(aggregator.post(f"{at}/steps/issue", {}), 422)
    assert aggregator.post(f"{at}/steps/issue", {"issued_on": today()}).json()["state"] == "issued"
    assert clerk.post(f"{at}/steps/number", {"number": "9/KL"}).json()["number"] == "9/KL"
    told = unit.get("conclusions", state="issued").json()
    assert [(one["uid"], one["number"], one["unit"]) for one in told["conclusions"]] == [
        (drafted["uid"], "9/KL", "xa-hoang-dong")
    ]
    outsider = Caller(as_person(desk.people["outsider"]))
    assert outsider.get("conclusions").json()["total"] == 0
    problem(outsider.get(at), 404)
    assert Conclusion.objects.get().state == "issued"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("text", {"version": 1}),
        ("text", {"strengths": "Thiếu phiên bản"}),
        ("steps/share", {"days": 4}),
        ("steps/share", {"days": "7"}),
        ("steps/return", {"reason": "Đang dự thảo thì chưa trả được"}),
        ("steps/vanish", {}),
        ("steps/share", {"days": 7, "approved_by": 1}),
    ],
)
def test_what_will_not_do_is_refused(
    desk: Desk, drafted: dict[str, Any], as_person: AsPerson, path: str, body: dict[str, Any]
) -> None:
    head = Caller(as_person(desk.people["team_head"]))
    problem(head.post(f"conclusions/{drafted['uid']}/{path}", body), 422)
    kept = Conclusion.objects.get()
    assert (kept.state, kept.version) == ("draft", drafted["version"])


def test_a_step_on_an_older_version_is_refused(desk: Desk, drafted: dict[str, Any], as_person: AsPerson) -> None:
    """Whoever sends the version that was read is never told that an older one was taken."""
    head, unit, leader, aggregator = (
        Caller(as_person(desk.people[who])) for who in ("team_head", "unit_head", "leader", "aggregator")
    )
    at, old = f"conclusions/{drafted['uid']}/steps", {"version": 1}
    given = {
        "share": {},
        "reply": {"reply": "Nhất trí"},
        "return": {"reason": "Cần nêu rõ nguyên nhân"},
    }
    head.post(f"{at}/share", given["share"])
    problem(unit.post(f"{at}/reply", {**given["reply"], **old}), 409)
    unit.post(f"{at}/reply", given["reply"])
    problem(leader.post(f"{at}/return", {**given["return"], **old}), 409)
    problem(leader.post(f"{at}/approve", old), 409)
    leader.post(f"{at}/approve", {})
    problem(aggregator.post(f"{at}/issue", {"issued_on": today().isoformat(), **old}), 409)
    aggregator.post(f"{at}/issue", {"issued_on": today()})
    problem(aggregator.post(f"{at}/number", {"number": "9/KL", **old}), 409)
    assert Conclusion.objects.get().number == ""
