"""Pages and the API of what is sealed: each answer that tells something is one look in the log, and bears its reader's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.core.ids import uuid7
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import looks_of, plan_of, sealing_of
from kycuong.inspections.rules import TeamRole
from tests.desk import DAY_TYPED, YESTERDAY, Desk

AsPerson = Callable[[Any], Client]
TELLING = ("Xã Hoàng Đồng", "xa-hoang-dong", "Bất ngờ đầu giờ", "Cửa khóa từ sáng")


@pytest.fixture
def inspection(desk: Desk) -> Inspection:
    return desk.open(
        sealed=True,
        title="Bất ngờ đầu giờ",
        short_list=[desk.people["aggregator"]],
        team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["team_member"])],
        visits=[Planned(desk.units[name], YESTERDAY, "short") for name in ("commune", "commune", "second_commune")],
    )


def looks(inspection: Inspection) -> int:
    sealing = sealing_of(inspection)
    assert sealing is not None
    return len(looks_of(sealing))


def first(inspection: Inspection) -> str:
    sealing = sealing_of(inspection)
    assert sealing is not None
    return plan_of(sealing).waiting[0].key


def tells(answer: Any) -> bool:
    """Whether the answer holds what is sealed; what the person has just typed and gets back is not told."""
    return answer.status_code in (200, 201, 422) and any(word in answer.content.decode() for word in TELLING)


def walk(client: Client, asks: list[tuple[str, str, dict[str, str]]]) -> list[Any]:
    answers = []
    for method, address, given in asks:
        if address.startswith("/api/") and method == "post":
            answers.append(client.post(address, json.dumps(given), content_type="application/json"))
        else:
            answers.append(getattr(client, method)(address, given))
    return answers


def test_every_answer_that_tells_of_a_waiting_target_is_a_look(
    desk: Desk, inspection: Inspection, as_person: AsPerson
) -> None:
    place, key = f"/inspections/{inspection.uid}", first(inspection)
    asks: list[tuple[str, str, dict[str, str]]] = [
        ("get", f"{place}/", {}),
        ("get", "/inspections/", {}),
        ("get", "/inspections/", {"q": "hoang dong"}),
        ("get", "/mine/", {}),
        ("get", "/", {}),
        ("get", f"{place}/targets/", {}),
        ("get", f"{place}/release/", {}),
        ("get", f"{place}/targets/{key}/", {}),
        ("post", f"{place}/targets/{key}/", {"unit": "xa-hoang-dong", "visited_on": "khi nào"}),
        ("get", f"{place}/targets/{key}/strike/", {}),
        ("post", f"{place}/targets/{key}/strike/", {"reason": "bỏ"}),
        (
            "post",
            f"{place}/targets/{key}/",
            {"unit": "xa-hoang-dong", "visited_on": DAY_TYPED, "checklist_form": "full"},
        ),
        ("get", f"{place}/targets/{uuid7()}/", {}),
        ("post", f"{place}/sealed/", {}),
        ("post", f"{place}/opening/", {}),
        ("get", f"/api/v1{place}", {}),
        ("get", "/api/v1/inspections", {"q": "hoang dong"}),
        ("post", f"/api/v1{place}/sealed", {}),
        ("post", f"/api/v1{place}/targets", {"unit": "xa-xa", "visited_on": YESTERDAY.isoformat()}),
        ("get", f"{place}/sealed/", {}),
    ]
    for who in ("team_head", "aggregator", "team_member", "leader", "outsider"):
        before = looks(inspection)
        told = [tells(answer) for answer in walk(as_person(desk.people[who]), asks)]
        assert looks(inspection) - before == sum(told), who
        assert any(told) is (who in {"team_head", "aggregator"})


@pytest.mark.long
def test_every_page_of_a_begun_visit_is_a_look_until_it_is_signed(
    desk: Desk, inspection: Inspection, as_person: AsPerson
) -> None:
    head = desk.people["team_head"]
    visit = actions.begin_target(inspection, by=head, key=first(inspection), as_planned=True)
    finding = actions.add_finding(visit, by=head, description="Cửa khóa từ sáng", severity=1)
    place, version = f"/visits/{visit.uid}", {"version": "999"}
    asks: list[tuple[str, str, dict[str, str]]] = [
        ("get", f"{place}/", {}),
        ("post", f"{place}/", {"present": "mười"}),
        ("get", f"{place}/signing/", {}),
        ("post", f"{place}/signing/", {}),
        ("get", f"{place}/minutes/", {}),
        ("get", f"{place}/minutes/", {"print": "1"}),
        ("get", f"{place}/minutes/number/", {}),
        ("get", f"{place}/minutes/addenda/", {}),
        ("get", f"{place}/annulment/", {}),
        ("get", f"{place}/removal/", {}),
        ("get", f"/findings/{finding.uid}/", {}),
        ("post", f"/findings/{finding.uid}/", {"severity": "1"}),
        ("get", f"/findings/{finding.uid}/remedy/", {}),
        ("get", f"/findings/{finding.uid}/people/", {}),
        ("get", f"{place}/files/", {}),
        ("post", f"{place}/files/", {}),
        ("get", f"{place}/picks/", {}),
        ("post", f"{place}/picks/", {}),
        ("get", f"/inspections/{inspection.uid}/", {}),
        ("get", "/inspections/", {"q": "hoang dong"}),
        ("get", "/mine/", {}),
        ("get", "/units/xa-hoang-dong/", {}),
        ("get", f"/api/v1{place}", {}),
        ("get", f"/api/v1/inspections/{inspection.uid}", {}),
        ("post", f"/api/v1{place}/answers", {"version": 1, "answers": {}}),  # type: ignore[dict-item]
        ("post", f"/api/v1{place}/minutes", version),
        ("get", f"/inspections/{inspection.uid}/groups/", {}),
        ("post", f"/inspections/{inspection.uid}/groups/", {"name-0": ""}),
        ("get", f"/inspections/{inspection.uid}/team/", {}),
        ("get", f"/inspections/{inspection.uid}/declaration/", {}),
        ("post", f"/inspections/{inspection.uid}/declaration/", {}),
        ("get", f"/inspections/{inspection.uid}/waiver/", {}),
        ("get", "/calendar/", {}),
    ]
    for who in ("team_head", "aggregator", "team_member", "leader"):
        before = looks(inspection)
        answers = walk(as_person(desk.people[who]), asks)
        telling = [
            answer
            for (_method, address, _given), answer in zip(asks, answers, strict=True)
            if tells(answer) and not address.startswith("/units/") and "problem+json" not in answer["Content-Type"]
        ]
        assert looks(inspection) - before == len(telling), who
        if who in {"leader", "team_member"}:
            assert telling == []
    desk.answered(visit)
    desk.sign(visit)
    before = looks(inspection)
    assert tells(as_person(head).get(f"{place}/"))
    assert looks(inspection) == before


def test_sealed_pages_bear_the_readers_name_and_stay_in_no_cache(
    desk: Desk, inspection: Inspection, as_person: AsPerson
) -> None:
    head = desk.people["team_head"]
    client, place = as_person(head), f"/inspections/{inspection.uid}"
    sealed = client.post(f"{place}/sealed/", headers={"X-Request-Id": "trang-0123456789"})
    visit = actions.begin_target(inspection, by=head, key=first(inspection), as_planned=True)
    for answer in (sealed, client.get(f"/visits/{visit.uid}/"), client.get(f"/visits/{visit.uid}/minutes/?print=1")):
        page = answer.content.decode()
        assert page.count('class="watermark" aria-hidden="true"') == 1
        assert page.count(f'data-mark="{head.full_name} · ') > 20
        assert answer.headers["X-Request-Id"] in page
        assert "no-store" in answer.headers["Cache-Control"]
    assert "trang-0123456789" in sealed.content.decode()
    assert "watermark" not in client.get(f"{place}/").content.decode().split("</head>")[1]


def test_the_page_goes_from_the_seal_to_the_door(desk: Desk, inspection: Inspection, as_person: AsPerson) -> None:
    client, place, key = as_person(desk.people["team_head"]), f"/inspections/{inspection.uid}", first(inspection)
    shown = client.get(f"{place}/").content.decode()
    assert "Xem phần niêm phong" in shown
    assert "Hoàng Đồng" not in shown
    assert client.post(f"{place}/targets/{key}/beginning/", {"on": "planned"}).status_code == 302
    visit = Visit.objects.get()
    assert visit.visited_on == YESTERDAY
    after = client.get(f"{place}/").content.decode()
    assert f"/visits/{visit.uid}/" in after
    assert "Hoàng Đồng" not in after
    assert "Ai đã xem, lúc nào" not in shown
    client.post(f"{place}/sealed/")
    assert "Ai đã xem, lúc nào" in client.get(f"{place}/").content.decode()


@pytest.mark.parametrize(
    ("part", "given", "wrong"),
    [
        ("targets/", {"unit": "khong-co", "visited_on": DAY_TYPED}, "khong-co"),
        ("targets/", {"unit": "so-noi-vu", "visited_on": DAY_TYPED}, "không tự kiểm tra"),
        ("release/", {"on": DAY_TYPED, "at": ""}, "cả ngày và giờ"),
        ("release/", {"on": "hôm sau", "at": "7 giờ"}, "hôm sau"),
    ],
)
def test_bad_input_is_told_and_kept(
    desk: Desk, inspection: Inspection, as_person: AsPerson, part: str, given: dict[str, str], wrong: str
) -> None:
    answer = as_person(desk.people["team_head"]).post(f"/inspections/{inspection.uid}/{part}", given)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_release_at_the_end_of_the_calendar_is_refused(
    desk: Desk, inspection: Inspection, as_person: AsPerson, day: str
) -> None:
    client = as_person(desk.people["team_head"])
    answer = client.post(f"/inspections/{inspection.uid}/release/", {"on": day, "at": "00:00", "version": "1"})
    assert answer.status_code == 422
    assert "2000–2100" in answer.content.decode()
    typed = {"lead": "so-noi-vu", "form": "surprise", "sealed": "on", "members_on": day, "members_at": "23:59"}
    rows = {"visits-TOTAL_FORMS": "0", "visits-INITIAL_FORMS": "0"}
    answer = client.post("/inspections/new/", {**typed, **rows})
    assert answer.status_code == 422
    assert "2000–2100" in answer.content.decode()


def test_the_form_of_opening_seals_with_its_release(desk: Desk, as_person: AsPerson) -> None:
    given = {"lead": "so-noi-vu", "form": "surprise", "checklist_form": "by_form", "sealed": "on", "title": "Kín",
             "visits-TOTAL_FORMS": "1", "visits-INITIAL_FORMS": "0", "visits-0-unit": "xa-hoang-dong",
             "visits-0-visited_on": DAY_TYPED, "members_on": DAY_TYPED, "members_at": "07:30"}  # fmt: skip
    client = as_person(desk.people["team_head"])
    refused = client.post("/inspections/new/", {**given, "decision_number": "7/QĐ"})
    assert refused.status_code == 422
    assert "Để trống khi niêm phong" in refused.content.decode()
    half = client.post("/inspections/new/", {**given, "members_at": ""})
    assert half.status_code == 422
    assert client.post("/inspections/new/", given).status_code == 302
    sealing = sealing_of(Inspection.objects.get())
    assert sealing is not None
    assert sealing.members_from is not None
    assert f"{sealing.members_from.astimezone():%M}" == "30"
