"""What is asked of figures: a scope, a period, a view, and the day whose hierarchy is used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_noop as _

from kycuong.inspections.rules import COUNTED_FORMS, REPEAT_SPAN_MONTHS
from kycuong.orgs.rules import INSPECTABLE
from kycuong.reports.rules.periods import Period, months_before, year_to_date

SUBJECT, LEAD = "subject", "lead"
VIEWS = {SUBJECT: _("theo đơn vị được kiểm tra"), LEAD: _("theo cơ quan chủ trì")}


@dataclass(frozen=True)
class Question:
    """One question to all figures. `restated_on` is None for «as it was»."""

    scope: int
    period: Period
    view: str = SUBJECT
    restated_on: date | None = None
    repeat_span: int = REPEAT_SPAN_MONTHS
    wide: bool = False
    """Whether its counts may be put together from cells: the scope heads the hierarchy, a nation or a large province."""

    @property
    def on(self) -> date:
        """The day of denominators: the cut-off, or the day on whose hierarchy the events are restated."""
        return self.restated_on or self.period.last

    @property
    def comes_apart(self) -> bool:
        """Whether its counts may be put together from cells. Restated, one visit may stand for another unit: never."""
        return self.wide and self.restated_on is None

    def as_dict(self) -> dict[str, Any]:
        """Enough to ask it again, where its counts come apart."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return {"scope": self.scope, "first": first, "last": last, "view": self.view, "span": self.repeat_span}

    def year_to_cutoff_by_lead(self) -> Question:
        """The same scope as a lead authority, from 1 January to the cut-off, as it was: what a plan is measured by."""
        return replace(self, period=year_to_date(self.period.last), view=LEAD, restated_on=None)

    def year_before(self) -> Question:
        """The same period of the year before: on that year's own hierarchy, or restated on the same day's as this one."""
        return replace(self, period=self.period.year_before())

    def parameters(self) -> dict[str, Any]:
        """Every :name that a text of a figure may use."""
        return {
            "scope": self.scope,
            "first": self.period.first,
            "last": self.period.last,
            "after": datetime.combine(self.period.last + timedelta(1), time(), get_current_timezone()),
            "on": self.on,
            "year": self.period.last.year,
            "nearest": 1 if self.view == SUBJECT else 0,
            "forms": [str(form) for form in COUNTED_FORMS],
            "inspectable": [str(kind) for kind in INSPECTABLE],
            "span_days": self.repeat_span * 31,
            "horizon": months_before(self.period.first, self.repeat_span),
        }
