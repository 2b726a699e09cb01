"""What is true of the content of a plan: who must issue one, for which year, its window and its target."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import RuleBroken
from kycuong.orgs.rules import FOREVER, Kind


class PlanSource(TextChoices):
    """How a plan came into the system."""

    DESK = "desk", _("Nhập tại chỗ")
    IMPORT = "import", _("Nhập từ tệp")
    DEMONSTRATION = "demonstration", _("Dữ liệu minh họa")


FIRST_YEAR = 2000
"""No plan of this kind of inspection is older; an earlier year was mistyped."""

TWO_LEVELS = date(2025, 7, 1)
"""From this day there are no districts: communes answer to the province and issue plans of their own."""

DUTIES: tuple[tuple[Kind, date, date], ...] = (
    (Kind.PROVINCIAL_DEPARTMENT, date(1900, 1, 1), FOREVER),
    (Kind.DISTRICT_PC, date(1900, 1, 1), TWO_LEVELS),
    (Kind.COMMUNE_PC, TWO_LEVELS, FOREVER),
)
"""Which kinds of units must issue a plan, from a day on and until another."""


def ensure_year_is_near(year: int, *, today: date) -> None:
    """A plan is written for a past year, this one or the next."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise RuleBroken(
            f"Năm {year} không hợp lệ. Hãy nhập năm từ {FIRST_YEAR} đến {today.year + 1}.",
            en=f"The year {year} will not do. Give a year from {FIRST_YEAR} to {today.year + 1}.",
        )


def ensure_window(year: int, window_from: date | None, window_to: date | None) -> None:
    """A window has two ends, in order, inside the plan's year; without one the plan runs throughout the year."""
    if window_from is None and window_to is None:
        return
    if window_from is None or window_to is None:
        raise RuleBroken(
            "Hãy ghi cả ngày bắt đầu và ngày kết thúc, hoặc để trống cả hai nếu kiểm tra xuyên suốt trong năm.",
            en="Give both the first and the last day, or neither for a plan that runs throughout the year.",
        )
    if not date(year, 1, 1) <= window_from <= window_to <= date(year, 12, 31):
        raise RuleBroken(
            f"Thời gian kiểm tra phải nằm trong năm {year}, ngày bắt đầu không sau ngày kết thúc.",
            en=f"The window must lie within {year}, and begin before it ends.",
        )


def ensure_agency_goes_on(name: str, goes_on: bool, *, year: int, heirs: Collection[str]) -> None:
    """A unit that ended makes no more plans; those that carry it on make their own."""
    if not goes_on:
        instead = f" Hãy lập kế hoạch tại: {'; '.join(heirs)}." if heirs else ""
        raise RuleBroken(
            f"{name} không còn trong năm {year} nên không chép được kế hoạch sang năm ấy.{instead}",
            en=f"The agency no longer exists in {year}; its plan is not copied to that year."
            + (f" Draft the plan at: {'; '.join(heirs)}." if heirs else ""),
        )


def ensure_one_target(target_units: int | None, target_percent: int | None) -> None:
    """A target is a number of units or a share of them, never both."""
    if target_units is not None and target_percent is not None:
        raise RuleBroken(
            "Chỉ tiêu ghi một trong hai: số đơn vị hoặc tỷ lệ %. Hãy để trống một ô.",
            en="Give the target as a number of units or as a percentage. Leave one of them empty.",
        )
    if target_percent is not None and not 0 <= target_percent <= 100:
        raise RuleBroken(
            f"Chỉ tiêu {target_percent} % không hợp lệ. Hãy nhập từ 0 đến 100.",
            en=f"A target of {target_percent} % will not do. Give 0 to 100.",
        )
