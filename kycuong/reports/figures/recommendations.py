"""Kiến nghị: recommendations issued."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import RECOMMENDATIONS


def read(rows: Reading) -> int:
    return sum(found for _, _, _, found in rows[RECOMMENDATIONS])


FIGURE = Figure(
    name="recommendations",
    titled=gettext_noop("Kiến nghị đã ban hành"),
    defined="Số kiến nghị ban hành trong kỳ tại các lượt được tính. Theo đơn vị: đơn vị nhận kiến nghị thuộc phạm vi vào ngày ban hành; "
    "theo chủ trì: cơ quan chủ trì cuộc kiểm tra là hoặc thuộc phạm vi vào ngày ấy.",
    definition_en="Recommendations issued in the period at counting visits. By subject: the unit to which it was issued stood under the scope on "
    "the day of issue; by lead: the lead authority of the inspection was the scope or stood under it.",
    tallies=(RECOMMENDATIONS,),
    read=read,
    listing=lists.recommendations(),
)
