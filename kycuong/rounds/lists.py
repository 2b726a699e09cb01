"""Lists of this capability as files: who has reported in a round and who has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.core.ids import uid_in
from kycuong.core.problems import Missing
from kycuong.orgs.models import Person
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.queries import progress_of
from kycuong.sheets.listing import Column, Listed, of_lines
from kycuong.ui.formats import vn_date

PROGRESS: tuple[Column[Any], ...] = (
    Column(_lazy("Cơ quan"), lambda line: line.name, 40),
    Column(_lazy("Tình trạng"), lambda line: line.words, 20),
    Column(_lazy("Nộp lần đầu"), lambda line: line.report.first_submitted_on, 13),
    Column(_lazy("Kết quả về hạn"), lambda line: line.outcome, 22),
    Column(_lazy("Số lần nộp"), lambda line: line.times, 10),
    Column(_lazy("Có tài khoản nộp"), lambda line: _("có") if line.has_reader else _("chưa"), 12),
)


def progress(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """`round=…`, and `late=1` for those alone that are late: the agencies of a round, as far as the person may see them."""
    uid = uid_in(asked.get("round", ""))
    found = ReportingRound.objects.visible_to(person).filter(uid=uid).first() if uid else None
    if found is None:
        raise Missing(
            "Không tìm thấy đợt báo cáo này. Hãy mở lại từ danh sách các đợt.", en="There is no such reporting round."
        )
    made = progress_of(found, person, today=today())
    lines = [line for line in made.lines if line.is_late] if asked.get("late") else made.lines
    done = _("Đã nộp %(done)d/%(total)d cơ quan.") % {"done": made.submitted, "total": made.total}
    notes = [done, *([_("Hạn nộp: %s.") % vn_date(found.due_on)] if found.due_on else [])]
    return of_lines(_("Tiến độ báo cáo: %s") % found.title, PROGRESS, lines, notes=notes)
