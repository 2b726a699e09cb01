"""The pages and the API of draws, as each side sees them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from kycuong.core.clock import today
from kycuong.draws import actions
from kycuong.draws.models import Draw
from kycuong.draws.queries import basis_of, outcome_of
from kycuong.inspections.actions import cancel_inspection
from kycuong.inspections.models import Inspection
from tests import drawing
from tests.desk import YESTERDAY, Desk
from tests.draws.test_actions import given
from tests.draws.test_verifier import FAULT_OF

AsPerson = Callable[[Any], Client]
TARGETS = {
    "lead": "so-noi-vu",
    "area": "tinh-thu-nghiem",
    "size_commune_pc": "2",
    "excluded": "Xã Bình Minh: đang có đoàn thanh tra khác",
    "source": drawing.SOURCE,
    "source_on": f"{today() + timedelta(days=1):%d/%m/%Y}",
    "reveal_by": f"{today() + timedelta(days=20):%d/%m/%Y}",
}
PEOPLE = {name: TARGETS[name] for name in ("lead", "source", "source_on", "reveal_by")} | {
    "number": "1",
    "rest_months": "12",
    "recused": "người TEAM_MEMBER: vợ công tác tại đơn vị",
}


def won_by(desk: Desk, draw: Draw) -> str:
    outcome = outcome_of(draw)
    assert outcome is not None
    return next(str(unit) for unit in desk.units.values() if str(unit.uid) == outcome.winners[0].id)


def test_a_commitment_shows_its_hash_and_nothing_of_the_list(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    answer = client.post("/draws/new/", TARGETS)
    draw = Draw.objects.get()
    assert answer.headers["Location"] == f"/draws/{draw.uid}/"
    basis = basis_of(draw)
    assert (basis.spec["sizes"], len(basis.frame["eligible"])) == ({"commune_pc": 2}, 2)
    assert list(basis.frame["excluded"][0])[1] == "đang có đoàn thanh tra khác"
    for who in ("team_head", "leader"):
        for address in (f"/draws/{draw.uid}/", f"/draws/{draw.uid}/proof.json", f"/api/v1/draws/{draw.uid}"):
            body = as_person(desk.people[who]).get(address).content.decode()
            assert draw.commitment in body
            assert not [name for name in ("Hoàng Đồng", "Bình Minh", "Xã Xa", basis.nonce) if name in body]


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    for wrong, said in (
        ({"excluded": "Xã Bình Minh"}, "thiếu dấu hai chấm"),
        ({"size_commune_pc": "9"}, "chỉ còn 2"),
        ({"size_commune_pc": ""}, "cần bốc bao nhiêu"),
        ({"source_on": f"{today():%d/%m/%Y}"}, "Phải sau hôm nay"),
        ({"complaints": "Xã Bình Minh: nhiều, sổ tiếp dân"}, "cần dạng"),
        ({"complaints": "Xã Bình Minh: 2"}, "cần dạng"),
        ({"complaints": "Xã Bình Minh: 0, sổ tiếp dân quý III"}, "Ghi số đơn và nguồn"),
        ({"complaints": "Xã Bình Minh: 2, sổ"}, "Ghi số đơn và nguồn"),
        ({"complaints": "Huyện Tây: 2, sổ tiếp dân quý III"}, "Không thuộc danh sách bốc thăm"),
        ({"area": "huyen-tay"}, "Chọn cơ quan chủ trì hoặc cấp trên"),
    ):
        answer = client.post("/draws/new/", {**TARGETS, **wrong})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert drawing.SOURCE in answer.content.decode()
    assert not Draw.objects.exists()


def test_inspectors_are_committed_to_by_name(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    assert client.post("/draws/new/inspectors/", {**PEOPLE, "recused": "Ai Đó: lý do gì đó"}).status_code == 422
    assert client.post("/draws/new/inspectors/", PEOPLE).status_code == 302
    assert len(basis_of(Draw.objects.get()).frame["excluded"]) == 1


def test_from_the_source_to_the_proof_on_the_pages(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["team_head"])
    draw = drawing.committed(**given(desk, ago=30))
    place = f"/draws/{draw.uid}/"
    assert client.post(f"{place}beacon/", {"beacon": "48213", "again": "48214"}).status_code == 422
    assert client.post(f"{place}beacon/", {"beacon": "48213", "again": "48213", "version": "1"}).status_code == 302
    draw.refresh_from_db()
    name = won_by(desk, draw)
    assert name not in client.get(place).content.decode()
    looked = client.post(f"{place}sealed/").content.decode()
    assert name in looked
    assert "Người team_head mở lúc" in looked
    opening = {"visited_on": f"{YESTERDAY:%d/%m/%Y}", "head": str(desk.people["team_head"].uid), "version": "2",
               "added": "phong-cai-cach-hanh-chinh", "why_added": "Có đơn thư phản ánh gần đây."}  # fmt: skip
    assert client.post(f"{place}inspection/", {**opening, "version": "1"}).status_code == 422
    assert client.post(f"{place}inspection/", opening).headers["Location"].startswith("/inspections/")
    assert client.post(f"{place}revelation/", {"version": "3"}).status_code == 422
    early = client.post(f"{place}revelation/", {"sure": "on"})
    assert early.status_code == 422
    assert "kể cả khi đã quá hạn" in early.content.decode()
    cancel_inspection(Inspection.objects.get(), by=desk.people["aggregator"], reason="Hoãn vì bão lũ ở xã")
    assert client.post(f"{place}revelation/", {"sure": "on"}).status_code == 302
    seen = as_person(desk.people["leader"])
    body = seen.get(place).content.decode()
    assert name in body
    assert "chỉ định" in body
    told = json.loads(seen.get(f"{place}proof.json").content)
    assert FAULT_OF(told, draw.commitment) == ""
    assert seen.get(f"/api/v1/draws/{draw.uid}").json()["winners"] == told["winners"]


def test_thrown_away_and_overdue_draws_are_counted_in_the_list(desk: Desk, as_person: AsPerson) -> None:
    drawing.committed(**given(desk, ago=30))
    thrown = drawing.committed(**given(desk))
    reason = {"reason": "Nguồn công khai không quay thưởng."}
    assert as_person(desk.people["team_head"]).post(f"/draws/{thrown.uid}/abandonment/", reason).status_code == 302
    body = as_person(desk.people["leader"]).get("/draws/").content.decode()
    assert "1 lần quá hạn công bố, 1 lần đã bỏ" in body
    assert reason["reason"] in as_person(desk.people["leader"]).get(f"/draws/{thrown.uid}/").content.decode()
    states = as_person(desk.people["leader"]).get("/api/v1/draws").json()["draws"]
    assert sorted(one["state"] for one in states) == ["abandoned", "committed"]


def test_the_looks_are_shown_to_the_short_list_only(desk: Desk, as_person: AsPerson) -> None:
    draw = drawing.drawn(**given(desk))
    actions.look_at_draw(draw, by=desk.people["team_head"])
    assert "Mở xem phần niêm phong" in as_person(desk.people["team_head"]).get(f"/draws/{draw.uid}/").content.decode()
    body = as_person(desk.people["aggregator"]).get(f"/draws/{draw.uid}/").content.decode()
    assert "Mở xem phần niêm phong" not in body
    assert f"/draws/{draw.uid}/sealed/" not in body


def test_the_verifier_and_the_explanation_are_for_everybody(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["nobody"])
    assert b"def fault_of" in client.get("/draws/verify_draw.py").content
    body = client.get("/draws/how/").content.decode()
    assert "python3 verify_draw.py" in body
    assert "chưa kiểm tra lần nào: 4 vé" in body
