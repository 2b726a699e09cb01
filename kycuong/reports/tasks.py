"""What runs by itself: cells of the top are ready before somebody asks, after midnight as after writes."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import OperationalError, connection

from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks.running import at_any_hour, in_pieces
from kycuong.orgs.models import Unit

from . import store
from .figures.question import VIEWS, Question
from .queries import cells_told, figures_for, need_cells, tops
from .rules.periods import Period, year_to_date
from .walls import changed, raise_walls

COMPARED = 4
"""So many sets of the first page, and as many of all, by chance, are counted anew each time: who falsified one is found without anybody asking."""
WRONG = (
    "Ô số liệu đã tính sẵn khác với dữ liệu nên đã bỏ hết; từ nay đếm lại từ dữ liệu. Chỗ sai và con số sai ghi ở nhật ký của máy chủ. "
    "Không phải lỗi nhập liệu: hãy tìm ai đã sửa thẳng cơ sở dữ liệu và báo cho người làm phần mềm."
)
CHANGED = (
    "Bẫy ghi nhận thay đổi của số liệu đã bị tắt hoặc sửa từ bên ngoài; đã dựng lại và đếm lại từ dữ liệu. Nếu không phải vừa phục hồi "
    "dữ liệu: hãy tìm ai đã sửa thẳng cơ sở dữ liệu."
)

BEFORE = tuple(said.replace("số liệu", "số liệu cả nước", 1) for said in (WRONG, CHANGED))
"""As they were told when cells stood in a nation only: an upgrade makes nobody forget what was found in the days before."""
FALSIFIED = (WRONG, CHANGED, *BEFORE)


@at_any_hour
@in_pieces
def warm_cells(today: date) -> str:
    """In a nation and in a large province: notes are few, triggers stand, and what the first page asks today is counted."""
    heads = tops(today)
    if not need_cells(heads):
        return ""
    store.fold()
    changed_before = changed(connection)
    try:
        raised = raise_walls(connection)
    except OperationalError:
        raise StepFailed("Đang có người ghi nên chưa dựng được bẫy ghi nhận thay đổi; lần chạy sau làm tiếp.") from None
    first_page = warm(heads, year_to_date(today))
    if differences := cells_told(few=COMPARED, among=first_page).differences:
        logging.getLogger(__name__).error("cells differ from the rows:\n%s", "\n".join(differences))
        store.drop()
        raise StepFailed(WRONG)
    if changed_before:
        logging.getLogger(__name__).error("triggers of cells were changed: %s", changed_before)
        raise StepFailed(CHANGED)
    return "Đã dựng bẫy ghi nhận thay đổi cho số liệu." if raised else ""


def warm(heads: Sequence[Unit], year: Period) -> list[Mapping[str, Any]]:
    """Count what the first page of each asks; the questions. Others are let go of first."""
    first_page: list[Mapping[str, Any]] = []
    for question in (Question(top.pk, year, view) for top in heads for view in VIEWS):
        first_page += [question.as_dict(), question.year_before().as_dict()]
    for asked in first_page:
        store.refresh(asked)
    store.tidy()
    for top in heads:
        for view in VIEWS:
            figures_for(top, year, view=view, warming=True)
    return first_page
