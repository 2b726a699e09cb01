"""How a unit's papers look: by its name at first, by its own rows from a day on."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, Missing, NotAllowed, Stale
from kycuong.letterheads.actions import set_letterhead, set_signing, set_wording
from kycuong.letterheads.documents import sample
from kycuong.letterheads.models import Letterhead, Signing
from kycuong.letterheads.queries import head_of, receivers_of, signature_of, worded
from kycuong.letterheads.rules import Head, Signer, default_head, in_sentence, initials, power_of, receivers
from kycuong.papers.pdf import pdf_file
from kycuong.papers.word import word_file
from tests.desk import Desk
from tests.papers.samples import found_in, letter

Client = Callable[[Any], Any]
OWN = Head("UBND TỈNH THỬ NGHIỆM", "SỞ NỘI VỤ TỈNH", "SoNV", "Nơi Ấy")
TOMORROW = today() + timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "kind", "above", "head"),
    [
        ("Sở Nội vụ", "provincial_department", [("Tỉnh Lạng Sơn", "province")],
         Head("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "SỞ NỘI VỤ", "SNV", "Lạng Sơn")),
        ("Xã Cao Lộc", "commune_pc", [("Tỉnh Lạng Sơn", "province")],
         Head("", "ỦY BAN NHÂN DÂN XÃ CAO LỘC", "UBND", "Cao Lộc")),
        ("Phòng Kinh tế", "division", [("Phường Đông Kinh", "commune_pc"), ("Tỉnh Lạng Sơn", "province")],
         Head("ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG KINH", "PHÒNG KINH TẾ", "PKT", "Đông Kinh")),
    ],
)  # fmt: skip
def test_the_head_of_a_unit_that_said_nothing(name: str, kind: str, above: list[tuple[str, str]], head: Head) -> None:
    assert default_head(name, kind, above) == head


def test_initials_leave_out_the_small_word() -> None:
    assert initials("Sở Khoa học và Công nghệ") == "SKHCN"


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        (Signer("", "Giám đốc", "head"), ["GIÁM ĐỐC"]),
        (Signer("", "Giám đốc", "acting"), ["Q. GIÁM ĐỐC"]),
        (Signer("", "Giám đốc", "deputy", "Phó Giám đốc"), ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        (Signer("Ủy ban nhân dân", "Chủ tịch", "head"), ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            Signer("Ủy ban nhân dân", "Chủ tịch", "deputy", "Phó Chủ tịch"),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (Signer("", "Giám đốc", "order", "Chánh Văn phòng"), ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
        (Signer("", "Giám đốc", "delegated", "Trưởng phòng"), ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        (Signer("Ủy ban nhân dân", "Chủ tịch", "order", "Chánh Văn phòng"), ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (Signer("Ủy ban nhân dân", "Chủ tịch", "delegated", "Giám đốc"), ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC"]),
    ],
)
def test_powers_are_written_as_the_decree_says(signer: Signer, lines: list[str]) -> None:
    assert power_of(signer) == lines


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Kiểm tra công vụ năm nay", "công vụ năm nay"),
        ("Bất ngờ đầu giờ", "bất ngờ đầu giờ"),
        ("Kiểm tra Kỷ luật, kỷ cương", "kỷ luật, kỷ cương"),
        ("UBND cấp xã quý IV", "UBND cấp xã quý IV"),
        ("Sở Nội vụ, Sở Tài chính", "Sở Nội vụ, Sở Tài chính"),
        ("kiểm tra Trung tâm hành chính công", "Trung tâm hành chính công"),
        ("Lạng Sơn quý IV", "Lạng Sơn quý IV"),
        ("", "việc chấp hành kỷ luật, kỷ cương hành chính"),
    ],
)
def test_a_title_goes_small_into_a_sentence_and_a_name_stays(title: str, inside: str) -> None:
    assert in_sentence(title) == inside


def test_what_is_kept_always_stands_last() -> None:
    assert receivers("- UBND tỉnh;\n- Sở Tài chính.", ["Như trên"]) == ["UBND tỉnh", "Sở Tài chính", "Lưu: VT"]
    assert receivers("Lưu: VT, CCVC", ["Như trên"]) == ["Lưu: VT, CCVC"]
    assert receivers("", ["Như trên"]) == ["Như trên", "Lưu: VT"]


def test_settings_hold_from_their_day_and_are_corrected_on_it(desk: Desk) -> None:
    unit, by = desk.units["department"], desk.people["records_clerk"]
    usual = head_of(unit, today())
    set_letterhead(unit, by=by, valid_from=TOMORROW, head=OWN)
    assert head_of(unit, today()) == usual
    assert head_of(unit, TOMORROW) == OWN
    set_letterhead(unit, by=by, valid_from=TOMORROW, head=OWN._replace(place="Nơi khác"))
    assert head_of(unit, TOMORROW).place == "Nơi khác"
    assert Letterhead.objects.count() == 1


def test_a_kind_may_be_signed_otherwise_than_the_rest(desk: Desk) -> None:
    unit, by = desk.units["department"], desk.people["records_clerk"]
    given: dict[str, Any] = {"by": by, "valid_from": today()}
    set_signing(unit, paper="", signer=Signer("", "Giám đốc", "deputy", "Phó Giám đốc", "Người A"), **given)
    own = Signer("", "Giám đốc", "order", "Chánh Văn phòng", recipients="Như trên\nLưu: VT, VP")
    set_signing(unit, paper="urge", signer=own, **given)
    assert signature_of(unit, "plan", today()).power == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert signature_of(unit, "plan", today()).name == "Người A"
    assert signature_of(unit, "urge", today()).power == ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]
    assert receivers_of(unit, "urge", today(), "Khác") == ["Như trên", "Lưu: VT, VP"]
    with pytest.raises(BadInput, match="riêng cho từng loại"):
        set_signing(unit, paper="", signer=Signer("", "Giám đốc", "head", recipients="Như Điều 4"), **given)
    Signing.objects.filter(paper="").update(recipients="Như Điều 4")  # from before receivers were each kind's
    assert receivers_of(unit, "minutes", today(), "Khác") == ["Khác", "Lưu: VT"]
    with pytest.raises(BadInput, match="phải ghi chức vụ"):
        set_signing(unit, paper="", signer=Signer("", "Giám đốc", "deputy"), **given)


def test_a_wording_of_ones_own_takes_names_and_may_be_taken_back(desk: Desk) -> None:
    unit, by = desk.units["department"], desk.people["records_clerk"]
    given: dict[str, Any] = {"by": by, "paper": "plan", "piece": "purpose", "valid_from": today()}
    names = {"cơ quan": "sở Nội vụ"}
    usual = worded(unit, "plan", "purpose", today(), names)
    set_wording(unit, text="[Cơ quan] làm rõ trách nhiệm.\n\n{0} [cơ quan]", **given)
    assert worded(unit, "plan", "purpose", today(), names) == ["Sở Nội vụ làm rõ trách nhiệm.", "{0} sở Nội vụ"]
    set_wording(unit, text=" ", **given)
    assert worded(unit, "plan", "purpose", today(), names) == usual
    with pytest.raises(Missing):
        set_wording(unit, **{**given, "piece": "nothing", "text": "x"})


@pytest.mark.parametrize("who", ["leader", "auditor", "team_head", "coordinator", "unit_head", "system_admin"])
def test_others_set_nothing(desk: Desk, who: str) -> None:
    unit, by = desk.units["department"], desk.people[who]
    with pytest.raises(NotAllowed):
        set_letterhead(unit, by=by, valid_from=today(), head=OWN)
    with pytest.raises(NotAllowed):
        set_signing(unit, by=by, paper="", valid_from=today(), signer=Signer("", "Giám đốc", "head"))
    with pytest.raises(NotAllowed):
        set_wording(unit, by=by, paper="plan", piece="purpose", valid_from=today(), text="x")


def test_neither_a_day_that_is_past_nor_one_far_away_is_taken(desk: Desk) -> None:
    unit, by = desk.units["department"], desk.people["records_clerk"]
    for day in (today() - timedelta(days=1), date(2100, 1, 1)):
        with pytest.raises(BadInput, match="từ hôm nay, trong vòng một năm"):
            set_letterhead(unit, by=by, valid_from=day, head=OWN)


@pytest.mark.long
def test_every_sample_of_every_unit_is_in_order(desk: Desk) -> None:
    for unit in desk.units.values():
        for paper in ("plan", "decision", "conclusion", "urge", "remedy"):
            made = sample(unit, paper, today=today())
            assert found_in(word_file(made)) == [], (unit, paper)
            assert pdf_file(made).startswith(b"%PDF")


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(desk: Desk, as_person: Client) -> None:
    person = as_person(desk.people["records_clerk"])
    place = f"/papers/units/{desk.units['department'].slug}/signing/plan/"
    typed = {
        "head_title": "GIÁM ĐỐC",
        "capacity": "deputy",
        "recipients": "Nơi tôi gõ",
        "valid_from": f"{today():%d/%m/%Y}",
    }
    refused = person.post(place, typed)
    assert refused.status_code == 422
    assert "Nơi tôi gõ" in refused.content.decode()
    assert "Hãy ghi chức vụ người ký." in refused.content.decode()
    done = person.post(place, {**typed, "signer_title": "PHÓ GIÁM ĐỐC"}, follow=True)
    assert "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC" in done.content.decode()
    rest = person.get(place.replace("/plan/", "/all/")).content.decode()
    assert 'name="head_title"' in rest
    assert 'name="recipients"' not in rest, "receivers are each kind's"


def test_the_checker_answers_on_its_page(desk: Desk, as_person: Client) -> None:
    person = as_person(desk.people["nobody"])
    good = person.post("/papers/check/", {"file": SimpleUploadedFile("tot.docx", word_file(letter()))})
    assert "Không thấy chỗ nào sai thể thức" in good.content.decode()
    bad = person.post("/papers/check/", {"file": SimpleUploadedFile("xau.docx", b"khong phai Word")})
    assert bad.status_code == 422
    assert "xau.docx: Đây không phải văn bản Word" in bad.content.decode()
    from docx import Document  # noqa: PLC0415 - a bare file, used here alone

    out = io.BytesIO()
    Document().save(out)
    told = person.post("/papers/check/", {"file": SimpleUploadedFile("trong.docx", out.getvalue())}).content.decode()
    assert "chỗ chưa đúng thể thức" in told
    assert "Quốc hiệu" in told


def test_the_page_says_when_no_face_is_there(desk: Desk, as_person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = as_person(desk.people["nobody"])
    assert "đủ chữ Việt. Bản Word" in person.get("/papers/").content.decode()
    monkeypatch.setattr("kycuong.letterheads.views.settings.face", lambda folder: None)
    assert "fonts-liberation2" in person.get("/papers/").content.decode()
    monkeypatch.setattr("kycuong.letterheads.apps.face", lambda folder: None)
    from kycuong.letterheads.apps import face_is_there  # noqa: PLC0415 - as it is now

    [said] = face_is_there()
    assert "fonts-liberation2" in said.msg


def test_what_holds_from_a_later_day_is_shown_and_may_be_corrected_there(desk: Desk, as_person: Client) -> None:
    unit, person = desk.units["department"], as_person(desk.people["records_clerk"])
    set_letterhead(unit, by=desk.people["records_clerk"], valid_from=TOMORROW, head=OWN)
    told = " ".join(person.get(f"/papers/units/{unit.slug}/").content.decode().split())
    address = f"/papers/units/{unit.slug}/head/?from={TOMORROW:%Y-%m-%d}"
    assert f'<a href="{address}">có hiệu lực từ {TOMORROW:%d/%m/%Y}</a>' in told
    form = person.get(address).content.decode()
    assert OWN.issuer in form
    assert f"đã đặt từ {TOMORROW:%d/%m/%Y}" in form
    assert OWN.issuer not in person.get(f"/papers/units/{unit.slug}/head/").content.decode()


def test_two_people_who_set_the_same_are_asked(desk: Desk, as_person: Client) -> None:
    unit, by = desk.units["department"], desk.people["records_clerk"]
    person, place = as_person(by), f"/papers/units/{unit.slug}/head/"
    opened = person.get(place).content.decode()
    base = html.unescape(re.search(r'name="base"\s+value="([^"]*)"', opened)[1])  # type: ignore[index]
    usual = head_of(unit, today())
    set_letterhead(unit, by=desk.people["aggregator"], valid_from=today(), head=OWN)
    typed = {**usual._asdict(), "valid_from": f"{today():%d/%m/%Y}", "version": "0", "base": base}
    asked = person.post(place, {**typed, "issuer": "SỞ NỘI VỤ MỚI"})
    assert asked.status_code == 409
    assert "Hai người cùng sửa" in asked.content.decode()
    assert head_of(unit, today()) == OWN, "nothing is written over"
    with pytest.raises(Stale):
        set_letterhead(unit, by=by, valid_from=today(), head=usual, version=0)
    set_letterhead(unit, by=by, valid_from=today(), head=usual, version=1)
    assert Letterhead.objects.get().version == 2


@pytest.mark.parametrize(
    ("what", "body", "key"),
    [
        ("head", OWN._asdict(), ("head",)),
        ("signing", {"paper": "plan", "head_title": "GIÁM ĐỐC"}, ("signing", "plan")),
        ("signing", {"head_title": "GIÁM ĐỐC"}, ("signing", "")),
        ("wording", {"paper": "plan", "piece": "purpose", "text": "Lời riêng."}, ("wording", "plan/purpose")),
    ],
)
def test_the_api_writes_over_nothing_that_was_not_read(
    desk: Desk, as_person: Client, what: str, body: dict[str, str], key: tuple[str, ...]
) -> None:
    person, place = as_person(desk.people["records_clerk"]), f"/api/v1/papers/units/{desk.units['department'].slug}"

    def version() -> int:
        told = person.get(place).json()["versions"][key[0]]
        return int(told.get(key[1], 0)) if len(key) > 1 else int(told)

    def send(**more: int) -> int:
        given = {**body, "valid_from": f"{today()}", **more}
        return int(person.post(f"{place}/{what}", given, content_type="application/json").status_code)

    assert (version(), send(), send(version=1)) == (0, 422, 409)
    assert (send(version=0), send(version=0), version()) == (200, 409, 1)
    assert (send(version=1), version()) == (200, 2)


def test_a_day_that_has_values_of_its_own_is_asked_when_another_day_was_on_the_page(
    desk: Desk, as_person: Client
) -> None:
    unit, person = desk.units["department"], as_person(desk.people["records_clerk"])
    set_letterhead(unit, by=desk.people["aggregator"], valid_from=TOMORROW, head=OWN)
    place = f"/papers/units/{unit.slug}/head/"
    opened = person.get(place).content.decode()
    field = lambda name: html.unescape(re.search(rf'name="{name}"\s+value="([^"]*)"', opened)[1])  # type: ignore[index]  # noqa: E731
    typed = {**head_of(unit, today())._asdict(), "place": "Nơi mới", "valid_from": f"{TOMORROW:%d/%m/%Y}"}
    asked = person.post(place, {**typed, "base": field("base"), "version": field("version")})
    assert asked.status_code == 409
    assert OWN.issuer in asked.content.decode()
    assert head_of(unit, TOMORROW) == OWN, "nothing is written over"
