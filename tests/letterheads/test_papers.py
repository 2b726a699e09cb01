"""Every kind of paper from what people wrote: the decree's format, the same words in both files, only for who may see it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.module_loading import import_string
from docx import Document as WordFile

from kycuong.core.clock import today
from kycuong.core.problems import Missing, RuleBroken
from kycuong.followup import actions as following
from kycuong.followup.models import RemedyReport
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection, Minutes, Visit
from kycuong.inspections.queries import looks_of, sealing_of
from kycuong.inspections.rules import TeamRole
from kycuong.letterheads.documents import written
from kycuong.letterheads.rules import OTHERS, Paper
from kycuong.orgs.models import Person
from kycuong.plans.actions import Item, add_item, draft_plan, issue_plan, number_plan, remind_agencies
from kycuong.plans.models import InspectionPlan
from tests.clocks import it_is
from tests.desk import YESTERDAY, Desk
from tests.followup.issued import drafted, issue, of, recommended
from tests.followup.test_remedies import LATER, report
from tests.papers.samples import found_in, words_of_pdf, words_of_word

Client = Callable[[Any], Any]
BUILDERS = [import_string(builder) for builder in settings.PAPERS.values()]
"""Read now: a module that is first imported on another day than today's would keep that day."""
ALONE = [Paper.MINUTES, Paper.CONCLUSION, Paper.REMEDY]
"""What the unit that was visited may take away."""


@pytest.fixture
def uids(desk: Desk) -> dict[str, UUID]:
    """Kind → the record of which it is."""
    conclusion, head = drafted(desk), desk.people["team_head"]
    visit = conclusion.visit
    actions.submit_report(visit.inspection, by=head, text="Đoàn đã kiểm tra.\nKết quả tốt.", reported_on=today())
    issue(desk, conclusion)
    one = of(visit)[0]
    plan = draft_plan(by=desk.people["aggregator"], agency=desk.units["department"], year=today().year)
    add_item(plan, by=desk.people["aggregator"], said=Item(form="planned", unit=desk.units["commune"], month=5))
    told = actions.open_inspection(
        by=head, lead=desk.units["department"], form="planned", title="Kiểm tra công vụ năm nay",
        team=[Seat(head, role=TeamRole.HEAD), Seat(None, "Chuyên viên, thư ký", TeamRole.SECRETARY)],
        visits=[Planned(desk.units["second_commune"], today(), "short")],
    )  # fmt: skip
    added = actions.add_addendum(
        visit,
        by=head,
        reason="Ghi thiếu một ý khi lập biên bản",
        text="Bổ sung một ý.",
        team_signatory="Trưởng đoàn",
        unit_signatory="Chủ tịch",
    )
    return {
        "plan": plan.uid, "decision": told.uid, "notice": told.uid, "minutes": visit.uid, "addendum": added.uid,
        "report": visit.inspection.uid, "conclusion": visit.conclusion.uid, "urge": one.uid,
        "remedy": report(desk, recommended_other(one)).uid, "plan-urge": reminded(desk).uid,
    }  # fmt: skip


def reminded(desk: Desk) -> Any:
    """Two agencies were reminded of their plans of next year."""
    agencies = [desk.units["department"], desk.units["second_commune"]]
    words = "Đề nghị ban hành kế hoạch trước ngày 15/01."
    return remind_agencies(agencies, by=desk.people["aggregator"], year=today().year + 1, words=words)[0]


def recommended_other(one: Any) -> Any:
    return one.visit.recommendations.exclude(pk=one.pk).get()


def file(kind: str, uid: UUID, by: Person, form: str = "docx") -> bytes:
    return written(kind, uid, form, by=by).data


def text(data: bytes) -> str:
    words = WordFile(io.BytesIO(data))
    cells = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in words.paragraphs), *cells])


