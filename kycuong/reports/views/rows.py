"""Rows of a list as people read them: words for codes, a way on to the unit, the visit or the inspection behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.models import Person
from kycuong.reports.queries import Rows, owners_of
from kycuong.reports.rules.words import part_label
from kycuong.ui.formats import vn_date

CODED = ("kind", "form", "outcome", "state", "severity", "group_code", "standing")
"""Columns whose values are parts of figures, with names of their own."""
TONES = {"remedied": "good", "in_term": "attention", "overdue": "late", "no_term": "none"}
TONES |= {"verified": "good", "closed": "none", "waiting": "planned"}
HIDDEN = ("visit", "inspection", "finding", "recommendation", "unit", "lead", "first_lead", "month")
"""Columns for machines: on a page they are what a name links to."""
NUMBERS = ("visits", "units", "days_over", "proofs")
LEADING = ("unit_name", "decision_number", "title")
"""What a row is called by, in order of preference."""
UNIT_OF = {"unit_name": "unit", "lead_name": "lead", "first_lead_name": "first_lead"}
CLOSED = "chỉ người được xem biên bản"
ASKED = "chỉ người được xem kiến nghị"


@dataclass(frozen=True)
class Cell:
    """One cell: its column's title, its words, where it leads."""

    title: str
    text: str
    url: str = ""
    number: bool = False
    tone: str = ""
    long: bool = False


@dataclass(frozen=True)
class Line:
    """One row: what it is called by, then its other cells."""

    head: Cell
    cells: Sequence[Cell]


class Open:
    """Which visits, inspections and recommendations of a page the person may open, and whose its units are; few queries for any rows."""

    def __init__(self, person: Person, rows: Sequence[Mapping[str, Any]], day: date) -> None:
        self.owners = owners_of({row["unit"] for row in rows if row.get("unit")}, day)
        visits = {row["visit"] for row in rows if row.get("visit")}
        inspections = {row["inspection"] for row in rows if row.get("inspection")}
        self.visits = uids(Visit.objects.visible_to(person).filter(uid__in=visits)) if visits else set()
        asked = {row["recommendation"] for row in rows if row.get("recommendation")}
        self.recommendations = uids(Recommendation.objects.visible_to(person).filter(uid__in=asked)) if asked else set()
        self.inspections = (
            uids(Inspection.objects.visible_to(person).filter(uid__in=inspections)) if inspections else set()
        )


def uids(found: Any) -> set[str]:
    return {str(uid) for uid in found.values_list("uid", flat=True)}


def lines(person: Person, rows: Rows, day: date) -> list[Line]:
    """The rows of a page; units belong to whom they did on the day, at the latest."""
    dicts = rows.dicts()
    opened = Open(person, dicts, day)
    titles = {column.name: column.title for column in rows.columns}
    head = next((name for name in LEADING if name in titles), rows.columns[0].name)
    rest = [name for name in titles if name != head and name not in HIDDEN]
    return [
        Line(cell(head, titles[head], row, opened), [cell(name, titles[name], row, opened) for name in rest])
        for row in (readable(row, rows) for row in dicts)
    ]


def readable(row: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    """The row with its marks in words."""
    marks = {column.name for column in rows.columns if column.holds == "mark"}
    return {name: (_("có") if value else _("không")) if name in marks else value for name, value in row.items()}


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def cell(name: str, title: str, row: Mapping[str, Any], opened: Open) -> Cell:
    text = words(name, row[name], row, opened)
    tone = TONES.get(row[name], "") if name in ("state", "standing") else ""
    return Cell(title, text, link(name, row, opened), name in NUMBERS, tone, name == "text")


def words(name: str, value: Any, row: Mapping[str, Any], opened: Open) -> str:
    """The value in words. What a finding says stays with those who may read its visit."""
    if name == "description" and row["visit"] not in opened.visits:
        return CLOSED
    if name == "text" and row["recommendation"] not in opened.recommendations:
        return ASKED
    if name == "decision_number" and not value:
        return _("Cuộc không ghi số quyết định")
    if value is None or value == "":
        return "—"
    if name == "unit_name":
        return f"{value}{opened.owners.get(row['unit'], '')}"
    if name in CODED:
        return capitalised(part_label(str(value)))
    return vn_date(value) if isinstance(value, date) else str(value)


def unit_page(slug: str) -> str:
    """The page of a unit; a name without a link where the pages of units are not served."""
    try:
        return reverse("orgs:unit", args=[slug])
    except NoReverseMatch:
        return ""


def link(name: str, row: Mapping[str, Any], opened: Open) -> str:
    """Where the cell leads: a name to its unit, a day to its visit, a decision to its inspection."""
    if name in UNIT_OF and row.get(UNIT_OF[name]):
        return unit_page(row[UNIT_OF[name]])
    if name == "visited_on" and row.get("visit") in opened.visits:
        return reverse("inspections:visit", args=[UUID(row["visit"])])
    if name == "text" and row.get("recommendation") in opened.recommendations:
        return reverse("followup:recommendation", args=[UUID(row["recommendation"])])
    if name in ("decision_number", "form") and row.get("inspection") in opened.inspections:
        return reverse("inspections:inspection", args=[UUID(row["inspection"])])
    return ""
