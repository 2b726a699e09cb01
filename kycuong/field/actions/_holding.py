"""Minutes signed on glass that wait for their photos hold the draft: at the desk nothing of it changes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kycuong.core.problems import RuleBroken
from kycuong.field.models import FieldSignature
from kycuong.inspections.models import Visit

_following: ContextVar[bool] = ContextVar("following", default=False)


@contextmanager
def following() -> Iterator[None]:
    """While the record follows its log, the acts of the desk are the log's own."""
    token = _following.set(True)
    try:
        yield
    finally:
        _following.reset(token)


def ensure_not_signed_on_glass(visit: Visit) -> None:
    """Raise unless no signature waits, or the log itself is at work."""
    if not _following.get() and FieldSignature.objects.filter(visit=visit, minutes=None, visit__state="draft").exists():
        raise RuleBroken(
            "Biên bản của lượt này đã ký tại chỗ trên máy và đang chờ ảnh nên chưa sửa, chưa ký ở đây được. Hãy chờ ảnh về, "
            "khai ảnh không còn, hoặc bỏ chữ ký ấy kèm lý do ở trang «Nhận từ thực địa» của lượt.",
            en="The minutes of this visit were signed on a phone and wait for photos. Wait for them, declare them lost, or "
            "discard that signature with a reason on the visit's page «from the field».",
        )