def test_every_kind_is_in_order_and_says_the_same_in_both_files(
    desk: Desk, uids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(uids) == set(settings.PAPERS) == {*Paper.values, *OTHERS} - {Paper.SUMMARY}
    by = desk.people["aggregator"]
    issue_plan(InspectionPlan.objects.get(uid=uids["plan"]), by=by, issued_on=today())
    it_is(monkeypatch, LATER)  # so that there is something to urge
    for kind, uid in uids.items():
        word, pdf = file(kind, uid, by), file(kind, uid, by, "pdf")
        assert found_in(word) == [], kind
        assert words_of_word(word) == words_of_pdf(pdf), kind


def test_forty_findings_and_none_are_in_order(desk: Desk) -> None:
    visit = desk.visit()
    many = {
        code: {"outcome": "fail", "finding": f"Tồn tại ở tiêu chí {code}, " + "rất dài " * 60}
        for code in ("D3", "D4", "D5", "D6", "D8", "C2", "C3", "C4", "E2", "E3")
    }
    desk.sign(desk.answered(visit, **many))
    full = file("minutes", visit.uid, desk.people["team_head"])
    assert found_in(full) == []
    assert text(full).count("rất dài rất dài") >= len(many) == 10
    bare = desk.signed(visits=[Planned(desk.units["second_commune"], YESTERDAY, "short")])
    empty = file("minutes", bare.uid, desk.people["team_head"])
    assert found_in(empty) == []
    assert "Không ghi nhận tồn tại, hạn chế." in text(empty)


def test_the_unit_takes_away_what_is_about_it_and_nobody_more(
    desk: Desk, uids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, LATER)
    for kind, uid in uids.items():
        for who in ("nobody", "system_admin", "outsider"):
            with pytest.raises(Missing):
                file(kind, uid, desk.people[who])
        if kind in ALONE or kind == Paper.ADDENDUM:
            assert file(kind, uid, desk.people["unit_head"])
        else:
            with pytest.raises(Missing):
                file(kind, uid, desk.people["unit_head"])


def test_number_and_day_are_blank_until_they_are_entered(desk: Desk, uids: dict[str, UUID]) -> None:
    by, plan = desk.people["aggregator"], InspectionPlan.objects.get(uid=uids["plan"])
    assert "Số:       /KH-SNV" in text(file("plan", plan.uid, by))
    assert f"ngày      tháng      năm {today().year}" in text(file("plan", plan.uid, by))
    issue_plan(plan, by=by, issued_on=today())
    number_plan(plan, by=desk.people["records_clerk"], number="7/KH-SNV")
    assert "Số: 07/KH-SNV" in text(file("plan", plan.uid, by))
    assert f"ngày {today().day:02d} tháng" in text(file("plan", plan.uid, by))


def test_minutes_bear_the_code_of_what_was_signed(desk: Desk, as_person: Client) -> None:
    visit = desk.signed()
    digest = visit.minutes.digest
    by = desk.people["team_head"]
    assert f"SHA-256): {digest}" in text(file("minutes", visit.uid, by))
    Visit.objects.filter(pk=visit.pk).update(strengths="Thêm sau lưng")
    with pytest.raises(RuleBroken, match="không còn như lúc ký"):
        file("minutes", visit.uid, by)
    page, address = f"/visits/{visit.uid}/minutes/", f"/papers/minutes/{visit.uid}.docx"
    assert address not in as_person(by).get(page).content.decode()
    Minutes.objects.filter(visit=visit).update(digest="")  # an imported visit has none
    assert "SHA-256" not in text(file("minutes", visit.uid, by))
    assert address in as_person(by).get(page).content.decode()


def test_there_are_no_minutes_of_a_draft_nor_of_what_was_annulled(desk: Desk) -> None:
    draft, by = desk.visit(), desk.people["team_head"]
    with pytest.raises(RuleBroken, match="chưa ký"):
        file("minutes", draft.uid, by)
    desk.sign(desk.answered(draft))
    actions.annul_visit(draft, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị, đã lập lại biên bản.")
    with pytest.raises(RuleBroken, match="đã hủy"):
        file("minutes", draft.uid, by)


def sealed(desk: Desk) -> Inspection:
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"])]
    return desk.open(sealed=True, title="Bất ngờ đầu giờ", team=team)


def test_a_sealed_decision_is_its_short_lists_alone_and_bears_the_reader(desk: Desk, as_person: Client) -> None:
    found, head = sealed(desk), desk.people["team_head"]
    sealing = sealing_of(found)
    assert sealing
    before = len(looks_of(sealing))
    for form in ("docx", "pdf"):
        response = as_person(head).get(f"/papers/decision/{found.uid}.{form}")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        words = b"".join(response) if response.streaming else response.content
        shown = " ".join(words_of_pdf(words)) if form == "pdf" else text(words)
        assert "Hoàng" not in shown, "no target is named"
        if form == "docx":
            foot = WordFile(io.BytesIO(words)).sections[0].first_page_footer.paragraphs[0].text
            assert f"{head} (team_head)" in foot
            assert "Bất ngờ đầu giờ".lower() in shown.lower()
            assert found_in(words) == []
        else:
            assert {"niêm", "phong;", "(team_head),"} <= set(words_of_pdf(words))
    assert len(looks_of(sealing)) == before + 2
    for who in ("team_member", "aggregator", "leader", "auditor", "records_clerk", "coordinator", "unit_head"):
        assert as_person(desk.people[who]).get(f"/papers/decision/{found.uid}.docx").status_code == 404, who
    assert len(looks_of(sealing)) == before + 2
    with pytest.raises(RuleBroken, match="không có thông báo"):
        file("notice", found.uid, head)


def test_who_knows_of_one_signed_visit_does_not_learn_of_the_rest(desk: Desk, as_person: Client) -> None:
    visits = [Planned(desk.units[name], YESTERDAY, "short") for name in ("commune", "second_commune")]
    found = desk.open(sealed=True, title="Bất ngờ đầu giờ", visits=visits)
    first = desk.begin(found)[0]
    desk.sign(desk.answered(first))
    for who in ("aggregator", "leader", "auditor"):
        person = as_person(desk.people[who])
        assert person.get(f"/inspections/{found.uid}/").status_code == 200
        assert "/papers/decision/" not in person.get(f"/inspections/{found.uid}/").content.decode()
        assert person.get(f"/papers/decision/{found.uid}.docx").status_code == 404
        assert person.get(f"/papers/minutes/{first.uid}.docx").status_code == 200


def test_who_saw_one_visit_gets_no_decision_with_that_visit_alone(desk: Desk, as_person: Client) -> None:
    found = desk.signed(form="planned").inspection
    person, page = as_person(desk.people["unit_head"]), f"/inspections/{found.uid}/"
    assert person.get(page).status_code == 200
    assert "/papers/" not in person.get(page).content.decode().replace('href="/papers/"', "")
    for kind in ("decision", "notice"):
        assert person.get(f"/papers/{kind}/{found.uid}.docx").status_code == 404
        assert as_person(desk.people["team_member"]).get(f"/papers/{kind}/{found.uid}.docx").status_code == 200


def test_a_conclusion_says_what_it_said_whatever_became_of_it(desk: Desk) -> None:
    one, other = recommended(desk)
    by, uid = desk.people["aggregator"], one.visit.conclusion.uid
    before = text(file("conclusion", uid, by))
    assert f"{one.due_on:%d/%m/%Y}" in before
    following.close_recommendation(other, by=desk.people["leader"], reason="Đơn vị đã giải thể, không còn việc.")
    asked = following.ask_extension(one, by=desk.people["unit_head"], until=LATER, reason="Đang chờ kinh phí mua sắm.")
    following.answer_extension(asked, by=desk.people["leader"], grant=True)
    one.refresh_from_db()
    assert one.due_on == LATER
    assert text(file("conclusion", uid, by)) == before


def test_a_letter_urges_only_for_what_is_overdue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = recommended(desk)
    with pytest.raises(RuleBroken, match="chưa quá hạn"):
        file("urge", one.uid, desk.people["team_head"])
    report(desk, other)
    it_is(monkeypatch, LATER)
    told = text(file("urge", one.uid, desk.people["team_head"]))
    assert one.text in told
    assert other.text not in told
    assert "còn 1 kiến nghị" in told


def test_a_withdrawn_or_unknown_kind_is_not_found(desk: Desk, as_person: Client) -> None:
    visit = desk.signed()
    person = as_person(desk.people["team_head"])
    assert person.get(f"/papers/nothing/{visit.uid}.docx").status_code == 404
    assert person.get(f"/papers/minutes/{visit.uid}.odt").status_code == 404
    assert person.get(f"/papers/plan/{visit.uid}.pdf").status_code == 404


def test_the_pages_offer_the_files(desk: Desk, uids: dict[str, UUID], as_person: Client) -> None:
    by = as_person(desk.people["aggregator"])
    places = {
        "plan": f"/plans/{uids['plan']}/", "decision": f"/inspections/{uids['decision']}/",
        "notice": f"/inspections/{uids['notice']}/", "report": f"/inspections/{uids['report']}/",
        "minutes": f"/visits/{uids['minutes']}/minutes/", "addendum": f"/visits/{uids['minutes']}/minutes/",
        "conclusion": f"/conclusions/{uids['conclusion']}/",
    }  # fmt: skip
    for kind, place in places.items():
        page = by.get(place).content.decode()
        for form in ("docx", "pdf"):
            address = f"/papers/{kind}/{uids[kind]}.{form}"
            assert address in page, kind
            assert by.get(address).status_code == 200


def test_the_page_of_a_recommendation_offers_the_letter_and_the_report(
    desk: Desk, uids: dict[str, UUID], as_person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = RemedyReport.objects.get(uid=uids["remedy"]).recommendation
    assert (
        f"/papers/remedy/{uids['remedy']}.pdf"
        in as_person(desk.people["unit_head"]).get(f"/recommendations/{told.uid}/").content.decode()
    )
    place = f"/recommendations/{uids['urge']}/"
    assert "/papers/urge/" not in as_person(desk.people["aggregator"]).get(place).content.decode()
    it_is(monkeypatch, LATER)
    assert f"/papers/urge/{uids['urge']}.docx" in as_person(desk.people["aggregator"]).get(place).content.decode()
    assert "/papers/urge/" not in as_person(desk.people["unit_head"]).get(place).content.decode()


def test_the_command_line_and_the_api_give_the_same_file(desk: Desk, as_person: Client, tmp_path: Any) -> None:
    visit = desk.signed()
    place = tmp_path / "bb.docx"
    place.touch(mode=0o644)
    call_command("paper", "minutes", str(visit.uid), "--by", "team_head", "-o", str(place))
    assert place.stat().st_mode & 0o777 == 0o600, "nobody else at the machine reads it"
    sent = as_person(desk.people["team_head"]).get(f"/api/v1/papers/minutes/{visit.uid}/docx")
    assert sent.status_code == 200
    assert words_of_word(sent.content) == words_of_word(place.read_bytes())
    call_command("conformity", str(place))
    upload = SimpleUploadedFile("bb.docx", place.read_bytes())
    checked = as_person(desk.people["nobody"]).post("/api/v1/papers/check", {"file": upload}).json()
    assert checked == {"decree": "30/2020/NĐ-CP", "deviations": []}
    with pytest.raises(Missing):
        call_command("paper", "minutes", str(visit.uid), "--by", "outsider", "-o", str(place))
