"""Minutes: what the unit says to each finding, a refusal before a witness, the digest, and what is added later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.models import Addendum, Finding, Minutes, Visit
from kycuong.inspections.queries import addendum_digest, minutes_digest
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
SHORT = {"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"}
ADDED = {"reason": "Ghi sót số phòng", "text": "Tiêu chí D3: phòng 203.", "team_signatory": "Trưởng đoàn"}
INTACT, CHANGED = "khớp nội dung đang lưu", "Nội dung không còn như lúc ký"


def with_finding(desk: Desk) -> Visit:
    return desk.answered(desk.visit(), D3=SHORT)


def signed(desk: Desk, **given: Any) -> Visit:
    visit = with_finding(desk)
    desk.sign(visit, **given)
    visit.refresh_from_db()
    return visit


def test_the_unit_explains_each_finding_before_it_signs(desk: Desk) -> None:
    visit = with_finding(desk)
    finding = visit.findings.get()
    desk.sign(visit, explanations={finding.uid: " Đã đặt làm, chờ giao. "})
    finding.refresh_from_db()
    assert finding.unit_explanation == "Đã đặt làm, chờ giao."
    assert entries_for(finding)[0].verb == "visit.sign"


def test_an_explanation_of_another_visits_finding_is_not_written(desk: Desk) -> None:
    other = with_finding(desk).findings.get()
    desk.sign(desk.answered(desk.visit()), explanations={other.uid: "Lạc chỗ"})
    assert Finding.objects.get(pk=other.pk).unit_explanation == ""


def test_a_refusal_needs_a_witness(desk: Desk) -> None:
    refusal = {"unit_signature": "refused", "unit_signatory": "", "refusal_reason": "Không đồng ý mục D3"}
    visit = with_finding(desk)
    with pytest.raises(BadInput) as refused:
        desk.sign(visit, **refusal)
    assert [fault["field"] for fault in refused.value.errors] == ["witness"]
    minutes = desk.sign(visit, **refusal, witness="Công an xã", secretary="Chuyên viên Phòng CCHC")
    assert (minutes.witness, minutes.secretary) == ("Công an xã", "Chuyên viên Phòng CCHC")


def test_a_witness_of_nothing_is_not_kept(desk: Desk) -> None:
    assert desk.sign(with_finding(desk), witness="Công an xã", refusal_reason="Lý do thừa").witness == ""


TAMPERED = [
    "UPDATE inspections_finding SET description = 'Không có gì'",
    "UPDATE inspections_finding SET unit_explanation = 'Tôi nhận lỗi'",
    "UPDATE inspections_visit SET present = 12",
    "UPDATE inspections_visit SET strengths = 'Tốt'",
    "UPDATE inspections_visit SET unit_name_then = 'Xã Khác'",
    "UPDATE inspections_minutes SET witness = 'Ai đó'",
    "UPDATE inspections_minutes SET secretary = 'Ai đó'",
    "UPDATE inspections_inspection SET form = 'planned'",
    "DELETE FROM inspections_finding",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_whatever_is_changed_behind_the_product_shows(desk: Desk, as_person: AsPerson, statement: str) -> None:
    visit = signed(desk)
    page = as_person(desk.people["leader"])
    assert INTACT in page.get(visit.get_absolute_url()).content.decode()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    shown = page.get(visit.get_absolute_url()).content.decode()
    assert CHANGED in shown
    assert INTACT not in shown


def test_what_comes_after_signing_leaves_the_digest_as_it_is(desk: Desk) -> None:
    visit = signed(desk)
    before = visit.minutes.digest
    actions.number_minutes(visit, by=desk.people["aggregator"], number="7/BB")
    actions.confirm_remedy(visit.findings.get(), by=desk.people["aggregator"], remedied_on=visit.visited_on)
    fresh = Visit.objects.get(pk=visit.pk)
    assert minutes_digest(fresh, fresh.minutes) == fresh.minutes.digest == before
    assert len(before) == 64


def test_an_addendum_is_signed_beside_the_minutes(desk: Desk, as_person: AsPerson) -> None:
    visit = signed(desk)
    by = desk.people["team_head"]
    first = actions.add_addendum(visit, by=by, unit_signatory="Chủ tịch UBND xã", **ADDED)
    second = actions.add_addendum(visit, by=by, unit_signatory="Chủ tịch UBND xã", **ADDED)
    assert (first.position, second.position) == (1, 2)
    assert first.digest == addendum_digest(first) != second.digest
    assert entries_for(first)[0].verb == "visit.add_addendum"
    page = as_person(desk.people["unit_head"])
    for address in (visit.get_absolute_url(), f"/visits/{visit.uid}/minutes/?print=1"):
        shown = page.get(address).content.decode()
        assert "Biên bản bổ sung lần 2" in shown
        assert "phòng 203" in shown
    assert Minutes.objects.get().digest == visit.minutes.digest


def test_an_addendum_is_refused_without_words_signatures_or_signed_minutes(desk: Desk) -> None:
    by = desk.people["team_head"]
    with pytest.raises(RuleBroken, match="chưa ký biên bản"):
        actions.add_addendum(with_finding(desk), by=by, unit_signatory="Chủ tịch", **ADDED)
    visit = signed(desk)
    for wrong, field in (
        ({"text": "  "}, "text"),
        ({"reason": "ngắn"}, "reason"),
        ({"unit_signatory": ""}, "unit_signatory"),
    ):
        with pytest.raises(BadInput) as refused:
            actions.add_addendum(visit, by=by, **{"unit_signatory": "Chủ tịch", **ADDED, **wrong})
        assert [fault["field"] for fault in refused.value.errors] == [field]
    for who in ("team_member", "leader", "unit_head"):
        with pytest.raises(NotAllowed):
            actions.add_addendum(visit, by=desk.people[who], unit_signatory="Chủ tịch", **ADDED)
    actions.annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.add_addendum(visit, by=by, unit_signatory="Chủ tịch", **ADDED)
    assert not Addendum.objects.exists()


def test_signing_and_adding_through_the_pages(desk: Desk, as_person: AsPerson) -> None:
    visit, head = with_finding(desk), as_person(desk.people["team_head"])
    finding = visit.findings.get()
    asked = head.get(f"/visits/{visit.uid}/signing/").content.decode()
    assert f"D3: {SHORT['finding']}" in asked
    typed = {"team_signatory": "Trưởng đoàn", "unit_signature": "refused", "refusal_reason": "Không đồng ý mục D3",
             f"explanation-{finding.uid}": "Đã đặt làm, chờ giao", "version": str(visit.version)}  # fmt: skip
    refused = head.post(f"/visits/{visit.uid}/signing/", typed)
    assert refused.status_code == 422
    assert "Hãy ghi người chứng kiến" in refused.content.decode()
    assert "Đã đặt làm, chờ giao" in refused.content.decode()
    done = head.post(f"/visits/{visit.uid}/signing/", {**typed, "witness": "Công an xã"})
    assert done.status_code == 302
    added = head.post(f"/visits/{visit.uid}/minutes/addenda/", {**ADDED, "unit_signature": "signed"})
    assert added.status_code == 422
    typed = {**ADDED, "unit_signature": "signed", "unit_signatory": "Chủ tịch UBND xã"}
    assert head.post(f"/visits/{visit.uid}/minutes/addenda/", typed).status_code == 302
    shown = head.get(f"/visits/{visit.uid}/minutes/").content.decode()
    for words in ("Công an xã", "Đã đặt làm, chờ giao", "Biên bản bổ sung lần 1", INTACT):
        assert words in shown
