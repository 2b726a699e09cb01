"""Where the findings of the period stand at the cut-off."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.reports.rules.words import FINDING_STATES

from . import lists
from .figure import Figure, Reading
from .tallies import FINDINGS


def read(rows: Reading) -> dict[str, int]:
    counted = dict.fromkeys(FINDING_STATES, 0)
    for _, _, state, found in rows[FINDINGS]:
        counted[state] += found
    return counted


FIGURE = Figure(
    name="findings_by_state",
    titled=gettext_noop("Tình trạng khắc phục vào ngày chốt"),
    defined="Các hạn chế, chia theo tình trạng vào ngày chốt: đã khắc phục, còn trong hạn (kể cả ngày cuối của hạn), quá hạn, "
    "không đặt hạn. Đã ban hành kiến nghị về hạn chế ấy thì tính theo hạn của kiến nghị; mọi kiến nghị đều đã kết thúc mà chưa khắc phục thì là kết thúc có lý do. Đơn vị còn hạn trả lời, hoặc đã có ý kiến mà chưa ai xem xét, thì chưa quá hạn. "
    "Khắc phục sau ngày chốt không đổi số này.",
    definition_en="Findings by where they stand at the cut-off: remedied, in term (its last day included), overdue, without a "
    "term. Once recommendations about it are issued, their terms count; when all of these ended without a remedy it is closed with a reason. While the unit's term to answer runs, or its objection is undecided, nothing is overdue. "
    "A remedy after the cut-off changes nothing here.",
    tallies=(FINDINGS,),
    read=read,
    listing=lists.findings("state"),
)
