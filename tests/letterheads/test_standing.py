"""What a document may still say: nothing of what was annulled or called off, of a draft that it is one, of minutes all that was signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import localtime

from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.documents.beside import FILES, PICKS
from kycuong.inspections.documents.opening import BLANK
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person
from kycuong.papers.model import day_words
from kycuong.plans.actions import Item, add_item, amend_plan, draft_plan, issue_plan, number_plan
from kycuong.plans.models import InspectionPlan
from tests.desk import YESTERDAY, Desk
from tests.followup.issued import drafted, issue, recommended
from tests.followup.test_remedies import report
from tests.papers.samples import found_in, words_of_pdf, words_of_word
from tests.photos import examined

from .test_papers import file, text

Client = Callable[[Any], Any]
WHY = "Ghi nhầm đơn vị, đã lập lại biên bản."


def test_nothing_is_given_out_of_an_annulled_visit(desk: Desk, as_person: Client) -> None:
    one, _other = recommended(desk)
    told, by = report(desk, one), desk.people["aggregator"]
    conclusion = one.visit.conclusion
    places = {
        f"/papers/conclusion/{conclusion.uid}.docx": f"/conclusions/{conclusion.uid}/",
        f"/papers/remedy/{told.uid}.docx": f"/recommendations/{one.uid}/",
    }
    for address, page in places.items():
        assert address in as_person(by).get(page).content.decode()
    actions.annul_visit(one.visit, by=by, reason=WHY)
    for address, page in places.items():
        assert address not in as_person(by).get(page).content.decode()
    for kind, uid in (("conclusion", conclusion.uid), ("remedy", told.uid)):
        with pytest.raises(RuleBroken, match="không còn hiệu lực"):
            file(kind, uid, by)


def test_lists_of_units_leave_out_annulled_visits(desk: Desk) -> None:
    visits = [Planned(desk.units[name], YESTERDAY, "short") for name in ("commune", "second_commune")]
    found, by = desk.open(form="planned", visits=visits), desk.people["aggregator"]
    first = found.visits.get(unit=desk.units["commune"])
    desk.sign(desk.answered(first))
    actions.annul_visit(first, by=by, reason=WHY)
    for kind in ("decision", "notice"):
        told = text(file(kind, found.uid, by))
        assert "Bình Minh" in told, kind
        assert "Hoàng Đồng" not in told, kind


def test_no_team_is_sent_by_what_was_called_off_nor_to_ones_own_house(desk: Desk, as_person: Client) -> None:
    by = desk.people["team_head"]
    off = desk.open(form="planned")
    actions.cancel_inspection(off, by=desk.people["aggregator"], reason=WHY)
    own = desk.open(form="self_check", visits=[Planned(desk.units["department"], YESTERDAY, "short")])
    for found, words in ((off, "đã hủy"), (own, "tự kiểm tra")):
        for kind in ("decision", "notice"):
            assert f"/papers/{kind}/" not in as_person(by).get(f"/inspections/{found.uid}/").content.decode()
            with pytest.raises(RuleBroken, match=words):
                file(kind, found.uid, by)


def test_a_sealed_decision_names_topics_and_cites_the_plan(desk: Desk) -> None:
    coded = Topic.objects.exclude(code="").order_by("pk")[:2]
    planner = desk.people["aggregator"]
    plan = draft_plan(by=planner, agency=desk.units["department"], year=today().year)
    issue_plan(plan, by=planner, issued_on=today())
    number_plan(plan, by=desk.people["records_clerk"], number="7/KH-SNV")
    plan = InspectionPlan.objects.get(pk=plan.pk)
    found = desk.open(sealed=True, title="Bất ngờ đầu giờ", topics=list(coded), plan=plan)
    told = text(file("decision", found.uid, desk.people["team_head"]))
    assert f"Nội dung kiểm tra: {'; '.join(one.title for one in coded)}." in told
    assert f"Căn cứ Kế hoạch số 7/KH-SNV {day_words(today())}" in told


def test_a_decision_without_seats_leaves_room_for_names_and_points_to_its_content(desk: Desk) -> None:
    found = desk.open(form="planned", team=[])
    told = text(file("decision", found.uid, desk.people["aggregator"]))
    assert "danh sách kèm theo" not in told
    assert f"1. {BLANK}, Trưởng đoàn;" in told
    assert "theo nội dung tại Điều 2;" in told


def test_minutes_bear_choices_and_files_as_they_were_signed(desk: Desk) -> None:
    visit, by = desk.answered(desk.visit()), desk.people["team_head"]
    pick = actions.pick_case_files(visit, by=by, subject="Hồ sơ đất đai", number=3, size=9)
    again = actions.pick_case_files(visit, by=by, subject="Hồ sơ đất đai", number=2, size=9, reason="Một hồ sơ đã trả")
    photo = actions.add_file(visit, by=by, examined=examined(), criterion_code="D3", caption="Tủ hồ sơ ngoài hành lang")
    desk.sign(Visit.objects.get(pk=visit.pk))
    word, pdf = file("minutes", visit.uid, by), file("minutes", visit.uid, by, "pdf")
    told = text(word)
    whole = told.replace("\n", "")
    for one in (pick, again):
        assert ", ".join(one.picked) in told
        assert one.seed in whole
        assert one.list_sha256 in whole
    assert "Lý do chọn thêm: Một hồ sơ đã trả" in told
    assert photo.caption in told
    assert photo.attachment.sha256 in whole
    assert found_in(word) == []
    written, printed = words_of_word(word), words_of_pdf(pdf)
    heads = {part for column in (*PICKS, *FILES) for part in column.title.split()}
    assert not written - printed
    assert set(printed - written) <= heads, "a table that goes on overleaf repeats its head"


def test_an_addendum_says_when_and_which_time(desk: Desk) -> None:
    visit, by = desk.signed(), desk.people["team_head"]
    given = {
        "reason": "Ghi thiếu một ý khi lập biên bản",
        "team_signatory": "Trưởng đoàn",
        "unit_signatory": "Chủ tịch",
    }
    actions.add_addendum(visit, by=by, text="Bổ sung một ý.", **given)
    added = actions.add_addendum(visit, by=by, text="Bổ sung ý nữa.", **given)
    told = text(file("addendum", added.uid, by)).replace("\n", " ")
    assert f"Hôm nay, {day_words(localtime(added.signed_at).date())}, " in told
    assert "Bổ sung, đính chính (lần 2) Biên bản" in told


def test_a_draft_says_that_it_is_one_until_it_is_approved(desk: Desk) -> None:
    conclusion, by = drafted(desk), desk.people["aggregator"]
    plan = draft_plan(by=by, agency=desk.units["department"], year=today().year)
    for kind, uid in (("conclusion", conclusion.uid), ("plan", plan.uid)):
        word, pdf = file(kind, uid, by), file(kind, uid, by, "pdf")
        assert "(Dự thảo)" in text(word).replace("\n", " ")
        assert {"DỰ", "THẢO,"} <= set(words_of_pdf(pdf)), "at the foot of each page"
        assert found_in(word) == []
    issue(desk, conclusion)
    issue_plan(plan, by=by, issued_on=today())
    for kind, uid in (("conclusion", conclusion.uid), ("plan", plan.uid)):
        assert "dự thảo" not in " ".join(words_of_pdf(file(kind, uid, by, "pdf"))).lower()


def test_an_amended_plan_says_by_what_and_keeps_notes_inside(desk: Desk) -> None:
    by = desk.people["aggregator"]
    plan = draft_plan(by=by, agency=desk.units["department"], year=today().year)
    add_item(plan, by=by, said=Item(form="planned", unit=desk.units["commune"], month=5, note="Hỏi lại trưởng phòng"))
    issue_plan(plan, by=by, issued_on=today())
    plan.refresh_from_db()
    assert "điều chỉnh theo văn bản" not in text(file("plan", plan.uid, by))
    amend_plan(plan, by=by, version=plan.version, document_number="9/KH-SNV", document_on=today())
    told = text(file("plan", plan.uid, by))
    assert f"Kế hoạch này đã được điều chỉnh theo văn bản số 9/KH-SNV {day_words(today())}." in told
    assert "Hỏi lại" not in told


def _head(found: Inspection) -> TeamMember:
    return TeamMember.objects.current().get(inspection=found, role=TeamRole.HEAD)


def test_a_report_keeps_the_name_of_whoever_headed_the_team_then(desk: Desk) -> None:
    visit, head, next_one = desk.signed(), desk.people["team_head"], desk.people["team_member"]
    Person.objects.filter(pk=head.pk).update(full_name="Người Đứng Đầu Cũ")
    Person.objects.filter(pk=next_one.pk).update(full_name="Người Đứng Đầu Mới")
    found, by = visit.inspection, desk.people["aggregator"]
    actions.submit_report(found, by=head, text="Kết quả tốt.", reported_on=today())
    joining = [Seat(next_one, role=TeamRole.HEAD)]
    actions.change_team(found, by=by, leaving={_head(found): "Chuyển công tác từ hôm nay"}, joining=joining)
    told = text(file("report", found.uid, by))
    assert "Người Đứng Đầu Cũ" in told
    assert "Người Đứng Đầu Mới" not in told
