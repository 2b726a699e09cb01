"""Biểu 6: the index of administrative reform for a unit and a year, with the documents that prove it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import now, today
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize, units_where
from kycuong.orgs.queries import names_on
from kycuong.reports.forms import Asked, ParForm
from kycuong.reports.queries import MISSING, ParSheet, par_for
from kycuong.reports.rules.par import vn
from kycuong.ui.formats import vn_date, vn_datetime
from kycuong.ui.forms import tell

from .asking import SEE, no_figures, own_scope
from .cards import list_url
from .files import ensure_type, file_of

PER_PAGE = 100
SET = "figures.set_rules"


@require_safe
def par(request: Request) -> HttpResponse:
    """The sheet; a fault of the address is told on the bar."""
    form, sheet = asked(request)
    if form is None:
        return render(request, "reports/no_figures_page.html")
    context: dict[str, Any] = {"form": form, "title": _("Minh chứng Chỉ số CCHC")}
    if sheet is not None:
        pages = Paginator(sheet.documents, PER_PAGE)
        context |= {"documents": pages.get_page(request.GET.get("page"))}
        context |= told(request, sheet) | {"may_set": bool(units_where(request.user, SET))}
    return render(request, "reports/par_page.html", context, status=200 if sheet else 422)


@require_safe
def par_file(request: Request, form: str) -> HttpResponse:
    """The same as a file: the criteria, then the documents."""
    ensure_type(form)
    bar, sheet = asked(request)
    if bar is None:
        raise no_figures()
    if sheet is None:
        raise BadInput("Địa chỉ này có chỗ chưa đúng nên chưa xuất được tệp.", en="This address has a fault.")
    name = name_of(sheet)
    heading = [
        _("Minh chứng Chỉ số CCHC: %s") % name,
        _("Từ %(first)s đến hết %(last)s; tính lúc %(at)s.") % {
            "first": vn_date(sheet.period.first), "last": vn_date(sheet.period.last), "at": vn_datetime(now()),
        },
        _("Số văn bản còn thiếu số: %d.") % sheet.missing,
    ]  # fmt: skip
    return file_of(f"cchc_{sheet.scope.slug}_{sheet.year}", form, heading, tables(sheet))


def asked(request: Request) -> tuple[ParForm | None, ParSheet | None]:
    """The bar as typed, and the sheet if it could be made; no bar for whoever has no figures to see."""
    default = own_scope(request.user)
    if default is None:
        return None, None
    given = {"scope": request.GET.get("scope") or default.slug, "year": request.GET.get("year") or today().year}
    form = ParForm(given, person=request.user)
    if not form.is_valid():
        return form, None
    authorize(request.user, SEE, at=form.cleaned_data["scope"])
    try:
        return form, par_for(form.cleaned_data["scope"], form.cleaned_data["year"], today=today())
    except BadInput as problem:
        tell(form, problem)
        return form, None


def told(request: Request, sheet: ParSheet) -> dict[str, Any]:
    """What the page says about the sheet."""
    question = Asked(sheet.scope, sheet.period)
    query = f"scope={sheet.scope.slug}&year={sheet.year}"
    return {
        "sheet": sheet,
        "scope_name": name_of(sheet),
        "counted_at": now(),
        "lines": [(one, list_url(question, one.criterion.figure), tiers_in_words(one)) for one in sheet.scored],
        "missing_words": _(MISSING),
        "more": [import_string(path)(request, sheet) for path in settings.PAR_FILES],
        "exports": {form: f"{reverse('reports:par_file', args=[form])}?{query}" for form in ("xlsx", "csv")},
    }


def name_of(sheet: ParSheet) -> str:
    return names_on([sheet.scope.pk], sheet.period.last).get(sheet.scope.pk, sheet.scope.slug)


def tiers_in_words(one: Any) -> str:
    """«từ 30 %: 1 điểm; từ 20 %: 0,5 điểm»."""
    words = [
        _("từ %(since)s %%: %(points)s điểm") % {"since": vn(tier.since), "points": vn(tier.points)}
        for tier in one.criterion.tiers
    ]
    return "; ".join(words)


def tables(sheet: ParSheet) -> list[Any]:
    scored = [
        [
            one.criterion.title, one.value["numerator"], one.value["denominator"],
            None if one.value["rate"] is None else round(one.value["rate"] * 100, 2),
            None if one.points is None else float(one.points), float(one.criterion.most), tiers_in_words(one),
            one.definition, one.criterion.note,
        ]
        for one in sheet.scored
    ]  # fmt: skip
    titles = (
        _("Tiêu chí"),
        _("Tử số"),
        _("Mẫu số"),
        _("Tỷ lệ (%)"),
        _("Điểm"),
        _("Điểm tối đa"),
        _("Ngưỡng"),
        _("Cách tính"),
        _("Ghi chú"),
    )
    proof = [[one.kind_label, one.unit_name, one.number or _(MISSING), one.issued_on] for one in sheet.documents]
    return [
        (_("Chấm điểm"), titles, scored),
        (_("Tài liệu kiểm chứng"), (_("Loại"), _("Đơn vị"), _("Số, ký hiệu"), _("Ngày")), proof),
    ]
