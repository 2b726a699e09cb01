"""A visit in a commune without a signal, with one thumb: from the office's yard to the desk that shows the same minutes."""

from __future__ import annotations

import io
import os
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.axe import Rules, faults
from tests.browser.pocket import ALL_PASS, FULL, LAST, PASSPHRASE, Pocket, arranged, asked, office, pocket
from tests.browser.served import window
from tests.budget import long_run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
IN_THE_SUN: Rules = {"type": "rule", "values": ["color-contrast-enhanced"]}
"""Seven to one, as a phone outdoors wants it."""
ABSENT = "Hai công chức chơi trò chơi điện tử trong giờ làm việc."
BADGE = "Một công chức không đeo thẻ."
SHOTS = Path(os.environ["KYCUONG_FIELD_SHOTS"]) if "KYCUONG_FIELD_SHOTS" in os.environ else None
"""Where pictures of every screen are kept, for people to look at."""
TAPS = 50
"""From the gate to the signatures: 15 questions, two of them short of a pass, one more finding with a person, a photo."""
DESK = "Bàn tiếp dân bị dùng làm nơi để xe."
MENDED = "Quy chế dân chủ đã ban hành nhưng chưa niêm yết."
WORD = "Đơn vị đã nhắc nhở người vi phạm."


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("camera") / "anh.jpg"
    noise = random.Random(5).randbytes(320 * 240 * 3)
    made = io.BytesIO()
    Image.frombytes("RGB", (320, 240), noise).resize((1280, 960)).save(made, "JPEG", quality=80)
    place.write_bytes(made.getvalue())
    return place


def test_a_whole_visit_without_a_network_reaches_the_desk_once(browser: Browser, product: str, picture: Path) -> None:
    uid = arranged(product, "xa-cao-loc")
    with pocket(browser, product, "truongdoan") as phone:
        phone.enrol()
        phone.prepare()
        phone.offline()
        phone.page.reload()
        phone.unlock()
        phone.arrives("Lượt kiểm tra của tôi")
        phone.taps = 0
        phone.go(f"/visit/{uid}")
        looked_at = walked(phone, picture)
        assert phone.taps <= TAPS
        sha256 = phone.page.locator(".hash code").inner_text()
        assert re.fullmatch(r"[0-9a-f]{64}", sha256)
        phone.says("1 ảnh chờ gửi")
        assert asked(product, f"visits/{uid}")["answers"] == {}
        phone.online()
        phone.says(LAST, timeout=60_000)
        expect(phone.page.get_by_text("biên bản đã vào sổ")).to_be_visible(timeout=60_000)
        looked_at += [f"minutes: {fault}" for fault in faults(phone.page)]
    assert_told_once(asked(product, f"visits/{uid}"))
    assert not looked_at, "\n".join(looked_at)


def walked(phone: Pocket, picture: Path) -> list[str]:
    """The short form from the gate to the signatures. Returns what axe has to say on the way."""
    page = phone.page
    found: list[str] = []

    def look(name: str) -> None:
        if long_run() or name in ("criteria", "sign"):
            found.extend(f"{name}: {fault}" for fault in faults(page))

    phone.tap("Bắt đầu kiểm tra")
    phone.arrives("Quân số lúc kiểm tra")
    phone.type("Biên chế được giao", "12")
    phone.type("Có mặt", "11")
    phone.type("Vắng không lý do", "0")
    phone.type("Tổng số vắng có lý do", "1")
    expect(page.get_by_text("Có mặt 11 / biên chế 12")).to_be_visible()
    look("headcount")
    onward(phone, "A. ")
    everybody(phone, 5)
    onward(phone, "C. ")
    grades(phone, {"C3": "Không đạt"})
    phone.type("Tồn tại: mô tả để đơn vị sửa được", ABSENT)
    page.locator("#c-C3 input[type=file]").set_input_files(picture)
    expect(page.locator("#c-C3 .thumb canvas")).to_be_visible()
    look("criteria")
    onward(phone, "D. ")
    phone.type("Tổng số", "11")
    phone.type("Số đạt", "10")
    phone.type("Tồn tại: mô tả để đơn vị sửa được", BADGE)
    grades(phone, {})
    onward(phone, "E. ")
    phone.tap("Không áp dụng cả nhóm")
    expect(page.get_by_text("Đã ghi 3 câu không áp dụng")).to_be_visible()
    onward(phone, "G. ")
    everybody(phone, 4)
    onward(phone, "Tồn tại khác")
    one_more(phone, look)
    onward(phone, "Ưu điểm")
    phone.type(f"C3: {ABSENT}", WORD)
    phone.type("Ưu điểm", "Trụ sở gọn gàng.")
    phone.tap(re.compile("Đọc lại|Còn thiếu gì"), "link")
    phone.arrives("Đọc lại trước khi ký")
    look("read back")
    phone.tap("Ký biên bản", "link")
    phone.write_by_hand("Chữ ký của đoàn")
    phone.write_by_hand("Chữ ký của đơn vị")
    phone.tap("Ký và khóa biên bản")
    expect(page.get_by_text("Hãy ghi chức vụ người ký của đơn vị.")).to_be_visible()
    phone.type("Người ký của đơn vị (chức vụ)", "Chủ tịch UBND xã")
    look("sign")
    phone.tap("Ký và khóa biên bản")
    phone.arrives("Biên bản đã ký")
    return found


