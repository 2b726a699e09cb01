"""What was said in 2019 in round words, and the query that answers each statement exactly: the tour and its acceptance test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .scenario.article import COMBINED_DISTRICTS

Figures = Mapping[str, Any]
JANUARY, MARCH, APRIL = date(2019, 1, 1), date(2019, 3, 31), date(2019, 4, 30)


@dataclass(frozen=True)
class Statement:
    """One statement: the words of 2019, the query (scope, period, view), the figure that answers, and its test.

    `said`, `about`, `note`: words that the page translates. `figure` names the figure that the row shows, `kind` narrows it to one kind
    of unit; `holds` gets the whole answer.
    """

    key: str
    said: str | Promise
    about: str | Promise
    scope: str
    first: date
    last: date
    view: str
    figure: str
    holds: Callable[[Figures], bool]
    listed: str
    kind: str = ""
    note: str | Promise = ""


def _kind(figures: Figures, kind: str, name: str = "units_inspected") -> Any:
    return figures["units_by_kind"][kind][name]


def _cao_loc(figures: Figures) -> bool:
    coverage = figures["coverage"]
    return (
        (_kind(figures, "division"), _kind(figures, "commune_pc")) == (8, 3)
        and (coverage["numerator"], coverage["denominator"]) == (11, 36)
        and round(coverage["rate"], 3) == 0.306
        and figures["plan_progress"]["target_percent"] == 100
    )


def _home_affairs(figures: Figures) -> bool:
    forms = {form for form, count in figures["inspections_by_form"].items() if count}
    codes = {topic["code"] for topic in figures["topics"]}
    return (
        _kind(figures, "district_pc") == len(COMBINED_DISTRICTS)
        and _kind(figures, "commune_pc") == 5
        and figures["units_inspected"] == 10
        and forms == {"combined"}
        and {"home_affairs", "admin_reform"} <= codes
    )


def _dinh_lap(figures: Figures) -> bool:
    coverage = _kind(figures, "commune_pc", "coverage")
    return (coverage["numerator"], coverage["denominator"], coverage["rate"]) == (12, 12, 1.0)


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "year-2018",
        "296",
        _("đơn vị trực thuộc được kiểm tra trong năm 2018"),
        "tinh-lang-son",
        date(2018, 1, 1),
        date(2018, 12, 31),
        "subject",
        "units_inspected",
        lambda f: f["units_inspected"] == 296,
        "units_inspected",
    ),
    Statement(
        "first-months-2019",
        _("gần 200"),
        _("đơn vị trực thuộc được kiểm tra trong bốn tháng đầu năm 2019"),
        "tinh-lang-son",
        JANUARY,
        APRIL,
        "subject",
        "units_inspected",
        lambda f: f["units_inspected"] == 197,
        "units_inspected",
    ),
    Statement(
        "mostly-surprise",
        _("đa phần"),
        _("các cuộc kiểm tra là đột xuất"),
        "tinh-lang-son",
        JANUARY,
        APRIL,
        "subject",
        "surprise_share",
        lambda f: f["surprise_share"]["rate"] > 0.5,
        "inspections",
    ),
    Statement(
        "plans-issued",
        _("gần 100 %"),
        _("sở, ngành và UBND cấp huyện đã ban hành kế hoạch trong quý I/2019"),
        "tinh-lang-son",
        JANUARY,
        MARCH,
        "subject",
        "agencies_with_plan",
        lambda f: 0.95 <= f["agencies_with_plan"]["rate"] < 1 and f["agencies_without_plan"] == 1,
        "agencies_without_plan",
        note=_("Nơi chưa ban hành được nêu tên trong danh sách."),
    ),
    Statement(
        "dinh-lap",
        "12/12",
        _("UBND xã, thị trấn do UBND huyện Đình Lập kiểm tra"),
        "huyen-dinh-lap",
        JANUARY,
        APRIL,
        "lead",
        "units_by_kind",
        _dinh_lap,
        "units_inspected",
        kind="commune_pc",
    ),
    Statement(
        "chi-lang",
        "32",
        _("cơ quan chuyên môn và UBND cấp xã do UBND huyện Chi Lăng kiểm tra"),
        "huyen-chi-lang",
        JANUARY,
        APRIL,
        "lead",
        "units_inspected",
        lambda f: f["units_inspected"] == 32 and _kind(f, "division") + _kind(f, "commune_pc") == 32,
        "units_inspected",
        note=_("Một con số gộp khi đó, nay tách theo loại đơn vị."),
    ),
    Statement(
        "cao-loc",
        "30 %",
        _("số đơn vị (8 phòng và 3 xã, thị trấn) do UBND huyện Cao Lộc kiểm tra; chỉ tiêu cả năm 100 %"),
        "huyen-cao-loc",
        JANUARY,
        APRIL,
        "lead",
        "coverage",
        _cao_loc,
        "units_inspected",
        note=_("11 trên 36 đơn vị: mẫu số nay mở ra được."),
    ),
    Statement(
        "so-noi-vu",
        _("5 huyện và 5 xã"),
        _("do Sở Nội vụ kiểm tra, kết hợp lĩnh vực nội vụ và cải cách hành chính"),
        "so-noi-vu",
        JANUARY,
        APRIL,
        "lead",
        "units_inspected",
        _home_affairs,
        "units_inspected",
    ),
    Statement(
        "not-the-sum",
        _("cộng cột"),
        _("tổng của tỉnh không phải là tổng các cột của từng cơ quan"),
        "tinh-lang-son",
        JANUARY,
        APRIL,
        "subject",
        "double_counted",
        lambda f: f["double_counted"] > 0 and f["sum_of_leads"] - f["double_counted"] == f["units_inspected"],
        "double_counted",
        note=_("Phần trùng là các đơn vị được hai cơ quan cùng kiểm tra."),
    ),
)
