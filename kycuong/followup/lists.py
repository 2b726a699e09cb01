"""Lists of this capability as files: recommendations; measures, without a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.followup.forms.measures import MeasureListForm
from kycuong.followup.forms.recommendations import ListForm
from kycuong.followup.models import AccountabilityMeasure, Recommendation
from kycuong.followup.queries import Standing, Wanted, recommendations_wanted, standings_of, unit_names
from kycuong.followup.queries.measures import WantedMeasures, measures_wanted
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Column, Listed, of_rows
from kycuong.ui.forms import said


class Line(NamedTuple):
    """A recommendation, the unit that owes it, where it stands."""

    one: Recommendation
    unit: str
    standing: Standing


RECOMMENDATIONS: tuple[Column[Line], ...] = (
    Column(_lazy("Kiến nghị"), lambda line: line.one.text, 60),
    Column(_lazy("Đơn vị"), lambda line: line.unit, 36),
    Column(_lazy("Ngày kiểm tra"), lambda line: line.one.visit.visited_on, 13),
    Column(_lazy("Ban hành"), lambda line: line.one.issued_on, 13),
    Column(_lazy("Hạn"), lambda line: line.one.due_on, 13),
    Column(_lazy("Tình trạng"), lambda line: line.standing.words, 26),
    Column(_lazy("Số ngày quá hạn"), lambda line: line.standing.days_over or None, 10),
    Column(_lazy("Xong ngày"), lambda line: line.one.settled_on, 13),
)
MEASURES: tuple[Column[AccountabilityMeasure], ...] = (
    Column(_lazy("Hình thức"), lambda row: str(row.kind), 28),
    Column(_lazy("Về ai"), lambda row: row.whom, 34),
    Column(_lazy("Đơn vị"), lambda row: str(row.unit), 34),
    Column(_lazy("Cơ quan xử lý"), lambda row: str(row.authority), 34),
    Column(_lazy("Số văn bản"), lambda row: row.number, 18),
    Column(_lazy("Ngày văn bản"), lambda row: row.decided_on, 13),
    Column(_lazy("Kết quả"), lambda row: row.get_state_display(), 18),
)


def recommendations(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """As the page lists them, what is due first at the top."""
    form = ListForm(asked)
    wanted: Wanted = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    return of_rows(
        recommendations_wanted(person, wanted, today=today()),
        Recommendation.objects.visible_to(person),
        title=_("Kiến nghị sau kiểm tra"),
        columns=RECOMMENDATIONS,
        lines=_standing,
        asked=said(form),
    )


def _standing(rows: list[Recommendation]) -> Iterable[Line]:
    standings, names = standings_of(rows, today=today()), unit_names(rows, today=today())
    return [Line(one, names[one.unit_id], standings[one.pk]) for one in rows]


def measures(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """As the page lists them: for whoever is responsible, by category and never by name."""
    form = MeasureListForm(asked)
    wanted: WantedMeasures = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    return of_rows(
        measures_wanted(person, wanted),
        AccountabilityMeasure.objects.visible_to(person),
        title=_("Xử lý trách nhiệm"),
        columns=MEASURES,
        lines=lambda rows: rows,
        asked=said(form),
        notes=[_("Hạn chế: chỉ người có thẩm quyền được đọc. Không có họ tên trong danh sách.")],
    )
