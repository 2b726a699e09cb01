"""What a person may ask of figures: a unit, a period, a view, a hierarchy. Understood, or answered with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.core.speaking import told as in_language
from kycuong.core.vietnamese import fold
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit, search_units
from kycuong.reports.figures.question import SUBJECT, VIEWS
from kycuong.reports.rules.periods import NAMED, Period, between, named_period, parse_period, within_reach, year_to_date
from kycuong.ui.widgets import ComboText, DateText

TO_DATE, DATES, YEAR, DECREE = "to_date", "dates", "year", "nd09:"
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
NO_SUCH_DAY = _("Ngày này không có trong lịch hoặc chưa đúng dạng. Gõ ngày/tháng/năm, ví dụ 30/04/2019.")


def _said_of_view(title: str) -> str:
    return gettext(title).capitalize()


def _said_of_part(words: str, part: object) -> str:
    """«Quý I», «Tháng 4»."""
    return gettext(words) % part


_view, _part = lazy(_said_of_view, str), lazy(_said_of_part, str)
"""Said when a page shows them."""
PARTS = (
    (_("Tính đến nay"), ((TO_DATE, _("Từ đầu năm đến hôm nay")), (DATES, _("Từ ngày … đến ngày …")))),
    (
        _("Kỳ dương lịch"),
        (
            (YEAR, _("Cả năm")),
            ("H1", _("6 tháng đầu năm")),
            ("H2", _("6 tháng cuối năm")),
            *(
                (f"Q{number}", _part(gettext_noop("Quý %s"), roman))
                for number, roman in enumerate(("I", "II", "III", "IV"), 1)
            ),
        ),
    ),
    (
        _("Kỳ báo cáo theo NĐ 09/2019"),
        (
            (DECREE + YEAR, _("Năm: 15/12 – 14/12")),
            (DECREE + "H1", _("6 tháng: 15/12 – 14/6")),
            (DECREE + "Q1", _("Quý I: 15/12 – 14/3")),
            (DECREE + "Q2", _("Quý II: 15/3 – 14/6")),
            (DECREE + "Q3", _("Quý III: 15/6 – 14/9")),
            (DECREE + "Q4", _("Quý IV: 15/9 – 14/12")),
        ),
    ),
    (_("Tháng"), tuple((f"{month:02d}", _part(gettext_noop("Tháng %s"), month)) for month in range(1, 13))),
)


@dataclass(frozen=True)
class Asked:
    """One question as a page was asked it."""

    scope: Unit
    period: Period
    view: str = SUBJECT
    restated_on: date | None = None

    def query(self, **more: str) -> str:
        """The question as an address carries it: the same today and in a year."""
        period = (
            {"period": self.period.name}
            if self.period.name
            else {
                "from": self.period.first.isoformat(),
                "to": self.period.last.isoformat(),
            }
        )
        given = {"scope": self.scope.slug, **period}
        if self.view != SUBJECT:
            given["view"] = self.view
        if self.restated_on:
            given["restated"] = self.restated_on.isoformat()
        return urlencode({**given, **more})

    @property
    def organisation_on(self) -> date:
        """The day whose organisation the question ends with."""
        return self.restated_on or self.period.last

    def about(self, scope: Unit) -> Asked:
        """The same question about another unit."""
        return replace(self, scope=scope)

    def within(self, month: str) -> Asked:
        """The same question about the part of the period that lies in a month."""
        whole = parse_period(month)
        return replace(self, period=between(max(whole.first, self.period.first), min(whole.last, self.period.last)))

    def as_command(self) -> str:
        """The command line that gives the same numbers."""
        words = [
            "./run figures",
            f"--scope {self.scope.slug}",
            f"--from {self.period.first}",
            f"--to {self.period.last}",
        ]
        words += [f"--view {self.view}"] if self.view != SUBJECT else []
        words += [f"--restated {self.restated_on}"] if self.restated_on else []
        return " ".join(words)


def resolve_scope(text: str, person: Someone) -> Unit:
    """The unit by its address; or by its name where only one unit ever bore it, for whoever typed without choosing."""
    try:
        return resolve_unit(text, person=person)
    except BadInput:
        hits = [hit for hit in search_units(text) if fold(hit.name) == fold(text) or fold(hit.label) == fold(text)]
        if len({hit.unit_id for hit in hits}) != 1:
            raise
        return resolve_unit(hits[0].slug, person=person)


class FiguresForm(forms.Form):
    """The bar above the figures. Its field names are those of the address: scope, part, year, from, to, view, restated."""

    scope = forms.CharField(label=_("Đơn vị"), required=False)
    part = forms.ChoiceField(
        label=_("Kỳ"), choices=PARTS, required=False,
        error_messages={"invalid_choice": _("Không có kỳ «%(value)s». Hãy chọn một kỳ trong danh sách bên dưới.")},
    )  # fmt: skip
    year = forms.IntegerField(
        label=_("Năm"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": _("Gõ năm bằng bốn chữ số, ví dụ 2019.")},
    )  # fmt: skip
    view = forms.ChoiceField(
        label=_("Cách nhìn"), choices=[(key, _view(title)) for key, title in VIEWS.items()], required=False,
        error_messages={"invalid_choice": _("Không có cách nhìn «%(value)s». Hãy chọn một trong hai cách bên dưới.")},
    )  # fmt: skip
    restated = forms.DateField(
        label=_("Theo tổ chức ngày"), required=False, input_formats=DAY_FORMATS, widget=DateText(),
        help_text=_("Để trống: tổ chức như khi đó."), error_messages={"invalid": NO_SUCH_DAY},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], *, person: Someone, default: Unit) -> None:
        super().__init__(data)
        self.person, self.default = person, default
        self.period: Period | None = None
        for name, label in (("from", _("Từ ngày")), ("to", _("Đến hết ngày"))):
            self.fields[name] = forms.DateField(
                label=label, required=False, input_formats=DAY_FORMATS, widget=DateText(),
                error_messages={"invalid": NO_SUCH_DAY},
            )  # fmt: skip
        self.order_fields(["scope", "part", "year", "from", "to", "view", "restated"])
        self.fields["scope"].widget = ComboText(source=reverse_lazy("reports:scopes"), label_of=self.name_of)

    def name_of(self, text: str) -> str | None:
        """The unit's name in place of its address."""
        return str(self.cleaned_data["scope"]) if self.is_bound and self.cleaned_data.get("scope") else None

    def clean_scope(self) -> Unit:
        text = self.cleaned_data["scope"].strip()
        return self.sentence(lambda: resolve_scope(text, self.person)) if text else self.default

    def clean_restated(self) -> date | None:
        day: date | None = self.cleaned_data["restated"]
        return self.sentence(lambda: within_reach(day)) if day else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.period = self.period_of(cleaned)
            except BadInput as problem:
                self.add_error("from" if cleaned["part"] == DATES else "year", in_language(problem.vi, problem.en))
        return cleaned

    def period_of(self, cleaned: Mapping[str, Any]) -> Period:
        part, last = cleaned["part"], cleaned["to"] or today()
        if part == TO_DATE:
            return year_to_date(today())
        if part == DATES:
            return between(cleaned["from"] or date(last.year, 1, 1), last)
        year = within_reach(date(min(max(cleaned["year"] or today().year, date.min.year), date.max.year), 1, 1)).year
        system, _colon, name = part.rpartition(":")
        return named_period(system, year, "" if name == YEAR else name)

    def sentence(self, ask: Any) -> Any:
        """What `ask` finds; a problem becomes a fault of the field."""
        try:
            return ask()
        except BadInput as problem:
            raise forms.ValidationError(in_language(problem.vi, problem.en)) from problem

    @property
    def asked(self) -> Asked:
        assert self.period is not None
        found = self.cleaned_data
        return Asked(found["scope"], self.period, found["view"], found["restated"])


