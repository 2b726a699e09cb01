"""What runs by itself: a nation's cells are ready before somebody asks, after midnight as after writes."""

from __future__ import annotations

from datetime import date

from django.db import OperationalError, connection

from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks.running import at_any_hour, in_pieces
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.orgs.rules import Kind

from . import store
from .figures.question import VIEWS, Question
from .queries import cells_told, figures_for
from .rules.periods import year_to_date
from .walls import raise_walls

COMPARED = 1
"""So many sets, by chance, are counted anew each time, so that one that was falsified is found without anybody asking."""
WRONG = (
    "Ô số liệu cả nước đã tính sẵn khác với dữ liệu nên đã bỏ hết; từ nay đếm lại từ dữ liệu. Không phải lỗi nhập liệu: hãy tìm ai đã sửa "
    "thẳng cơ sở dữ liệu và báo cho người làm phần mềm."
)


@at_any_hour
@in_pieces
def warm_cells(today: date) -> str:
    """Where there is a nation: its triggers stand, its notes are few, and what its first page asks today is counted."""
    top = Unit.objects.top()
    if top is None or not UnitVersion.objects.filter(unit=top, kind=Kind.NATION).exists():
        return ""
    try:
        raised = raise_walls(connection)
    except OperationalError:
        raise StepFailed("Đang có người ghi nên chưa dựng được bẫy ghi nhận thay đổi; lần chạy sau làm tiếp.") from None
    store.fold()
    year = year_to_date(today)
    for question in (Question(top.pk, year, view) for view in VIEWS):
        store.refresh(question.as_dict())
        store.refresh(question.year_before().as_dict())
    store.tidy()
    for view in VIEWS:
        figures_for(top, year, view=view)
    if cells_told(few=COMPARED).differences:
        store.drop()
        raise StepFailed(WRONG)
    return "Đã dựng bẫy ghi nhận thay đổi cho số liệu cả nước." if raised else ""
