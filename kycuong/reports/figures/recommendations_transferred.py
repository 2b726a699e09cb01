"""Recommendations that a successor carries on."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import RECOMMENDATIONS


def read(rows: Reading) -> int:
    return sum(found for _, _, transferred, found in rows[RECOMMENDATIONS] if transferred)


FIGURE = Figure(
    name="recommendations_transferred",
    titled=gettext_noop("Trong đó đã chuyển đơn vị kế thừa"),
    defined="Phần kiến nghị mà đến hết ngày chốt đã chuyển cho đơn vị kế thừa. Vẫn tính ở đơn vị đã nhận khi ban hành, nên đã nằm trong các phần trên.",
    definition_en="The part that had passed to a successor by the cut-off. It still counts at the unit to which it was issued.",
    tallies=(RECOMMENDATIONS,),
    read=read,
    listing=lists.recommendations(where="transferred = 1"),
)
