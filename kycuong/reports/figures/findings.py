"""Findings recorded at visits that count."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import FINDINGS


def read(rows: Reading) -> int:
    return sum(found for _, _, _, found in rows[FINDINGS])


FIGURE = Figure(
    name="findings",
    titled=gettext_noop("Hạn chế phát hiện"),
    defined="Số hạn chế ghi tại các lượt được tính trong kỳ. Hạn chế đã rút sau khi xem xét ý kiến đơn vị thì như chưa ghi.",
    definition_en="Findings recorded at counting visits in the period. One withdrawn after the unit was heard is as if not found.",
    tallies=(FINDINGS,),
    read=read,
    listing=lists.findings("severity"),
)