def onward(phone: Pocket, title: str) -> None:
    """The large button at the thumb, and the next part once it is there."""
    phone.tap("Tiếp", "link")
    phone.arrives(title)


def everybody(phone: Pocket, number: int) -> None:
    """A ratio that is whole, by two taps and a number."""
    phone.type("Tổng số", str(number))
    phone.tap("Đạt cả")
    expect(phone.page.locator("output.result").first).to_have_text("Đạt")


def grades(phone: Pocket, other: dict[str, str]) -> None:
    """Every question of the group that has no answer yet, with one tap each."""
    while phone.page.locator(".ask[data-outcome='']").count():
        ask = phone.page.locator(".ask[data-outcome='']").first
        code = (ask.get_attribute("id") or "").removeprefix("c-")
        said = other.get(code)
        phone.tap(said or re.compile("^(Đạt|Có)$"), within=ask)
        expect(phone.page.locator(f"#c-{code} .chosen")).to_be_visible()


def one_more(phone: Pocket, look: Any) -> None:
    """A shortcoming beyond the questions, and somebody whom it concerns, found without accents."""
    phone.tap("Thêm tồn tại", "link")
    phone.type("Tồn tại: mô tả để đơn vị sửa được", DESK)
    phone.tap("Trung bình")
    phone.tap("Ai liên quan", "link")
    phone.type("Tìm người của đơn vị", "thu truong")
    phone.tap(re.compile("^Thủ trưởng xã Cao Lộc"))
    phone.tap("Thêm người này")
    expect(phone.page.get_by_role("button", name=re.compile("^Bỏ Thủ trưởng"))).to_be_visible()
    look("people")
    phone.tap("Xong", "link")


def assert_told_once(visit: dict[str, Any]) -> None:
    """The desk holds every answer, finding, word and photo, each exactly once."""
    assert visit["state"] == "signed"
    answers = visit["answers"]
    assert len(answers) == 15
    assert {code for code, one in answers.items() if one["outcome"] == "not_applicable"} == {"E1", "E2", "E3"}
    assert answers["D1"] | {"part": 10, "whole": 11, "outcome": "partial"} == answers["D1"]
    assert answers["C1"]["outcome"] == "pass"
    assert sorted(one["description"] for one in visit["findings"]) == sorted([ABSENT, BADGE, DESK])
    assert [len(one["people"]) for one in visit["findings"] if one["description"] == DESK] == [1]
    assert [one["criterion_code"] for one in visit["files"]] == ["C3"]
    assert visit["headcount"]["present"] == 11
    assert visit["headcount"]["roll_call_at"]
    assert visit["strengths"] == "Trụ sở gọn gàng."
    assert visit["minutes"]["unit_signatory"] == "Chủ tịch UBND xã"
    assert visit["minutes"]["digest"]


