"""Lists of this capability as files: inspections, the standing register of recusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.inspections.forms.opening import ListForm
from kycuong.inspections.models import Inspection, StandingRecusal
from kycuong.inspections.queries import InspectionLine, Wanted, inspections_wanted, lines_of
from kycuong.orgs.authority import authorize_somewhere
from kycuong.orgs.models import Person
from kycuong.orgs.rules import FOREVER
from kycuong.sheets.listing import Column, Listed, of_rows
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import said

INSPECTIONS: tuple[Column[InspectionLine], ...] = (
    Column(_lazy("Cuộc kiểm tra"), lambda line: str(line.inspection), 40),
    Column(_lazy("Hình thức"), lambda line: line.inspection.get_form_display(), 16),
    Column(_lazy("Mở ngày"), lambda line: line.inspection.opened_on, 13),
    Column(_lazy("Cơ quan chủ trì"), lambda line: line.lead, 34),
    Column(_lazy("Số quyết định"), lambda line: line.inspection.decision_number, 18),
    Column(_lazy("Ngày quyết định"), lambda line: line.inspection.decision_on, 13),
    Column(
        _lazy("Đơn vị, ngày kiểm tra"),
        lambda line: "; ".join(f"{name} ({vn_date(visit.visited_on)})" for visit, name in line.visits),
        50,
    ),
    Column(_lazy("Số lượt"), lambda line: len(line.visits), 9),
    Column(_lazy("Đã ký biên bản"), lambda line: line.signed, 9),
    Column(_lazy("Trạng thái"), lambda line: line.inspection.get_state_display(), 20),
    Column(_lazy("Niêm phong"), lambda line: _("có") if line.sealed else "", 10),
)
RECUSALS: tuple[Column[StandingRecusal], ...] = (
    Column(_lazy("Người"), lambda row: str(row.person), 28),
    Column(_lazy("Đơn vị"), lambda row: str(row.unit), 34),
    Column(_lazy("Loại quan hệ"), lambda row: row.get_kind_display(), 26),
    Column(_lazy("Ghi chú"), lambda row: row.note, 40),
    Column(_lazy("Từ ngày"), lambda row: row.valid_from, 13),
    Column(_lazy("Đến trước ngày"), lambda row: None if row.valid_to == FOREVER else row.valid_to, 13),
    Column(_lazy("Danh sách của"), lambda row: str(row.authority), 34),
)


def inspections(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """As the page lists them: what is sealed stands there for its short list alone, without what is closed in it."""
    form = ListForm(asked)
    wanted: Wanted = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    return of_rows(
        inspections_wanted(person, wanted).select_related("lead"),
        Inspection.objects.visible_to(person),
        title=_("Các cuộc kiểm tra"),
        columns=INSPECTIONS,
        lines=lambda rows: lines_of(rows, person),
        asked=said(form),
    )


def recusals(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """The register, as far as it is the person's to keep or about the person."""
    authorize_somewhere(person, "visit.record")
    seen = StandingRecusal.objects.visible_to(person)
    found = seen.select_related("authority", "person", "unit")
    return of_rows(found, seen, title=_("Hồi tị thường xuyên"), columns=RECUSALS, lines=lambda rows: rows)
