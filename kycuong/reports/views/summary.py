"""The summary report on a page: what the narrative says by itself, one Biểu at a time; and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, saved
from kycuong.core.problems import BadInput
from kycuong.papers.layout import head_rows
from kycuong.reports.documents import SUMMARY_FORMS, ensure_summary_form, summary_written
from kycuong.reports.figures.question import LEAD
from kycuong.reports.forms import Asked
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.summary import Schedule, Summary, proofs_of, schedules_of, sentences

from .asking import read, require
from .first_page import name_of, words
from .summary_cells import lines

PER_PAGE = 50


@require_safe
def summary(request: Request) -> HttpResponse:
    """The page; a question asked by the form is answered at the short address that may be shared."""
    found = read(request)
    if found is None:
        return render(request, "reports/no_figures_page.html")
    context: dict[str, Any] = {"form": found.form, "title": _("Báo cáo tổng hợp")}
    if found.asked is None:
        return render(request, "reports/summary_page.html", context, status=422)
    asked = by_lead(found.asked)
    if "part" in request.GET:
        return redirect(f"{reverse('reports:summary')}?{asked.query()}")
    made = summary_for(asked.scope, asked.period, person=request.user)
    context |= {**words(asked), "title": _("%s: báo cáo tổng hợp") % name_of(asked), "asked": asked}
    return render(request, "reports/summary_page.html", context | told(request, asked, made))


@require_safe
def summary_file(request: Request, form: str) -> HttpResponse:
    """The report in Word, PDF or as a workbook, as far as the person may know it."""
    ensure_summary_form(form)
    found = require(request)
    if found.asked is None:
        raise BadInput("Địa chỉ này có chỗ chưa đúng nên chưa xuất được tệp.", en="This address has a fault.")
    asked = by_lead(found.asked)
    return saved(*summary_written(summary_for(asked.scope, asked.period, person=request.user), form))


def by_lead(asked: Asked) -> Asked:
    """The report knows one view: by the authority that ordered the inspection, with the organisation as it was."""
    return replace(asked, view=LEAD, restated_on=None)


def told(request: Request, asked: Asked, made: Summary) -> dict[str, Any]:
    """The sentences, the list of Biểu, and the one that is open."""
    schedules, query = schedules_of(made), asked.query()
    number = request.GET.get("bieu", "1")
    opened = next((one for one in schedules if str(one.number) == number), schedules[0])
    return {
        "sections": sections(made),
        "tabs": [
            (f"{reverse('reports:summary')}?{query}&bieu={one.number}#bieu", one, one is opened) for one in schedules
        ],
        "opened": shown(request, opened, asked, made),
        "proofs": shown(request, proofs_of(made), asked, made) if opened.number == 6 else None,
        "files": {form: f"{reverse('reports:summary_file', args=[form])}?{query}" for form in SUMMARY_FORMS},
    }


def sections(made: Summary) -> list[tuple[str, str]]:
    """What the narrative says by itself; a part that has nothing to say is left out."""
    found = [
        (_("Chỉ đạo, triển khai"), sentences.directing(made)),
        (_("Tình hình kiểm tra"), sentences.inspected(made)),
        (_("Ưu điểm"), sentences.strong(made)),
        (_("Tồn tại, hạn chế"), sentences.weak(made)),
        (_("Xử lý sau kiểm tra"), sentences.followed(made)),
    ]
    return [(title, sentences.joined(said)) for title, said in found if said]


def shown(request: Request, schedule: Schedule, asked: Asked, made: Summary) -> dict[str, Any]:
    """One table: its heads, a page of its rows, the total."""
    pages = Paginator(schedule.rows, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return {
        "schedule": schedule,
        "heads": head_rows(schedule.heads),
        "numbers": {at for at, head in enumerate(schedule.heads) if head.holds in ("number", "share", "points")},
        "page": page,
        "lines": lines(request.user, schedule, list(page), asked, made),
        "total": lines(request.user, schedule, [schedule.total], asked, made)[0] if schedule.total else None,
    }
