"""What people have done with a file that an agency sent, and what may be done next."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken


class FileState(TextChoices):
    """Only an act of a person moves a file."""

    SENT = "sent", _("Chưa xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    SUPERSEDED = "superseded", _("Đã có tệp thay")
    SET_ASIDE = "set_aside", _("Bỏ qua")


MOST_FILES = 300
"""Files in one upload."""


def ensure_waiting(state: str) -> None:
    """Only a file that nobody has decided on is mapped, confirmed or set aside."""
    if state != FileState.SENT:
        said = FileState(state).label.lower()
        raise RuleBroken(
            f"Tệp này {said} nên không đổi được nữa. Hãy tải tệp đã sửa lên (tệp mới thay tệp cũ), hoặc rút lại tệp này kèm lý do.",
            en=f"This file is {state}, so nothing more is changed in it. Upload the corrected file: it takes the old one's place.",
        )


def ensure_decided(state: str, reason: str) -> None:
    """Only what was decided is taken back; what was confirmed, with a reason."""
    if state == FileState.SENT:
        raise RuleBroken(
            "Tệp này đang chờ xác nhận nên không có gì để rút lại.", en="Nothing was decided about this file."
        )
    if state != FileState.SET_ASIDE and not reason:
        sentence = "Hãy ghi lý do rút lại tệp này."
        raise BadInput(
            sentence,
            en="Say why this file is taken back.",
            errors=[{"field": "reason", "vi": sentence, "en": "Say why."}],
        )


def ensure_confirmable(*, agency: bool, errors: int, values: int, read: bool) -> None:
    """Nothing becomes a figure while something is open."""
    if not read:
        raise RuleBroken("Tệp này chưa đọc xong hoặc không đọc được.", en="This file was not read.")
    if not agency:
        raise RuleBroken(
            "Chưa rõ tệp của cơ quan nào. Hãy chọn cơ quan rồi lưu.",
            en="It is not known whose file this is. Choose the agency and save.",
        )
    if errors:
        raise RuleBroken(
            f"Tệp còn {errors} ô lỗi. Hãy sửa tệp rồi tải lên lại, hoặc bỏ các cột có lỗi khỏi phần ghép cột.",
            en=f"The file has {errors} faulty cells. Mend it and upload it again, or leave the faulty columns out.",
        )
    if not values:
        raise RuleBroken(
            "Chưa có số nào được lấy từ tệp này. Hãy ghép ít nhất một cột số.",
            en="No number is taken from this file. Map at least one column of numbers.",
        )
