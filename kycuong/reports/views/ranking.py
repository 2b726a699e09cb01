"""Units by the share of criteria that they passed, without claiming more than the visits can tell."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import units_where
from kycuong.reports.forms import Asked
from kycuong.reports.queries import owners_of, ranking_for
from kycuong.reports.rules.ranking import Measured, Placed, Ranking
from kycuong.reports.rules.words import part_label
from kycuong.ui.formats import percent, vn_number

from .asking import require
from .files import ensure_type, file_of
from .first_page import name_of, words
from .par import SET
from .rows import unit_page

PER_PAGE = 50


@require_safe
def ranking(request: Request) -> HttpResponse:
    """The page: bands first, then who is not ranked and why."""
    found = require(request)
    if found.asked is None:
        return render(request, "reports/ranking_page.html", {"form": found.form, "title": _("Xếp hạng")}, status=422)
    if "part" in request.GET:
        return redirect(f"{reverse('reports:ranking')}?{found.asked.query()}")
    asked, made = found.asked, made_for(found.asked)
    files = {form: f"{reverse('reports:ranking_file', args=[form])}?{asked.query()}" for form in ("xlsx", "csv")}
    here, apart = reverse("reports:ranking"), "apart" in request.GET
    return render(request, "reports/ranking_page.html", {
        **words(asked), "form": found.form, "title": _("Xếp hạng đơn vị: %s") % name_of(asked),
        "ranking": made, "rows": rows_of(request, made, asked, apart=apart), "apart": apart,
        "ranked_url": f"{here}?{asked.query()}", "apart_url": f"{here}?{asked.query(apart='1')}",
        "back_url": f"{reverse('reports:figures')}?{asked.query()}",
        "exports": files, "may_set": bool(units_where(request.user, SET)),
    })  # fmt: skip


def rows_of(request: Request, made: Ranking, asked: Asked, *, apart: bool) -> Page[Any]:
    """One page of those that are ranked, or of those that are not."""
    everyone: list[Any] = list(made.unranked if apart else made.placed)
    shown = Paginator(everyone, PER_PAGE).get_page(request.GET.get("page"))
    units = [one if isinstance(one, Measured) else one.unit for one in shown]
    owners = owners_of({unit.slug for unit in units}, asked.organisation_on)
    shown.object_list = [
        (one, label(unit, owners), unit_page(unit.slug), why_not(unit, made) if apart else told(one))
        for one, unit in zip(shown, units, strict=True)
    ]
    return shown


@require_safe
def ranking_file(request: Request, form: str) -> HttpResponse:
    """The same as a file."""
    ensure_type(form)
    found = require(request)
    if found.asked is None:
        raise BadInput("Địa chỉ này có chỗ chưa đúng nên chưa xuất được tệp.", en="This address has a fault.")
    asked, made = found.asked, made_for(found.asked)
    owners = owners_of({unit.slug for unit in everybody(made)}, asked.organisation_on)
    titles = (
        _("Đơn vị"),
        _("Hạng"),
        _("Nhóm"),
        _("Tỷ lệ đạt (%)"),
        _("Từ (%)"),
        _("Đến (%)"),
        _("Lượt"),
        _("Hạn chế mỗi lượt"),
        _("Lặp lại"),
    )
    rows = [
        [label(one.unit, owners), one.rank, one.band, round(float(one.rate) * 100, 2), round(one.low * 100, 2),
         round(one.high * 100, 2), one.unit.visits, round(one.unit.findings / one.unit.visits, 2), one.unit.repeats]
        for one in made.placed
    ]  # fmt: skip
    others = [[label(unit, owners), unit.visits, why_not(unit, made)] for unit in made.unranked]
    apart = (_("Không xếp hạng"), (_("Đơn vị"), _("Lượt"), _("Vì sao")), others)
    heading = [_("Xếp hạng đơn vị: %s") % name_of(asked), asked.period.label, meaning(made)]
    name = f"xep-hang_{asked.scope.slug}_{asked.period.first}_{asked.period.last}"
    return file_of(name, form, heading, [(_("Xếp hạng"), titles, rows), apart])


def made_for(asked: Asked) -> Ranking:
    return ranking_for(asked.scope, asked.period, view=asked.view, restated_on=asked.restated_on)


def everybody(made: Ranking) -> list[Measured]:
    return [*(one.unit for one in made.placed), *made.unranked]


def label(unit: Measured, owners: dict[str, str]) -> str:
    return f"{unit.name}{owners.get(unit.slug, '')}"


def told(one: Placed) -> dict[str, Any]:
    """The numbers of a row in words of the page."""
    return {
        "rate": percent(float(one.rate)),
        "interval": f"{percent(one.low)} – {percent(one.high)}",
        "per_visit": vn_number(one.unit.findings / one.unit.visits, 1),
        "kind": part_label(one.unit.kind),
    }


def why_not(unit: Measured, made: Ranking) -> str:
    if not unit.answers:
        return _("không có lượt nào dùng phiếu kiểm tra")
    return _("mới có %(visits)d lượt, cần ít nhất %(least)d") % {
        "visits": unit.visits, "least": made.terms.least_visits,
    }  # fmt: skip


def meaning(made: Ranking) -> str:
    """The definition, as it is read aloud."""
    return _(
        "Tỷ lệ đạt = số câu trả lời «đạt», cộng %(partial)d %% số «đạt một phần», chia cho số câu «đạt», «đạt một phần», «không đạt» "
        "tại các lượt được tính trong kỳ. Khoảng tin cậy Wilson 95 %%: ít câu trả lời thì khoảng rộng."
    ) % {"partial": made.terms.partial_percent}
