"""The page of the restricted figure: measures by kind, about units and people; small numbers only for those with sight."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.problems import NotAllowed
from kycuong.followup.models import AccountabilityMeasure
from kycuong.followup.rules.accountability import About, Rank
from kycuong.followup.rules.suppression import COLUMNS, HIDDEN, SMALL
from kycuong.inspections.rules.concerned import Category
from kycuong.reports.figures import RESTRICTED
from kycuong.reports.forms import Asked
from kycuong.reports.queries import Accountability, Rows, accountability_for
from kycuong.ui.formats import vn_number

from .asking import require
from .first_page import words

WORDS = {**dict(About.choices), **dict(Category.choices), **dict(Rank.choices)}


@require_safe
def accountability(request: Request) -> HttpResponse:
    """The table; with the list behind it for whoever may see it. What may not be told is said instead of it."""
    found = require(request)
    context: dict[str, Any] = {
        "form": found.form,
        "title": _("Xử lý trách nhiệm"),
        "figure": RESTRICTED["accountability"],
    }
    if found.asked is None:
        return page(request, "reports/accountability.html", context=context, status=422)
    context |= words(found.asked) | {"title": _("Xử lý trách nhiệm"), "last_year": _last_year(found.asked)}
    try:
        told = accountability_for(found.asked.scope, found.asked.period, view=found.asked.view, person=request.user)
    except NotAllowed as problem:
        return page(request, "reports/accountability.html", context=context | {"refusal": problem.vi})
    context |= {"lines": lines(told), "totals": totals(told), "exact": told.rows is not None}
    context["rows"] = listed(request, told.rows) if told.rows else []
    return page(request, "reports/accountability.html", context=context)


def lines(told: Accountability) -> list[tuple[str, list[str], str]]:
    """Kind, units and people, together; as words of the page."""
    table = told.table
    return [
        (
            kind.title,
            [shown(table.cells[kind.code, column], SMALL) for column in COLUMNS],
            shown(table.of_kind[kind.code]),
        )
        for kind in told.kinds
    ]


def totals(told: Accountability) -> list[str]:
    return [*(shown(told.table.of_column[column]) for column in COLUMNS), shown(told.table.total)]


def shown(number: int | None, otherwise: str = HIDDEN) -> str:
    return otherwise if number is None else str(vn_number(number))


def listed(request: Request, rows: Rows) -> list[dict[str, Any]]:
    """The rows with words for codes, and the address of each that the person may open."""
    dicts = rows.dicts()
    seen = AccountabilityMeasure.objects.visible_to(request.user).filter(uid__in=[row["measure"] for row in dicts])
    open_ones = {str(uid) for uid in seen.values_list("uid", flat=True)}
    return [
        {
            **row,
            "whom": ", ".join(str(WORDS[row[name]]) for name in ("about", "category", "rank") if row[name]),
            "url": reverse("followup:measure", args=[row["measure"]]) if row["measure"] in open_ones else "",
        }
        for row in dicts
    ]


def _last_year(asked: Asked) -> str:
    return f"{reverse('reports:accountability')}?scope={asked.scope.slug}&period={today().year - 1}"
