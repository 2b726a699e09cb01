"""What signing in leaves behind is removed: guesses that count no more, sessions that ended."""

from __future__ import annotations

from datetime import date

from kycuong.ui.formats import vn_date

from .models import AccessKey
from .proving.guesses import forget_old
from .rules import REMINDED_BEFORE
from .store import forget_ended
from .telling import tell_of


def remind_of_keys(day: date) -> str:
    """Two weeks before a key ends its person is told, once: a program that stands still one morning is nobody's surprise."""
    ending = AccessKey.objects.filter(
        revoked_at__isnull=True, expires_on__range=(day, day + REMINDED_BEFORE), person__is_active=True
    )
    told = sum(
        tell_of(
            key.person,
            f"Khóa API “{key.name}” dùng đến hết ngày {vn_date(key.expires_on)}",
            "Hãy tạo khóa mới, đổi trong chương trình, rồi thu hồi khóa này.",
            once=f"key-ends:{key.uid}",
        )
        for key in ending.select_related("person")
    )
    return f"Đã nhắc {told} khóa API sắp hết hạn." if told else ""


def tidy(day: date) -> str:
    """Safe to run twice; names nobody."""
    guesses, sessions = forget_old(), forget_ended()
    return f"Đã bỏ {guesses} lượt thử, {sessions} phiên đã kết thúc." if guesses + sessions else ""
