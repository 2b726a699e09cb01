"""Cells of the report's tables as people read them, each with its way on: to the list behind a number, a visit, a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person, Unit
from kycuong.reports.figures.question import LEAD, SUBJECT
from kycuong.reports.forms import Asked
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.summary import Schedule, Summary
from kycuong.reports.rules.summary.content import Span
from kycuong.reports.rules.summary.schedules import Head, Reference, Row, shown

from .cards import list_url
from .rows import uids, unit_page

LISTS = {"units_by_kind": "units_inspected"}
"""Figures whose parts have their list elsewhere."""


@dataclass(frozen=True)
class Shown:
    """One cell."""

    title: str
    text: str
    url: str
    number: bool
    head: bool


class Ways:
    """Where cells of these rows may lead for the person; two statements however many rows."""

    def __init__(self, person: Person, rows: Sequence[Row], asked: Asked, made: Summary) -> None:
        named = [one for row in rows for one in row.references]
        visits = {one.name for one in named if one.leads_to == "visit"}
        advice = {one.name for one in named if one.leads_to == "recommendation"}
        self.visits = uids(Visit.objects.visible_to(person).filter(uid__in=visits)) if visits else set()
        self.advice = uids(Recommendation.objects.visible_to(person).filter(uid__in=advice)) if advice else set()
        self.asked, self.made = asked, made

    def of(self, row: Row, at: int, head: Head) -> str:
        """The address behind a cell, or nothing."""
        own = next((one for one in row.references if one.column == at), None)
        if own:
            return self.to(own)
        if not head.figure or not row.scope or row.cells[at] is None:
            return ""
        period = period_of(self.made.year) if head.of_year else self.asked.period
        asked = Asked(Unit(slug=row.scope), period, LEAD)
        return list_url(asked, LISTS.get(head.figure, head.figure), head.part)

    def to(self, one: Reference) -> str:
        match one.leads_to:
            case "visit":
                return reverse("inspections:visit", args=[UUID(one.name)]) if one.name in self.visits else ""
            case "recommendation":
                return reverse("followup:recommendation", args=[UUID(one.name)]) if one.name in self.advice else ""
            case "unit":
                return unit_page(one.name)
            case "figure":
                return list_url(self.asked, one.name, one.part)
        return list_url(replace(self.asked, view=SUBJECT, period=period_of(self.made.year)), one.name)


def period_of(span: Span) -> Period:
    return Period(span.first, span.last, span.name)


def lines(person: Person, schedule: Schedule, rows: Sequence[Row], asked: Asked, made: Summary) -> list[list[Shown]]:
    """The rows as cells; the second column is what a row is called by."""
    ways = Ways(person, rows, asked, made)
    return [
        [
            Shown(head.title, shown(row.cells[at], head), ways.of(row, at, head), head.holds not in ("text", "code", "day"), at == 1)
            for at, head in enumerate(schedule.heads)
        ]
        for row in rows
    ]  # fmt: skip
