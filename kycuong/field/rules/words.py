"""What became of an op, and why one was set aside: the words that pages and the phone show."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """What the record made of an op. Whether it stands beside another value is asked of the heads, not kept."""

    APPLIED = "applied", _("Đã vào hồ sơ")
    WAITING = "waiting", _("Chưa đủ để vào hồ sơ")
    SET_ASIDE = "set_aside", _("Để riêng")


class Why(TextChoices):
    """Why something was set aside."""

    MISSHAPEN = "misshapen", _("Không đọc được")
    UNKNOWN_VISIT = "unknown_visit", _("Lượt không có, hoặc người gửi không được ghi")
    ID_REUSED = "id_reused", _("Trùng mã với một thay đổi khác")
    SEQ_REUSED = "seq_reused", _("Trùng số thứ tự trên máy")
    NOT_OURS = "not_ours", _("Người ghi không phải chủ của máy")
    OTHER_FORM = "other_form", _("Ghi trên phiếu khác với phiếu của lượt")
    AFTER_SIGNING = "after_signing", _("Khác với bản đã ký")
    REFUSED = "refused", _("Chưa đúng quy tắc")


ASIDE: dict[str, tuple[str, str]] = {
    Why.MISSHAPEN: (
        "Máy chủ không hiểu thay đổi này nhưng đã giữ nguyên. Hãy báo trưởng đoàn và quản trị hệ thống.",
        "The server does not understand this change and keeps it as it is. Tell the head of the team.",
    ),
    Why.UNKNOWN_VISIT: (
        "Tài khoản không (còn) được ghi lượt này. Thay đổi đã được giữ để riêng; trưởng đoàn có thể nhận vào hồ sơ.",
        "This account may not (or no longer) write to this visit. The change is kept; the head of the team may accept it.",
    ),
    Why.ID_REUSED: (
        "Mã của thay đổi này đã dùng cho một nội dung khác. Cả hai đều được giữ; hãy báo trưởng đoàn.",
        "The id of this change was used for something else. Both are kept; tell the head of the team.",
    ),
    Why.SEQ_REUSED: (
        "Số thứ tự của thay đổi này trên máy đã có. Cả hai đều được giữ; hãy báo trưởng đoàn.",
        "The number of this change on this phone is taken. Both are kept; tell the head of the team.",
    ),
    Why.NOT_OURS: (
        "Thay đổi này ghi tên người khác với chủ của máy nên được giữ để riêng; trưởng đoàn có thể nhận vào hồ sơ.",
        "This change names somebody else than the owner of the phone. It is kept; the head of the team may accept it.",
    ),
    Why.OTHER_FORM: (
        "Phiếu của lượt đã đổi sau khi máy tải về. Thay đổi đã được giữ để riêng; trưởng đoàn có thể nhận vào hồ sơ.",
        "The form of this visit changed since the phone fetched it. The change is kept; the head of the team may accept it.",
    ),
    Why.AFTER_SIGNING: (
        "Biên bản đã ký nên không sửa nữa. Thay đổi này được giữ và ghi là «khác với bản đã ký»; cần thì lập biên bản bổ sung.",
        "The minutes are signed and stay as they are. The change is kept as different from what was signed; add an addendum if needed.",
    ),
}
"""Reason → the sentence for the person, in Vietnamese and in English. REFUSED brings the sentence of the rule."""
