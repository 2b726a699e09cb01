"""The list of this capability as a file: the public part of draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.draws.models import Draw
from kycuong.draws.queries import DrawLine, draw_lines
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Column, Listed, of_rows

DRAWS: tuple[Column[DrawLine], ...] = (
    Column(_lazy("Lần bốc thăm"), lambda line: str(line.draw), 44),
    Column(_lazy("Cơ quan chủ trì"), lambda line: line.lead, 32),
    Column(_lazy("Trong phạm vi"), lambda line: line.area, 32),
    Column(_lazy("Cần bốc"), lambda line: "; ".join(f"{size} {stratum}" for stratum, size in line.sizes), 34),
    Column(_lazy("Nguồn công khai"), lambda line: line.draw.source, 30),
    Column(_lazy("Ngày của nguồn"), lambda line: line.draw.source_on, 13),
    Column(_lazy("Hạn công bố"), lambda line: line.draw.reveal_by, 13),
    Column(_lazy("Tình trạng"), lambda line: line.draw.get_state_display(), 18),
    Column(_lazy("Quá hạn công bố"), lambda line: _("có") if line.is_overdue else "", 10),
)


def draws(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Every draw that the person may know of."""
    seen = Draw.objects.visible_to(person)
    return of_rows(
        seen.select_related("lead", "area"),
        seen,
        title=_("Bốc thăm kiểm chứng được"),
        columns=DRAWS,
        lines=lambda rows: draw_lines(rows, today=today()),
    )
