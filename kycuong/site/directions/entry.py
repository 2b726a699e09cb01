"""What a page says of itself: what it is for, and what one can do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Help:
    """Two texts in Vietnamese; they are read in the language of the page."""

    told: str
    shown: str

    @property
    def about(self) -> str:
        """What the page is for."""
        return gettext(self.told)

    @property
    def can(self) -> str:
        """What one can do there."""
        return gettext(self.shown)


FORM = _("Điền các ô rồi bấm nút ở cuối. Chỗ nào chưa đúng, trang chỉ rõ ô và cách sửa; chưa bấm nút thì chưa ghi gì.")
SURE = _("Đọc lại những gì sẽ xảy ra rồi bấm nút để làm, hoặc quay lại; chưa bấm thì chưa có gì thay đổi.")
REASON = _("Ghi lý do rồi bấm nút; lý do được giữ trong hồ sơ. Chưa bấm thì chưa có gì thay đổi.")
RULE = _("Xem quy định đang áp dụng và các lần trước; người có quyền đặt quy định mới, có hiệu lực từ một ngày.")
UPLOAD = _("Tải tệp mẫu, điền, rồi chọn tệp để xem trước từng dòng. Chưa xác nhận ở trang xem trước thì chưa ghi gì.")
PREVIEW = _("Đọc từng dòng; sai thì sửa tệp rồi gửi lại, đúng thì bấm nút để thực hiện tất cả cùng lúc.")
