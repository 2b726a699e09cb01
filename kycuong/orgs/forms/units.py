"""A day to look at, words to search, and units chosen from a list or typed by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import fold
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import UnitHit, resolve_unit, search_units
from kycuong.ui.forms import both, both_lazy
from kycuong.ui.widgets import ComboText, DateText

NO_SUCH_DAY = both_lazy(
    "Ngày này không có trong lịch; hãy viết ngày/tháng/năm, ví dụ 30/06/2025.",
    "There is no such day; write day/month/year, such as 30/06/2025.",
)
NEEDED = both_lazy("Ô này đang trống; hãy điền vào.", "This is empty; fill it in.")
FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
EARLIEST, LATEST = 1945, 2100
MOST_UNITS = 50


class DayField(forms.DateField):
    """A day as people type it, or as an address holds it; within the years that records can be about."""

    widget = DateText

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=FORMATS, error_messages={"invalid": NO_SUCH_DAY, "required": NEEDED}, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(
                both(f"Hãy viết năm từ {EARLIEST} đến {LATEST}.", f"Write a year from {EARLIEST} to {LATEST}.")
            )
        return day


class DayForm(forms.Form):
    """The day on which the organisation is looked at; empty is today."""

    on = DayField(label=_("Vào ngày"), required=False)


class SearchForm(forms.Form):
    """Words of a name, and a day if only what existed then is wanted."""

    q = forms.CharField(label=_("Tên, viết tắt hoặc tên cũ"), max_length=100, required=False)
    on = DayField(label=_("Chỉ đơn vị có vào ngày"), required=False)


class UnitField(forms.CharField):
    """A unit, chosen from the list or typed: its address, or a name that only one unit bears."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ComboText(source=reverse_lazy("orgs:options"), label_of=label_of))
        super().__init__(max_length=200, error_messages={"required": NEEDED}, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return unit_meant(typed) if typed else None


class UnitsField(forms.CharField):
    """Several units, one on each line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(max_length=10_000, error_messages={"required": NEEDED}, **options)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_UNITS:
            raise forms.ValidationError(
                both(f"Nhiều nhất {MOST_UNITS} đơn vị một lần.", f"At most {MOST_UNITS} units at once.")
            )
        return [unit_meant(line) for line in lines]


def unit_meant(typed: str) -> Unit:
    """The unit, by its address or by a name that is its alone today (or, failing that, in the past)."""
    try:
        return resolve_unit(typed)
    except BadInput as unknown:
        for on in (today(), None):
            hits = _named(search_units(typed, on=on, limit=60), typed)
            if len(hits) == 1:
                return resolve_unit(next(iter(hits)))
            if hits:
                names = "; ".join(f"{hit.label} ({slug})" for slug, hit in list(hits.items())[:8])
                raise forms.ValidationError(
                    both(
                        f"“{typed[:80]}” là tên của nhiều đơn vị: {names}. Hãy chọn một, hoặc ghi phần trong ngoặc.",
                        f"Several units are called “{typed[:80]}”: {names}. Choose one, or write the part in brackets.",
                    )
                ) from None
        raise forms.ValidationError(nowhere(typed, unknown)) from None


def nowhere(typed: str, unknown: BadInput) -> str:
    """What to do about a unit that is not found; only who writes code@day needs to hear of codes and addresses."""
    if "@" in typed:
        return both(unknown.vi, unknown.en)
    return both(
        f"Không tìm thấy đơn vị “{typed[:80]}”. Hãy ghi đúng tên, hoặc gõ vài chữ rồi chọn trong danh sách.",
        f"There is no unit “{typed[:80]}”. Write its exact name, or type a few letters and choose from the list.",
    )


def label_of(slug: str) -> str | None:
    """The name of a unit by its address, for a form that is shown again."""
    unit = Unit.objects.filter(slug=slug).first()
    return str(unit) if unit else None


def _named(hits: list[UnitHit], typed: str) -> dict[str, UnitHit]:
    """Hits by address: those called exactly so, if there are any."""
    wanted = fold(typed)
    exact = {hit.slug: hit for hit in hits if wanted in (fold(hit.name), fold(hit.label))}
    return exact or {hit.slug: hit for hit in hits}
