"""Whoever runs the system is told once that the hour is in doubt; when it is settled, that notice goes."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kycuong.core.clock import today
from kycuong.notices.models import Notice, TickRun
from kycuong.notices.queries import last_run_far_away
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.roles import roles_with

from .running import IN_DOUBT, WAITS, at_any_hour

KEY = "hour:"


@at_any_hour
def tell_of_the_hour(day: date) -> str:
    """Inside the application only: mail is among what waits, and one sent by a wrong hour cannot be called back."""
    now_running = TickRun.objects.filter(step__in=("", IN_DOUBT)).order_by("-pk").first()
    last = last_run_far_away()
    if now_running is None or now_running.step != IN_DOUBT or last is None:
        Notice.objects.filter(key__startswith=KEY).delete()
        return ""
    told = tell(
        _who_run_it(last),
        key=f"{KEY}{last.isoformat()}",
        subject="Giờ máy chủ đáng ngờ: nhiều việc chạy nền đang chờ",
        text=WAITS,
        url=reverse("notices:ticks"),
    )
    return f"Đã báo {told} người về giờ máy chủ." if told else ""


def _who_run_it(last: datetime) -> list[Person]:
    """By the roles of today and of the last day that was sure: at a wrong hour nobody may seem to hold any."""
    sure, roles = timezone.localtime(last).date(), roles_with("tick.see")
    held = [
        Q(assignments__role__in=roles, assignments__valid_from__lte=on, assignments__valid_to__gt=on)
        for on in (sure, today())
    ]
    return list(Person.objects.filter(held[0] | held[1], is_active=True).distinct())