@pytest.mark.long
def test_a_unit_that_refuses_to_sign_is_written_down_with_its_witness(browser: Browser, product: str) -> None:
    uid = arranged(product, "xa-dong-dang")
    visit = asked(product, f"visits/{uid}")
    asked(product, f"visits/{uid}/answers", version=visit["version"], answers=ALL_PASS, headcount=FULL)
    with pocket(browser, product, "truongdoan") as phone:
        phone.enrol()
        phone.prepare()
        phone.go(f"/visit/{uid}/read")
        phone.arrives("Đọc lại trước khi ký")
        phone.tap("Ký biên bản", "link")
        phone.write_by_hand("Chữ ký của đoàn")
        phone.tap("Đơn vị từ chối ký")
        phone.tap("Ký và khóa biên bản")
        expect(phone.page.get_by_text("Hãy ghi người chứng kiến việc từ chối ký.")).to_be_visible()
        phone.type("Lý do từ chối ký", "Đơn vị không đồng ý với kết quả đếm.")
        phone.type("Người chứng kiến (họ tên, chức vụ)", "Công an viên thường trực")
        phone.tap("Ký và khóa biên bản")
        phone.arrives("Biên bản đã ký")
        phone.says(LAST)
        expect(phone.page.get_by_text("biên bản đã vào sổ")).to_be_visible(timeout=60_000)
        put_right(phone)
    opener, _token = office(product, "truongdoan")
    assert MENDED in opener.open(f"{product}/visits/{uid}/").read().decode()
    minutes = asked(product, f"visits/{uid}")["minutes"]
    assert (minutes["unit_signature"], minutes["witness"]) == ("refused", "Công an viên thường trực")
    assert minutes["refusal_reason"] == "Đơn vị không đồng ý với kết quả đếm."


def put_right(phone: Pocket) -> None:
    """What was left out is signed beside the minutes, which stay as they are."""
    phone.tap("Lập biên bản bổ sung", "link")
    phone.arrives("Biên bản bổ sung")
    phone.type("Lý do bổ sung, đính chính", "Ghi sót một nội dung khi ký.")
    phone.type("Nội dung bổ sung, đính chính", MENDED)
    phone.write_by_hand("Chữ ký của đoàn")
    phone.write_by_hand("Chữ ký của đơn vị")
    phone.type("Người ký của đơn vị (chức vụ)", "Chủ tịch UBND xã")
    phone.tap("Ký biên bản bổ sung")
    phone.arrives("Biên bản đã ký")
    expect(phone.page.get_by_text(MENDED)).to_be_visible()
    phone.says("chờ gửi")
    phone.says(LAST)


@pytest.mark.long
def test_a_colleague_hands_in_what_a_phone_without_a_network_holds(
    browser: Browser, product: str, tmp_path: Path
) -> None:
    uid = arranged(product, "xa-bac-son-2025", with_member=True)
    with pocket(browser, product, "truongdoan") as phone, pocket(browser, product, "thanhvien") as other:
        phone.enrol()
        phone.prepare()
        other.enrol()
        phone.offline()
        phone.go(f"/visit/{uid}/word")
        phone.type("Ưu điểm", "Phân công nhiệm vụ rõ ràng.")
        phone.says("1 thay đổi chờ gửi")
        phone.go("/waiting")
        with phone.page.expect_download() as parcel:
            phone.tap("Xuất gói dự phòng")
        parcel.value.save_as(tmp_path / "goi.json")
        assert "rõ ràng" not in (tmp_path / "goi.json").read_text(encoding="utf-8")
        for _twice in range(2):
            other.go("/waiting")
            other.arrives("Chờ gửi")
            with other.page.expect_response(re.compile("/rescue$")):
                other.page.locator("input[type=file]").set_input_files(tmp_path / "goi.json")
        assert asked(product, f"visits/{uid}")["strengths"] == "Phân công nhiệm vụ rõ ràng."
        phone.go("/device")
        phone.tap("Đăng xuất")
        expect(phone.page.get_by_text("Còn 1 thay đổi chưa gửi.")).to_be_visible()
        phone.tap("Vẫn đăng xuất")
        phone.arrives("Đăng nhập")
        expect(phone.page.get_by_text("1 thay đổi của người khác chưa gửi")).to_be_visible()


