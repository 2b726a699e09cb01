"""The pages of versions: a draft from its beginning to its publication, two versions side by side, a version tried out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.catalog.actions import change_criterion, publish_draft, start_draft
from kycuong.catalog.models import Checklist
from kycuong.core.clock import today
from tests.desk import Desk, asked

AsPerson = Callable[[Any], Client]
TYPED = {name: str(value) for name, value in asked(code="A7").items()} | {"counted": "on", "in_short_form": "on"}


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_version_from_its_beginning_to_its_publication(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["aggregator"])
    begun = client.post(
        "/checklists/versions/new/", {"version": "1.1", "title": "Phiếu", "based_on": desk.checklist.pk}
    )
    draft = Checklist.objects.get(version="1.1")
    assert begun.url == draft.get_absolute_url()
    place = begun.url
    assert client.post(f"{place}groups/", {"code": "K", "title": "Khác"}).url == f"{place}#K"
    typed = TYPED | {"for_kinds": ["commune_pc"], "asked_after": "A1", "asked_on": "pass"}
    assert client.post(f"{place}groups/A/criteria/", typed).url == f"{place}#A7"
    refused = client.post(f"{place}publication/", {"valid_from": f"{today():%d/%m/%Y}"})
    assert refused.status_code == 422
    assert "Nhóm chưa có tiêu chí nào" in text_of(refused)
    shown = text_of(client.get(place))
    assert "chỉ hỏi ở: UBND cấp xã" in shown
    assert "chỉ hỏi khi A1: Đạt (Có)" in shown
    client.post(f"{place}groups/K/removal/")
    client.post(f"{place}criteria/A7/place/", {"to": "up"})
    client.post(f"{place}criteria/A7/", TYPED | {"text": "Có sổ trực"})
    client.post(f"{place}criteria/A6/removal/")
    sure = text_of(client.get(f"{place}publication/"))
    assert "Từ 1.0 sang 1.1: thêm 1, bỏ 1, sửa 0, giữ nguyên 43 tiêu chí" in sure
    done = client.post(f"{place}publication/", {"valid_from": f"{today():%d/%m/%Y}"})
    assert done.url == "/checklists/1.1/"
    assert client.get("/checklists/").url == "/checklists/1.1/"
    assert client.get(place).url == "/checklists/1.1/"
    assert "Có sổ trực" in text_of(client.get("/checklists/1.1/"))


def test_a_stale_form_is_shown_again_with_what_was_typed(desk: Desk, as_person: AsPerson) -> None:
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    held = draft.revision
    change_criterion(draft.criteria.get(code="A2"), by=by, content=asked(text="Của người kia"))
    client, place = as_person(by), f"{draft.get_absolute_url()}criteria/A2/"
    told = client.post(place, TYPED | {"text": "Của tôi", "revision": str(held)})
    assert told.status_code == 409
    assert "Hai người cùng sửa" in text_of(told)
    assert "Của tôi" in text_of(told)
    revision = re.search(r'name="revision" value="(\d+)"', told.content.decode())
    assert revision
    assert client.post(place, TYPED | {"text": "Của tôi", "revision": revision[1]}).status_code == 302
    assert draft.criteria.get(code="A2").text == "Của tôi"


def test_a_refused_form_may_be_mended_and_sent_again(desk: Desk, as_person: AsPerson) -> None:
    draft = start_draft(by=desk.people["aggregator"], version="1.1", title="Phiếu", based_on=desk.checklist)
    client, place = as_person(desk.people["aggregator"]), f"{draft.get_absolute_url()}groups/A/criteria/"
    page = client.get(place)
    for typed, status in (({"severity": "3"}, 422), ({"severity_to": "4"}, 302)):
        revision = re.search(r'name="revision" value="(\d+)"', page.content.decode())
        assert revision
        page = client.post(place, TYPED | typed | {"revision": revision[1]})
        assert page.status_code == status, text_of(page)


def test_two_versions_side_by_side(desk: Desk, as_person: AsPerson) -> None:
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    change_criterion(draft.criteria.get(code="B2"), by=by, content={"severity_to": 4})
    publish_draft(draft, by=by)
    client = as_person(desk.people["unit_head"])
    shown = text_of(client.get("/checklists/compare/", {"old": "1.0", "new": "1.1"}))
    assert "B2 Đến mức Trung bình Rất nghiêm trọng" in shown
    assert client.get("/checklists/compare/", {"old": "1.0", "new": "9"}).status_code == 200
    assert "không khác gì" in text_of(client.get("/checklists/compare/", {"old": "1.0", "new": "1.0"}))


def test_a_draft_is_compared_only_by_who_may_see_it(desk: Desk, as_person: AsPerson) -> None:
    start_draft(by=desk.people["aggregator"], version="1.1", title="Dự thảo kín", based_on=desk.checklist)
    client = as_person(desk.people["leader"])
    assert "Dự thảo kín" not in text_of(client.get("/checklists/compare/", {"old": "1.0", "new": "1.1"}))
    assert "Dự thảo kín" not in text_of(client.get("/checklists/versions/"))
    for address in ("/checklists/1.1/", "/checklists/1.1/preview/", "/checklists/1.1/file.xlsx"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 44),
        ({"checklist_form": "short"}, 15),
        ({"checklist_form": "short", "kind": "commune_pc"}, 14),
        ({"kind": "x"}, 44),
    ],
)
def test_a_version_is_tried_out_as_it_is_asked(
    desk: Desk, as_person: AsPerson, query: dict[str, str], count: int
) -> None:
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    change_criterion(draft.criteria.get(code="D6"), by=by, content={"for_kinds": ["division"]})
    change_criterion(draft.criteria.get(code="D5"), by=by, content={"asked_after": "D3", "asked_on": "short"})
    page = as_person(by).get("/checklists/1.1/preview/", query).content.decode()
    assert page.count('id="criterion-') == count
    assert 'data-after="D3" data-on="partial fail"' in page


def test_legal_bases_are_kept_up_by_hand(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["aggregator"])
    typed = {"number": "9/2026/NĐ-CP", "title": "Mới", "valid_from": "01/02/2026", "last": "31/12/2030"}
    assert client.post("/checklists/bases/new/", typed).status_code == 302
    assert client.post("/checklists/bases/new/", typed).status_code == 422
    shown = text_of(client.get("/checklists/bases/"))
    assert "9/2026/NĐ-CP Mới 01/02/2026 – trước 01/01/2031" in shown
    assert as_person(desk.people["coordinator"]).post("/checklists/bases/new/", typed).status_code == 403


def test_programs_read_what_a_version_asks(desk: Desk, as_person: AsPerson) -> None:
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    change_criterion(draft.criteria.get(code="D5"), by=by, content={"asked_after": "D3", "asked_on": "short"})
    told = as_person(by).get("/api/v1/checklists/1.1").json()
    assert (told["based_on"], told["published_on"], len(told["criteria"])) == ("1.0", None, 44)
    waiting = next(one for one in told["criteria"] if one["code"] == "D5")
    assert (waiting["asked_after"], waiting["asked_on_outcomes"]) == ("D3", ["partial", "fail"])
    other = as_person(desk.people["leader"])
    assert [one["version"] for one in other.get("/api/v1/checklists").json()] == ["1.0"]
    assert other.get("/api/v1/checklists/1.1").status_code == 404
