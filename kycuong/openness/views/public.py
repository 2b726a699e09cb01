"""What everybody may read, without signing in: the list, the years, the same as files. Nothing of it asks who reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog.models import province
from kycuong.catalog.rules import Severity
from kycuong.core.clock import today
from kycuong.core.http import saved
from kycuong.core.problems import Missing
from kycuong.openness import documents
from kycuong.openness.queries import (
    Listed,
    PublicVisit,
    YearTable,
    corrections,
    standing,
    told_of,
    year_table,
    years_of,
)
from kycuong.sheets.writer import write_csv

PER_PAGE = 20
View = Callable[[HttpRequest], HttpResponse]


def to_all(view: View) -> View:
    """A page for everybody while it is open, else as if it were not there; kept by caches only as long as nothing changed."""

    @login_not_required
    @require_safe
    def open_to_all(request: HttpRequest) -> HttpResponse:
        if not standing(today()).is_open:
            raise Missing("Không có trang này.", en="There is no such page.")
        response = view(request)
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"], response["Cache-Control"] = etag, "no-cache"
        return get_conditional_response(request, etag=etag, response=response) or response

    return open_to_all


@dataclass
class Shown:
    """What is public today, read once for a page."""

    def __post_init__(self) -> None:
        self.day = today()
        self.terms = standing(self.day).terms
        self.least = self.terms.least

    @cached_property
    def years(self) -> dict[int, list[Listed]]:
        return years_of(self.day)

    def told(self, visits: Sequence[Listed]) -> list[PublicVisit]:
        return told_of(visits, self.day)

    @property
    def all_told(self) -> list[PublicVisit]:
        return self.told([one for of in self.years.values() for one in of])

    def table(self, year: int) -> YearTable:
        return year_table(year, self.years.get(year, []), self.day, self.least)

    def about(self) -> dict[str, Any]:
        return documents.about(self.day, self.least, self.terms.embargo_days)


def _year(request: HttpRequest, shown: Shown) -> int | None:
    """The year asked for, if there is something of it; else the latest one."""
    typed = request.GET.get("year", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    return asked if asked in shown.years else next(iter(shown.years), None)


@to_all
def page_of_all(request: HttpRequest) -> HttpResponse:
    """One year: its table, its list, and what was taken back."""
    return render(request, "openness/public.html", context_of(request, Shown()))


def context_of(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What the public page shows, and its preview alike."""
    year = _year(request, shown)
    of_year = Paginator(shown.years.get(year, []) if year else [], PER_PAGE).get_page(request.GET.get("page"))
    visits = shown.told(list(of_year.object_list))
    rows = list(documents.visit_rows(visits, shown.least))
    table = shown.table(year) if year else None
    lines = list(documents.year_rows([table], shown.least)) if table else []
    return {
        "title": _("Kết quả kiểm tra kỷ luật, kỷ cương hành chính"),
        "province": province(),
        "year": year,
        "years": list(shown.years),
        "table": table,
        "lines": list(zip((*table.lines, table.total), lines, strict=True)) if table else [],
        "page": of_year,
        "visits": list(zip(visits, rows, strict=True)),
        "severities": [(severity.label, column) for severity, column in documents.SEVERITIES.items()],
        "corrections": corrections(shown.day),
        "terms": shown.terms,
        "licence": _(documents.LICENCE_LINE),
        "worst": Severity.GRAVE.label,
    }


@to_all
def inspections_csv(request: HttpRequest) -> HttpResponse:
    """Every visit that is public, of all years."""
    shown = Shown()
    rows = documents.visit_rows(shown.all_told, shown.least)
    return _csv(
        documents.VISIT_COLUMNS, [[row[name] for name in documents.VISIT_COLUMNS] for row in rows], "inspections"
    )


@to_all
def inspections_json(request: HttpRequest) -> HttpResponse:
    """The same, with what was taken back."""
    shown = Shown()
    visits = list(documents.visit_rows(shown.all_told, shown.least))
    taken_back = documents.correction_rows(corrections(shown.day))
    return _json({**shown.about(), "inspections": visits, "corrections": taken_back})


@to_all
def years_csv(request: HttpRequest) -> HttpResponse:
    """One year by kind of unit: the one asked for, else the latest."""
    rows = _year_rows(request, Shown())
    return _csv(documents.YEAR_COLUMNS, [[row[name] for name in documents.YEAR_COLUMNS] for row in rows], "years")


@to_all
def years_json(request: HttpRequest) -> HttpResponse:
    """The same."""
    shown = Shown()
    return _json({**shown.about(), "years_there_are": list(shown.years), "years": _year_rows(request, shown)})


def _year_rows(request: HttpRequest, shown: Shown) -> list[dict[str, Any]]:
    year = _year(request, shown)
    return list(documents.year_rows([shown.table(year)], shown.least)) if year else []


def _csv(columns: tuple[str, ...], rows: list[list[Any]], name: str) -> HttpResponse:
    response = saved(write_csv(columns, rows), "text/csv; charset=utf-8", f"{name}.csv")
    response["Link"] = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    return response


def _json(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
