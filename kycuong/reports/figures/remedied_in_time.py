"""The share of verified remedies that came in time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading, rate
from .tallies import RECOMMENDATIONS


def read(rows: Reading) -> dict[str, Any]:
    verified = [(in_time, n) for state, in_time, _, n in rows[RECOMMENDATIONS] if state == "verified"]
    return rate(sum(n for in_time, n in verified if in_time), sum(n for _, n in verified))


FIGURE = Figure(
    name="remedied_in_time",
    titled=gettext_noop("Khắc phục đúng hạn"),
    defined="Trong các kiến nghị đã được xác nhận khắc phục đến hết ngày chốt: số mà đơn vị báo cáo khắc phục không muộn hơn hạn khi ấy.",
    definition_en="Of the recommendations verified by the cut-off: those whose remedy the unit reported within the term that held then.",
    tallies=(RECOMMENDATIONS,),
    read=read,
    listing=lists.recommendations(lists.IN_TIME, where="standing = 'verified'"),
)
