"""The acts before which somebody proves again to be there (ADR 35): by the verb under which the log keeps them."""

from __future__ import annotations

STEP_UP: dict[str, str] = {
    "visit.sign": "ký biên bản",
    "visit.annul": "hủy lượt đã ký",
    "publication.open": "mở trang công khai",
    "publication.close": "tắt trang công khai",
    "publication.set_rules": "đổi quy định công khai",
    "visit.import": "nạp lượt đã ký từ tệp",
    "recommendation.import": "nạp kiến nghị từ tệp",
    "conclusion.approve": "duyệt kết luận",
    "conclusion.issue": "ban hành kết luận",
    "round.sign": "ký báo cáo định kỳ",
    "measure.record": "ghi quyết định xử lý",
    "measure.decline": "ghi kết quả không xử lý",
    "conflict.waive": "chấp nhận xung đột lợi ích",
    "file.look": "mở bản gốc của ảnh, tệp",
    "device.enrol": "đăng ký máy đi thực địa",
    "device.approve_key": "duyệt mở lại khóa của máy đi thực địa",
    "sealing.begin": "niêm phong một cuộc",
    "sealing.change": "đổi nội dung niêm phong",
    "sealing.release": "mở niêm phong một phần",
    "sealing.open_all": "mở niêm phong",
    "seal.ask_break": "đề nghị mở khẩn cấp niêm phong",
    "seal.break": "mở khẩn cấp niêm phong",
    "role.grant": "cấp vai trò",
    "role.end": "kết thúc vai trò",
    "person.create": "lập tài khoản",
    "person.change": "đổi thông tin tài khoản",
    "person.deactivate": "ngừng tài khoản",
    "person.reactivate": "mở lại tài khoản",
    "person.change_password": "đổi mật khẩu",
    "person.reset_password": "đặt lại mật khẩu",
    "person.reset_factors": "đặt lại lớp bảo vệ",
    "person.export": "tải danh sách tài khoản",
    "retention.set": "đổi thời hạn giữ họ tên",
    "retention.erase": "xóa họ tên trước hạn",
    "factor.add_totp": "thêm ứng dụng tạo mã",
    "factor.remove_totp": "bỏ ứng dụng tạo mã",
    "factor.add_passkey": "thêm khóa truy cập",
    "factor.remove_passkey": "bỏ khóa truy cập",
    "factor.make_codes": "tạo mã khôi phục",
    "key.make": "tạo khóa API",
    "feed.make": "tạo địa chỉ lịch",
    "webhook.make": "tạo nơi nhận",
    "webhook.resume": "gửi tiếp tới nơi nhận",
    "identity.link": "gắn danh tính của tỉnh",
    "identity.unlink": "bỏ gắn danh tính của tỉnh",
}
"""Verb → what a page calls it. `audit.log.record` asks for each, so no surface can pass by; sealing.begin and person.export, which
are recorded under wider verbs or not at all, are asked for by name where they are done."""

BINDING = frozenset(
    {
        "visit.add_addendum",
        "plan.approve",
        "plan.issue",
        "finding.decide",
        "silence.set",
        "selfcheck.submit",
        "report.submit",
    }
)
"""What binds an office and wants no new proof of a person: no key of a program does it."""

NOT_STEPPED: dict[str, str] = {
    "field.sign": "signed on the phone without a signal; the passphrase of the phone and both signatures on glass stand for it",
    "draw.seat": "seats winners of a draw that is public by then",
    "seal.note_break": "a note after the seal was broken",
    "measure.look": "one name, on record with the reader; many in a row are seen in the log and in the report to the leader",
    "sealing.look": "the day's work of who holds the seal; each look is on record, and the seal itself opens only with a proof",
    "draw.look": "as sealing.look",
    "recommendation.issue": "part of conclusion.issue",
    "retention.hold": "keeps a name longer; erases and opens nothing",
    "unit.import": "names and codes of units; no right and no figure of an official hangs on it alone",
    "retention.end_hold": "lets a term run on; erases nothing by itself",
    "key.revoke": "takes a right away; whoever sees a stolen key must not be held up",
    "feed.revoke": "as key.revoke",
    "factor.drop_codes": "part of making new codes, or of a removal",
    "factor.reset": "part of person.reset_factors",
    "sealing.upgrade": "by the program, when tables are brought to a new version",
}
"""Verbs that sound like those above and need no new proof, with the reason. tests/signin/test_step_up.py reads both."""