@pytest.mark.long
def test_two_members_who_differ_are_shown_side_by_side(browser: Browser, product: str) -> None:
    uid = arranged(product, "xa-that-khe", with_member=True)
    with pocket(browser, product, "truongdoan") as head, pocket(browser, product, "thanhvien") as member:
        for phone in (head, member):
            phone.enrol()
            phone.prepare()
            phone.offline()
            phone.go(f"/visit/{uid}/group/C")
        head.tap("Đạt", within=head.page.locator("#c-C2"))
        member.tap("Không đạt", within=member.page.locator("#c-C2"))
        member.type("Tồn tại: mô tả để đơn vị sửa được", "Không có sổ theo dõi ra vào.")
        for phone in (head, member):
            phone.says("Đã lưu trên máy")
            phone.online()
            phone.says(LAST)
        member.go(f"/visit/{uid}/conflicts")
        member.arrives("Hai người ghi khác nhau")
        versions = member.page.locator(".version")
        expect(versions).to_have_count(2)
        expect(versions.filter(has_text="Không có sổ theo dõi ra vào.")).to_contain_text("Thành viên đoàn")
        expect(versions.filter(has_text="Đạt").first).to_contain_text("Trưởng đoàn")
        assert faults(member.page) == []
        member.tap(re.compile("^Chọn"), within=versions.filter(has_text="Không có sổ"))
        expect(member.page.get_by_text("Không còn chỗ nào khác nhau.")).to_be_visible()
        member.says(LAST)
    visit = asked(product, f"visits/{uid}")
    assert visit["answers"]["C2"]["outcome"] == "fail"
    assert [one["description"] for one in visit["findings"]] == ["Không có sổ theo dõi ra vào."]


@pytest.mark.long
def test_a_session_that_ends_pauses_the_sending_and_nothing_else(browser: Browser, product: str) -> None:
    uid = arranged(product, "xa-na-sam")
    with pocket(browser, product, "truongdoan") as phone:
        phone.enrol()
        phone.prepare()
        phone.context.clear_cookies()
        phone.go(f"/visit/{uid}/word")
        composed(phone, "Có lịch tiếp công dân.")
        phone.says("Đã lưu trên máy")
        expect(phone.page.get_by_text("phiên đăng nhập đã hết")).to_be_visible()
        there = phone.page.get_by_label("Ưu điểm").input_value()
        assert unicodedata.normalize("NFC", there) == "Có lịch tiếp công dân."  # the box stays as it was typed
        phone.says("1 thay đổi chờ gửi")
        phone.tap("Đăng nhập để gửi")
        phone.sign_in()
        phone.says(LAST)
    assert asked(product, f"visits/{uid}")["strengths"] == "Có lịch tiếp công dân."


def composed(phone: Pocket, text: str) -> None:
    """Typed with a Vietnamese keyboard: what is being composed is neither kept nor touched until it stands."""
    box = phone.page.get_by_label("Ưu điểm", exact=True)
    box.tap()
    keys = phone.context.new_cdp_session(phone.page)
    keys.send("Input.imeSetComposition", {"text": "Co", "selectionStart": 2, "selectionEnd": 2})
    phone.says("Đang nhập…")
    keys.send("Input.imeSetComposition", {"text": "Có", "selectionStart": 2, "selectionEnd": 2})
    phone.page.wait_for_timeout(900)  # longer than the pause after which typing is kept
    assert box.input_value() == "Có"
    phone.says("Đang nhập…")
    keys.send("Input.insertText", {"text": unicodedata.normalize("NFD", text)})


def test_a_forgotten_passphrase_loses_nothing(browser: Browser, product: str) -> None:
    uid = arranged(product, "xa-loc-binh")
    with pocket(browser, product, "truongdoan") as phone:
        phone.enrol()
        phone.prepare()
        phone.offline()
        phone.go(f"/visit/{uid}/word")
        phone.type("Ưu điểm", "Sổ sách đầy đủ.")
        phone.says("1 thay đổi chờ gửi")
        phone.page.reload()
        phone.unlock("mật khẩu nhớ nhầm")
        expect(phone.page.get_by_text("Mật khẩu chưa đúng.")).to_be_visible()
        phone.online()
        phone.tap("Quên mật khẩu của máy này", "link")
        phone.arrives("Quên mật khẩu của máy")
        phone.tap("Gửi yêu cầu")
        expect(phone.page.get_by_text("Đã gửi yêu cầu.")).to_be_visible()
        phone.type("Mật khẩu mới của máy này", "mật khẩu mới của máy")
        phone.tap("Đặt mật khẩu mới")
        expect(phone.page.locator("form .wrong:visible")).to_be_visible()  # nobody has approved yet
        desk = window(browser, product, "quantri")
        desk.goto("/field/devices/")
        desk.get_by_role("button", name="Duyệt mở khóa").click()
        desk.wait_for_load_state()
        desk.context.close()
        phone.tap("Đặt mật khẩu mới")
        phone.says(LAST)
        assert faults(phone.page) == []
        phone.go("/device")
        phone.tap("Khóa ngay")
        phone.unlock("mật khẩu mới của máy")
        phone.arrives("Máy này")
    assert asked(product, f"visits/{uid}")["strengths"] == "Sổ sách đầy đủ."


