"""Where the recommendations of the period stood at the cut-off."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.reports.rules.words import RECOMMENDATION_STATES

from . import lists
from .figure import Figure, Reading
from .tallies import RECOMMENDATIONS


def read(rows: Reading) -> dict[str, int]:
    counted = dict.fromkeys(RECOMMENDATION_STATES, 0)
    for standing, _, _, found in rows[RECOMMENDATIONS]:
        counted[standing] += found
    return counted


FIGURE = Figure(
    name="recommendations_by_state",
    titled=gettext_noop("Tình trạng kiến nghị vào ngày chốt"),
    defined="Các kiến nghị, chia theo tình trạng khi hết ngày chốt: đã khắc phục (bên kiểm tra đã xác nhận), kết thúc có lý do, chờ bên kiểm "
    "tra trả lời (báo cáo khắc phục hoặc đề nghị gia hạn chưa có quyết định), còn trong hạn (kể cả ngày cuối), quá hạn. Hạn là hạn "
    "đang có vào ngày chốt; việc xảy ra sau đó không đổi số này. Các phần cộng lại bằng số kiến nghị.",
    definition_en="Recommendations by where they stood at the end of the cut-off: verified, closed with a reason, waiting for the inspecting side "
    "(a report or a request for an extension undecided then), within the term (its last day included), overdue. The term is the one "
    "that held at the cut-off; nothing later changes this. The parts add up to the recommendations.",
    tallies=(RECOMMENDATIONS,),
    read=read,
    listing=lists.recommendations(),
)
