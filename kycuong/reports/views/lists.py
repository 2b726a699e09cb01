"""The list behind a number: its definition, the number, and every row that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request
from kycuong.core.problems import Missing
from kycuong.reports.figures import FIGURES
from kycuong.reports.figures.figure import Figure
from kycuong.reports.forms import Asked
from kycuong.reports.queries import Rows, figures_for, list_for
from kycuong.reports.rules.words import is_rate, part_label
from kycuong.ui.formats import rate, vn_number

from .asking import require
from .first_page import words
from .rows import lines

PER_PAGE = 50


@dataclass(frozen=True)
class Headline:
    """What stands above a list: the number as the page had it, and how the rows relate to it."""

    number: str
    of_list: str
    agrees: bool = True


@require_safe
def listing(request: Request, name: str) -> HttpResponse:
    """One page of the list."""
    figure = figure_named(name)
    found = require(request)
    if found.asked is None:
        return redirect(f"{reverse('reports:figures')}?{request.GET.urlencode()}")
    asked, key = found.asked, request.GET.get("key") or None
    number = page_number(request)
    rows = rows_at(number or 1, name, asked, key)
    pages = Paginator(range(rows.total), PER_PAGE)
    if number is None or number > pages.num_pages:
        number, rows = None, rows_at(1, name, asked, key)
    return render(request, "reports/list_page.html", {
        **words(asked), **titles(asked, figure, key),
        "figure": figure,
        "headline": headline(asked, figure, key, rows.total),
        "lines": lines(request.user, rows, asked.organisation_on),
        "page": pages.get_page(number or 1),
        "no_such_page": request.GET["page"] if number is None else "",
        "key": key,
    })  # fmt: skip


def figure_named(name: str) -> Figure:
    figure = FIGURES.get(name)
    if figure is None or not figure.has_list:
        raise Missing(
            f"Không có danh sách nào tên «{name}». Hãy mở danh sách từ trang số liệu.",
            en=f"There is no list called “{name}”. Open a list from the page of figures.",
        )
    return figure


def rows_at(number: int, name: str, asked: Asked, key: str | None) -> Rows:
    return list_for(
        name, asked.scope, asked.period, view=asked.view, restated_on=asked.restated_on, key=key,
        limit=PER_PAGE, offset=(number - 1) * PER_PAGE,
    )  # fmt: skip


def page_number(request: Request) -> int | None:
    """The page that was asked for; None when there can be no such page."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 7 and int(asked) else None


def titles(asked: Asked, figure: Figure, key: str | None) -> dict[str, Any]:
    part = part_label(key or "")
    title = f"{figure.title}: {part}" if part else figure.title
    back = f"{reverse('reports:figures')}?{asked.query()}"
    return {"title": title, "part": part, "back_url": back}


def headline(asked: Asked, figure: Figure, key: str | None, total: int) -> Headline:
    """The number from the engine beside the number of rows: a count equals it, a rate's denominator does."""
    values = figures_for(
        asked.scope, asked.period, view=asked.view, restated_on=asked.restated_on, names=[figure.name]
    )  # fmt: skip
    value = part_of(values[figure.name], key)
    if isinstance(value, int):
        return Headline(vn_number(value), _("%s dòng, đúng bằng số trên") % vn_number(total), value == total)
    if is_rate(value):
        words = _("%s dòng, là mẫu số; tử số được đánh dấu") % vn_number(total)
        if figure.name == "plan_progress":
            words = _("%s dòng, là tử số") % vn_number(total)
        return Headline(rate(value), words)
    return Headline(vn_number(total), _("%s dòng") % vn_number(total))


def part_of(value: Any, key: str | None) -> Any:
    """The part of a grouped figure that the list was opened by."""
    if key is None or value is None:
        return value
    if isinstance(value, list):
        found = [part for part in value if key in (part.get("month"), part.get("code"))]
        return (found[0].get("visits") or found[0].get("inspections", 0)) if found else 0
    return value.get(key, 0) if isinstance(value, dict) and not is_rate(value) else None