@pytest.mark.long
def test_every_other_screen_is_accessible_and_fits_the_phone(browser: Browser, product: str, tmp_path: Path) -> None:
    uid = arranged(product, "xa-binh-gia")
    found: list[str] = []

    def look(phone: Pocket, name: str, title: str) -> None:
        phone.arrives(title)
        for width, height in ((390, 844), (1280, 900)):
            phone.page.set_viewport_size({"width": width, "height": height})
            told = faults(phone.page) + (faults(phone.page, IN_THE_SUN) if width == 390 else [])
            found.extend(f"{name} at {width}: {fault}" for fault in told)
            phone.page.screenshot(path=SHOTS / f"field-{name}-{width}.png" if SHOTS else tmp_path / "shot.png")
        phone.page.emulate_media(color_scheme="dark")
        found.extend(f"{name} in the dark: {fault}" for fault in faults(phone.page, IN_THE_SUN))
        phone.page.emulate_media(color_scheme="light")
        phone.page.set_viewport_size({"width": 390, "height": 844})

    with pocket(browser, product, "truongdoan") as phone:
        phone.page.goto("/field/")
        look(phone, "sign-in", "Đăng nhập")
        phone.sign_in()
        look(phone, "passphrase", "Đặt mật khẩu cho máy này")
        phone.type("Mật khẩu của máy này", PASSPHRASE)
        phone.type("Gõ lại", PASSPHRASE)
        phone.tap("Đặt mật khẩu")
        phone.arrives("Lượt kiểm tra của tôi")
        phone.go("/prepare")
        phone.tap("Chuẩn bị")
        expect(phone.page.get_by_text("Sẵn sàng ngoại tuyến")).to_be_visible(timeout=60_000)
        look(phone, "prepare", "Chuẩn bị đi thực địa")
        for path, title in (
            ("", "Xã Bình Gia"), ("/headcount", "Quân số"), ("/group/E", "E. "), ("/group/D", "D. "), ("/findings", "Tồn tại khác"),
            ("/finding/01a2159e-ed34-74c4-bf49-3753c5045609", "Tồn tại ngoài phiếu"), ("/word", "Ưu điểm"), ("/photos", "Ảnh"),
            ("/missing", "Còn thiếu"), ("/read", "Đọc lại"), ("/conflicts", "Hai người"),
        ):  # fmt: skip
            phone.go(f"/visit/{uid}{path}")
            look(phone, f"visit{path.replace('/', '-')[:9]}", title)
        for path, title in (("/", "Lượt kiểm tra của tôi"), ("/waiting", "Chờ gửi"), ("/device", "Máy này")):
            phone.go(path)
            look(phone, f"home{path.replace('/', '-')}", title)
        phone.tap("Khóa ngay")
        look(phone, "locked", "Mở khóa")
        phone.go("/forgotten")
        look(phone, "forgotten", "Quên mật khẩu của máy")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("agent", "title"),
    [
        ("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Zalo android/24", "Mở bằng Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1 Mobile/15E148 [FBAN/FBIOS;FBAV/470]", "Mở bằng Safari"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1 Version/17.5 Mobile/15E148 Safari/604.1", "Thêm vào màn hình chính"),
    ],
    ids=["zalo", "facebook", "safari"],
)  # fmt: skip
def test_a_place_where_work_could_be_lost_is_left_first(browser: Browser, product: str, agent: str, title: str) -> None:
    page = browser.new_page(base_url=product, user_agent=agent, viewport={"width": 390, "height": 844})
    page.goto("/field/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.get_by_label("Mật khẩu").count() == 0
    assert faults(page) == []
    page.context.close()
