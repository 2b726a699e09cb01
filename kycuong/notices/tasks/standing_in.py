"""On the first day of standing in both sides are told."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localtime

from kycuong.notices.telling import tell_of_stand_in
from kycuong.orgs.models import StandIn


def tell_of_first_days(day: date) -> str:
    """Once each: what began while nothing ran is told late, and what gives no right is not told."""
    begun = StandIn.objects.in_force(on=day).select_related("principal", "person", "named_by").order_by("pk")
    rows = [one for one in begun if one.valid_from > localtime(one.named_at).date()]
    for one in rows:
        tell_of_stand_in(one, "begins")
    first = sum(one.valid_from == day for one in rows)
    return f"Hôm nay bắt đầu {first} việc làm thay." if first else ""
