"""The step of the tick: what is due is sent, and what nobody took in thirty days is let go, which its owner hears of."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Q

from kycuong.audit.log import act
from kycuong.connect.actions._pausing import tell_all
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries.webhooks import kept_back, told
from kycuong.connect.rules import webhooks as rules
from kycuong.connect.rules.webhooks import State
from kycuong.core.clock import now
from kycuong.notices.tasks.running import in_pieces

from .sending import send_due

LONGEST = 60
"""Seconds for all destinations together: other work of the tick, and the next one, wait for it."""


@in_pieces
def send_waiting(day: date) -> str:
    """Send what is due, and let go what is older than thirty days."""
    count = (
        send_due(LONGEST) if settings.WEBHOOK_HOSTS else 0
    )  # first: what a seal has just let go is old, and was never tried
    lost = sum(_let_go(one) for one in Destination.objects.filter(deliveries__happened_at__lt=_edge()).distinct())
    said = [
        f"Đã gửi {count} tin tới phần mềm khác." if count else "",
        f"Đã bỏ {lost} tin quá 30 ngày chưa gửi được." if lost else "",
    ]
    return " ".join(filter(None, said))


@act
def _let_go(destination: Destination) -> int:
    """How many were lost that its owner may see: of the others nobody hears that they were there. What a seal keeps back stays."""
    untried = Q(done=False, tries=0, destination__state=State.ACTIVE, happened_at__gte=_edge() - rules.KEPT)
    old = Delivery.objects.filter(destination=destination, happened_at__lt=_edge()).exclude(untried)
    waiting = list(old.filter(done=False).exclude(kept_back()).exclude(kind=rules.TRIAL))
    lost = sum(told(one, destination.owner) is not None for one in waiting)
    old.exclude(kept_back(), done=False).delete()
    if lost:
        Destination.objects.filter(pk=destination.pk).update(lost=F("lost") + lost, lost_at=now())
        subject = f"Đã bỏ {lost} tin chưa gửi được tới nơi nhận “{destination.name}”"
        text = "Bên nhận không nhận trong 30 ngày: báo họ đọc lại danh sách bằng API, rồi xem vì sao chưa gửi được."
        tell_all(destination, "lost", subject, text)
    return lost


def _edge() -> datetime:
    return now() - rules.KEPT
