"""Dates and numbers as Vietnamese officials write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

NO_VALUE = "—"
SPACE = "\u00a0"

Number = int | float | Decimal


def vn_date(value: date | datetime | None) -> str:
    """31/12/2019; a moment is shown on its day in Vietnam."""
    if value is None:
        return NO_VALUE
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def vn_datetime(value: datetime | None) -> str:
    """14:05 31/12/2019, on the clock of Vietnam."""
    if value is None:
        return NO_VALUE
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour:02d}:{local.minute:02d} {vn_date(local)}"


def vn_number(value: Number | None, decimals: int | None = None) -> str:
    """1.234,5: points between thousands, a comma before decimals (as many as given, or as the number has, at most two)."""
    if value is None:
        return NO_VALUE
    exact = Decimal(str(value))
    places = decimals if decimals is not None else min(2, max(0, -int(exact.normalize().as_tuple().exponent)))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))


def percent(value: Number | None) -> str:
    """A share 0.3056 as «30,6 %». Never rounds up to the whole or down to nothing: «gần 100 %» must not read «100 %»."""
    if value is None:
        return NO_VALUE
    share = Decimal(str(value)) * 100
    if share == share.to_integral_value() and share in (0, 100):
        return f"{vn_number(share, 0)}{SPACE}%"
    shown = share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if shown == 100:
        return f"{'>' if share < 100 else ''}{'99,9' if share < 100 else '100,1'}{SPACE}%"
    if shown == 0:
        return f"<{SPACE}0,1{SPACE}%"
    return f"{vn_number(shown, 1)}{SPACE}%"


def parts_of_rate(value: Any, denominator: int | None = None) -> tuple[int | None, int | None]:
    """Numerator and denominator of a rate given as a mapping, an object, or two numbers."""
    if isinstance(value, Mapping):
        return value.get("numerator"), value.get("denominator")
    if hasattr(value, "denominator") and not isinstance(value, int | float | Decimal):
        return value.numerator, value.denominator
    return value, denominator


def share_of(numerator: int | None, denominator: int | None) -> Decimal | None:
    """The exact share, or None where there is no denominator."""
    if numerator is None or not denominator:
        return None
    return Decimal(numerator) / Decimal(denominator)


def rate(value: Any, denominator: int | None = None) -> str:
    """«11/36 · 30,6 %»; without a denominator only the dash."""
    top, bottom = parts_of_rate(value, denominator)
    share = share_of(top, bottom)
    if share is None:
        return NO_VALUE
    return f"{vn_number(top)}/{vn_number(bottom)}{SPACE}· {percent(share)}"
