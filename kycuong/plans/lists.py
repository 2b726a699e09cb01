"""Lists of this capability as files: who has issued and who has not, the items of a plan, overlaps, the spreading of a theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.core.ids import uid_in
from kycuong.core.problems import Missing
from kycuong.orgs.models import Person
from kycuong.plans.forms import YearForm
from kycuong.plans.models import AnnualTheme, InspectionPlan
from kycuong.plans.queries import (
    Burden,
    ItemLine,
    Overlap,
    PlanLine,
    SpreadLine,
    agency_name,
    item_lines,
    meetings,
    plan_lines,
    spread_lines,
)
from kycuong.plans.views.plans import year_asked
from kycuong.sheets.listing import Column, Listed, of_lines
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import said


def _of_plan(name: str) -> Any:
    return lambda line: getattr(line.plan, name) if line.plan else None


def _standing(line: PlanLine) -> str:
    return line.plan.get_state_display() if line.plan else _("Chưa lập")


PLANS: tuple[Column[PlanLine], ...] = (
    Column(_lazy("Cơ quan"), lambda line: line.name, 40),
    Column(_lazy("Tình trạng"), _standing, 20),
    Column(_lazy("Số"), lambda line: line.plan.number if line.plan and line.is_issued else "", 18),
    Column(_lazy("Ngày ban hành"), _of_plan("issued_on"), 13),
    Column(_lazy("Kiểm tra từ"), _of_plan("window_from"), 13),
    Column(_lazy("Kiểm tra đến"), _of_plan("window_to"), 13),
    Column(_lazy("Chỉ tiêu (đơn vị)"), _of_plan("target_units"), 10),
    Column(_lazy("Chỉ tiêu (%)"), _of_plan("target_percent"), 10),
    Column(_lazy("Nhắc ngày"), lambda line: line.reminder.reminded_on if line.reminder else None, 13),
)
ITEMS: tuple[Column[ItemLine], ...] = (
    Column(_lazy("Đơn vị"), lambda line: line.name, 44),
    Column(_lazy("Thời gian"), lambda line: str(line.item.when), 16),
    Column(_lazy("Hình thức"), lambda line: line.item.get_form_display(), 16),
    Column(_lazy("Nội dung"), lambda line: "; ".join(line.topics), 44),
    Column(_lazy("Ghi chú"), lambda line: line.item.note, 30),
    Column(_lazy("Không còn đơn vị"), lambda line: _("có") if line.ceased else "", 12),
    Column(_lazy("Đơn vị kế thừa"), lambda line: "; ".join(heir.name for heir in line.heirs), 44),
)
SPREADING: tuple[Column[SpreadLine], ...] = (
    Column(_lazy("Cơ quan"), lambda line: line.name, 40),
    Column(_lazy("Đã triển khai"), lambda line: _("có") if line.entries else _("chưa"), 12),
    Column(_lazy("Văn bản triển khai"), lambda line: line.documents, 12),
    Column(_lazy("Hội nghị quán triệt"), lambda line: line.briefings, 12),
    Column(_lazy("Tuyên truyền"), lambda line: line.promotions, 12),
    Column(_lazy("Lượt người"), lambda line: line.people, 12),
    Column(_lazy("Gần nhất"), lambda line: line.latest, 13),
)


class Meeting(NamedTuple):
    """A row of the file of overlaps, from an overlap or from a burden."""

    unit: str
    first: str
    first_when: str
    second: str
    second_when: str
    words: str
    days: int | None

    @classmethod
    def of(cls, found: Overlap | Burden) -> Meeting:
        if isinstance(found, Burden):
            words = _("%d lượt trong năm") % found.planned
            return cls(found.unit, "; ".join(found.agencies), "", "", "", words, None)
        one, other = found.sides
        words = _("có thể trùng") if found.possible else _("gần nhau")
        days = None if found.possible else found.days
        return cls(found.unit, one.agency, one.when, other.agency, other.when, words, days)


OVERLAPS: tuple[Column[Meeting], ...] = (
    Column(_lazy("Đơn vị"), lambda line: line.unit, 36),
    Column(_lazy("Cơ quan thứ nhất"), lambda line: line.first, 32),
    Column(_lazy("Thời gian thứ nhất"), lambda line: line.first_when, 16),
    Column(_lazy("Cơ quan thứ hai"), lambda line: line.second, 32),
    Column(_lazy("Thời gian thứ hai"), lambda line: line.second_when, 16),
    Column(_lazy("Mức độ"), lambda line: line.words, 18),
    Column(_lazy("Cách ít nhất (ngày)"), lambda line: line.days, 12),
)


def plans(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Agencies of a year: those without a plan first."""
    form = YearForm(asked)
    year, given = year_asked(form), form.cleaned_data if form.is_valid() else {}
    lines = plan_lines(person, year, today=today(), text=given.get("q", ""))
    shown = [line for line in lines if not line.is_issued] if given.get("missing") else lines
    return of_lines(_("Kế hoạch kiểm tra năm %(year)s") % {"year": year}, PLANS, shown, asked=said(form))


def items(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """`plan=…`: what a plan names."""
    uid = uid_in(asked.get("plan", ""))
    seen = InspectionPlan.objects.visible_to(person).select_related("agency")
    found = seen.filter(uid=uid).first() if uid else None
    if found is None:
        raise Missing("Không tìm thấy kế hoạch này. Hãy mở lại từ danh sách.", en="There is no such plan.")
    title = _("Đơn vị trong kế hoạch năm %(year)s: %(agency)s") % {"year": found.year, "agency": agency_name(found)}
    return of_lines(title, ITEMS, item_lines(person, found, today=today()))


def overlaps(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """All overlaps of a year that concern plans of the person's, then the units that bear too many."""
    year = year_asked(YearForm(asked))
    found = meetings(person, year, today=today())
    limits = _("Giới hạn: cách nhau %(days)d ngày; %(visits)d lượt mỗi đơn vị mỗi năm.") % {
        "days": found.limits.span_days, "visits": found.limits.visits_a_year,
    }  # fmt: skip
    every: list[Overlap | Burden] = [*found.near, *found.possible, *found.burdens]
    lines = [Meeting.of(one) for one in every]
    return of_lines(_("Trùng lặp giữa các kế hoạch năm %d") % year, OVERLAPS, lines, notes=[limits])


def spreading(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Who has spread the theme of the year, and who has not."""
    form = YearForm(asked)
    year, given = year_asked(form), form.cleaned_data if form.is_valid() else {}
    lines = spread_lines(person, year, today=today(), text=given.get("q", ""))
    shown = [line for line in lines if not (given.get("missing") and line.entries)]
    theme = AnnualTheme.objects.visible_to(person).filter(year=year).first()
    notes = [theme.title if theme else _("Chưa công bố chủ đề")]
    if theme and theme.document_on:
        words = {"number": theme.document_number, "day": vn_date(theme.document_on)}
        notes.append(_("Văn bản: %(number)s ngày %(day)s") % words)
    return of_lines(_("Triển khai chủ đề năm %d") % year, SPREADING, shown, asked=said(form), notes=notes)
