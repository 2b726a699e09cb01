"""How figures are said to people: numbers as Vietnam writes them, parts by their names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.catalog.rules import Outcome, Severity
from kycuong.inspections.rules import Form
from kycuong.orgs.rules import Kind

from .changes import RATE

NOTHING = "–"
FINDING_STATES = {
    "remedied": _("đã khắc phục"),
    "in_term": _("còn trong hạn"),
    "overdue": _("quá hạn"),
    "no_term": _("không đặt hạn"),
    "closed": _("kết thúc có lý do"),
}
RECOMMENDATION_STATES = {
    "verified": _("đã khắc phục, đã xác nhận"),
    "closed": _("kết thúc có lý do"),
    "waiting": _("chờ bên kiểm tra trả lời"),
    "in_term": _("còn trong hạn"),
    "overdue": _("quá hạn"),
}
HANDLED = ("verified", "closed")
PARTS: dict[str, str] = {
    **{form.value: str(form.label) for form in Form},
    **{kind.value: str(kind.label) for kind in Kind},
    **{severity.name.lower(): str(severity.label) for severity in Severity},
    **{outcome.value: str(outcome.label) for outcome in Outcome},
    **FINDING_STATES,
    **RECOMMENDATION_STATES,
    "other": _("ngoài bảng kiểm"),
}
"""The part of a figure → its Vietnamese name."""
CLOSED: dict[str, tuple[str, ...]] = {
    "form": tuple(form.value for form in Form),
    "kind": tuple(kind.value for kind in Kind),
    "severity": tuple(severity.name.lower() for severity in Severity),
    "state": tuple(FINDING_STATES),
    "standing": tuple(RECOMMENDATION_STATES),
}
"""The column that a list is opened by → every part that it can have, where that is known before asking."""


def part_label(part: str) -> str:
    """«commune_pc» → «UBND cấp xã»; what has no name of its own stays."""
    return gettext(PARTS[part]) if part in PARTS else part


def number(value: float) -> str:
    """1234 → «1.234»."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def percent(value: float | None) -> str:
    """0.3056 → «30,6 %»."""
    return NOTHING if value is None else f"{number(float(value * 100))} %"


def is_rate(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() >= RATE


def shown(value: Any) -> str:
    """One value of a figure or a cell of a list."""
    if is_rate(value):
        return f"{percent(value['rate'])} ({number(value['numerator'])}/{number(value['denominator'])})"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return NOTHING if value is None else str(value)


def difference(now: Any, before: Any) -> str:
    """«+12», «−3»; for rates in points of percent."""
    if is_rate(now) and is_rate(before):
        if now["rate"] is None or before["rate"] is None:
            return NOTHING
        return signed(float((now["rate"] - before["rate"]) * 100)) + " điểm %"
    if isinstance(now, int | float) and isinstance(before, int | float):
        return signed(now - before)
    return ""


def signed(value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "±") + number(abs(value))
