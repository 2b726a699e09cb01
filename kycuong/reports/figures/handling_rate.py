"""Tỷ lệ xử lý: the share of recommendations that were brought to an end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from kycuong.reports.rules.words import HANDLED

from . import lists
from .figure import Figure, Reading, rate
from .tallies import RECOMMENDATIONS


def read(rows: Reading) -> dict[str, Any]:
    found = rows[RECOMMENDATIONS]
    return rate(sum(n for state, _, _, n in found if state in HANDLED), sum(n for _, _, _, n in found))


FIGURE = Figure(
    name="handling_rate",
    titled=gettext_noop("Tỷ lệ kiến nghị đã xử lý"),
    defined="(Đã khắc phục + kết thúc có lý do) / kiến nghị đã ban hành trong kỳ, vào ngày chốt. Không có kiến nghị thì không có tỷ lệ.",
    definition_en="(Verified + closed with a reason) / recommendations issued in the period, as they stood at the cut-off.",
    tallies=(RECOMMENDATIONS,),
    read=read,
    listing=lists.recommendations(lists.HANDLED),
)