def fields_of(query: Mapping[str, str]) -> dict[str, str]:
    """The fields that an address stands for: a period by name becomes its part and year, missing ones their defaults.

    BadInput for a period that has no such name: nothing in the form could show it.
    """
    given = {name: query.get(name, "") for name in ("scope", "part", "year", "from", "to", "view", "restated")}
    named = query.get("period", "")
    if named and not given["part"]:
        period = parse_period(named)
        given |= named_fields(period) if period.name else dated_fields(period)
    given |= {name: shown_day(given[name]) for name in ("from", "to", "restated")}
    given["part"] = given["part"] or (DATES if given["from"] or given["to"] else TO_DATE)
    given["view"] = given["view"] or SUBJECT
    if not given["year"]:
        given["year"] = str(today().year)
    return given


def shown_day(text: str) -> str:
    """A day of an address as people write it; anything else as it was typed."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("2019-04-30") else text
    except ValueError:
        return text


def named_fields(period: Period) -> dict[str, str]:
    found = NAMED.fullmatch(period.name)
    assert found is not None
    system = DECREE if found["system"] else ""
    return {"part": system + (found["part"] or YEAR), "year": found["year"], **shown_dates(period)}


def dated_fields(period: Period) -> dict[str, str]:
    return {"part": DATES, **shown_dates(period)}


def shown_dates(period: Period) -> dict[str, str]:
    return {"from": f"{period.first:%d/%m/%Y}", "to": f"{period.last:%d/%m/%Y}"}
