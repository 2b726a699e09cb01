"""What nobody will ask for any more is removed: old runs, old digests, notices that were read long ago."""

from __future__ import annotations

from datetime import date

from kycuong.core.clock import now
from kycuong.notices.models import DigestSent, Notice, TickRun
from kycuong.notices.rules import KEPT


def tidy(day: date) -> str:
    """Unread notices stay, however old. A key that is removed with its notice may be told again: 400 days later."""
    before = now() - KEPT
    TickRun.objects.filter(begun_at__lt=before).delete()
    DigestSent.objects.filter(day__lt=day - KEPT).delete()
    removed, _by_model = Notice.objects.filter(read_at__lt=before).delete()
    return f"Đã bỏ {removed} thông báo đã đọc từ lâu." if removed else ""
