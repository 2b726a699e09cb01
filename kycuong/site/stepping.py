"""The acts before which somebody proves again to be there (ADR 35): by the verb under which the log keeps them."""

from __future__ import annotations

from django.utils.translation.trans_null import gettext_noop as _

# trans_null: settings are being read while this is.
STEP_UP: dict[str, str] = {
    "visit.sign": _("ký biên bản"),
    "visit.annul": _("hủy lượt đã ký"),
    "publication.open": _("mở trang công khai"),
    "publication.close": _("tắt trang công khai"),
    "publication.set_rules": _("đổi quy định công khai"),
    "visit.import": _("nạp lượt đã ký từ tệp"),
    "recommendation.import": _("nạp kiến nghị từ tệp"),
    "conclusion.approve": _("duyệt kết luận"),
    "conclusion.issue": _("ban hành kết luận"),
    "round.sign": _("ký báo cáo định kỳ"),
    "measure.record": _("ghi quyết định xử lý"),
    "measure.decline": _("ghi kết quả không xử lý"),
    "conflict.waive": _("chấp nhận xung đột lợi ích"),
    "file.look": _("mở bản gốc của ảnh, tệp"),
    "device.enrol": _("đăng ký máy đi thực địa"),
    "device.approve_key": _("duyệt mở lại khóa của máy đi thực địa"),
    "sealing.begin": _("niêm phong một cuộc"),
    "sealing.change": _("đổi nội dung niêm phong"),
    "sealing.release": _("mở niêm phong một phần"),
    "sealing.open_all": _("mở niêm phong"),
    "seal.ask_break": _("đề nghị mở khẩn cấp niêm phong"),
    "seal.break": _("mở khẩn cấp niêm phong"),
    "role.grant": _("cấp vai trò"),
    "role.end": _("kết thúc vai trò"),
    "role.lend": _("giao người làm thay"),
    "person.create": _("lập tài khoản"),
    "person.change": _("đổi thông tin tài khoản"),
    "person.deactivate": _("ngừng tài khoản"),
    "person.reactivate": _("mở lại tài khoản"),
    "person.change_password": _("đổi mật khẩu"),
    "person.reset_password": _("đặt lại mật khẩu"),
    "person.reset_factors": _("đặt lại lớp bảo vệ"),
    "person.export": _("tải danh sách tài khoản"),
    "retention.set": _("đổi thời hạn giữ họ tên"),
    "retention.erase": _("xóa họ tên trước hạn"),
    "factor.add_totp": _("thêm ứng dụng tạo mã"),
    "factor.remove_totp": _("bỏ ứng dụng tạo mã"),
    "factor.add_passkey": _("thêm khóa truy cập"),
    "factor.remove_passkey": _("bỏ khóa truy cập"),
    "factor.make_codes": _("tạo mã khôi phục"),
    "key.make": _("tạo khóa API"),
    "feed.make": _("tạo địa chỉ lịch"),
    "webhook.make": _("tạo nơi nhận"),
    "webhook.resume": _("gửi tiếp tới nơi nhận"),
    "identity.link": _("gắn danh tính của tỉnh"),
    "identity.unlink": _("bỏ gắn danh tính của tỉnh"),
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
        "feature.switch",
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
    "role.take_back": "as key.revoke",
    "role.shorten_loan": "part of role.end, or of a reorganisation",
    "key.revoke": "takes a right away; whoever sees a stolen key must not be held up",
    "feed.revoke": "as key.revoke",
    "factor.drop_codes": "part of making new codes, or of a removal",
    "factor.reset": "part of person.reset_factors",
    "sealing.upgrade": "by the program, when tables are brought to a new version",
}
"""Verbs that sound like those above and need no new proof, with the reason. tests/signin/test_step_up.py reads both."""
