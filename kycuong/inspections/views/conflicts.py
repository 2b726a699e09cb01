"""Pages of conflicts of interest: one's declaration, a leader's acceptance, the standing register of recusals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.conflicts import DeclarationForm, RecusalForm, WaiverForm
from kycuong.inspections.models import Inspection, StandingRecusal
from kycuong.inspections.queries import conflicts_of_team, declared_by, lines_of, team_candidates
from kycuong.inspections.rules.conflicts import posting_years
from kycuong.orgs.authority import authorize, authorize_somewhere, can, persons_in, scopes_of
from kycuong.ui.forms import attempt

from ._sealed import begun_at_the_door, ensure_in_the_know, note_begun

PER_PAGE = 50


def declaration(request: Request, uid: UUID) -> HttpResponse:
    """Declare what ties oneself to the units of an inspection, or that nothing does."""
    found = _inspection(request, uid)
    authority.authorize(request.user, "conflict.declare", at=found)
    ensure_in_the_know(request, found)
    form = DeclarationForm(request.POST or None, said=declared_by(found, request.user))
    if form.is_valid():
        done = attempt(form, lambda: actions.declare_conflicts(found, by=request.user, **form.given()))
        if done is not None:
            messages.success(request, _("Đã ghi khai báo của bạn."), extra_tags=f"kept:declaration-{uid}")
            return redirect(found)
    [line] = lines_of([found], request.user)
    keep = "" if found.sealed_at else f"declaration-{uid}"  # it would outlive the seal
    context = _about(found, _("Khai báo xung đột lợi ích"), keep)
    context |= {"form": form, "units": line.visits, "years": posting_years(today())}
    return page(request, "inspections/declaration.html", context=context, status=422 if form.is_bound else 200)


def waiver(request: Request, uid: UUID) -> HttpResponse:
    """Accept a conflict of interest, with the reason."""
    found = _inspection(request, uid)
    authorize(request.user, "conflict.waive", at=found.lead)
    ensure_in_the_know(request, found)
    [line], begun = lines_of([found], request.user), begun_at_the_door(request, found)
    selves = persons_in(request.user, "conflict.waive", at=found.lead)
    ties = conflicts_of_team(found, [*line.visits, *begun])
    open_ones = [one for one in ties if one.conflict.is_open and one.person not in selves]
    form = WaiverForm(request.POST or None, open_ones=open_ones)
    if form.is_valid():
        done = attempt(form, lambda: actions.waive_conflict(found, by=request.user, **form.given()))
        if done is not None:
            messages.success(request, _("Đã chấp nhận và ghi lý do."), extra_tags=f"kept:waiver-{uid}")
            return redirect(found)
    context = _about(found, _("Chấp nhận xung đột lợi ích"), "" if begun else f"waiver-{uid}")
    context |= {"form": form, **note_begun(request, begun)}
    context["lead"] = _("Chỉ chấp nhận những gì đã biết hôm nay; điều biết sau này phải xem xét lại.")
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_safe
def recusals(request: Request) -> HttpResponse:
    """The standing register, as far as it is the person's to keep or about the person."""
    authorize_somewhere(request.user, "visit.record")
    found = StandingRecusal.objects.visible_to(request.user).select_related("authority", "person", "unit")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    title, day = _("Hồi tị thường xuyên"), today()
    lines = [
        (one, one.valid_to > day and one.person_id != request.user.pk and can(request.user, "recusal.keep", at=one.authority))
        for one in shown.object_list
    ]  # fmt: skip
    context = {"title": title, "page": shown, "lines": lines, "crumbs": [*_list(), (title, "")]}
    return page(request, "inspections/recusals.html", context=context)


def add_recusal(request: Request) -> HttpResponse:
    """Put somebody, or oneself, on the standing register."""
    authorize_somewhere(request.user, "visit.record")
    own = scopes_of(request.user, "visit.record").last()
    people = team_candidates(request.user, "recusal.keep").exclude(pk=request.user.pk)
    form = RecusalForm(request.POST or None, people=people, initial={"authority": own.slug if own else ""})
    if form.is_valid():
        given = {**form.cleaned_data, "person": form.cleaned_data["person"] or request.user}
        if attempt(form, lambda: actions.add_recusal(by=request.user, **given)) is not None:
            messages.success(request, _("Đã ghi vào danh sách hồi tị."), extra_tags="kept:recusal-new")
            return redirect("inspections:recusals")
    title = _("Ghi hồi tị thường xuyên")
    context = {"title": title, "form": form, "keep": "recusal-new", "back": "/recusals/"}
    context["lead"] = _("Được xét khi lập đoàn, chia tổ, ghi, ký và bốc thăm người vào đoàn.")
    context["crumbs"] = [*_list(), (_("Hồi tị thường xuyên"), "/recusals/"), (title, "")]
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_POST
def end_recusal(request: Request, uid: UUID) -> HttpResponse:
    """End an entry of the register today."""
    found = get_object_or_404(StandingRecusal.objects.visible_to(request.user), uid=uid)
    actions.end_recusal(found, by=request.user)
    messages.success(request, _("Hồi tị hết hiệu lực từ hôm nay."))
    return redirect("inspections:recusals")


def _list() -> list[tuple[str, str]]:
    """Where the pages stand."""
    return [(_("Kiểm tra"), "/inspections/")]


def _about(found: Inspection, title: str, keep: str) -> dict[str, Any]:
    address = found.get_absolute_url()
    return {"title": title, "keep": keep, "back": address, "crumbs": [*_list(), (str(found), address), (title, "")]}


def _inspection(request: Request, uid: UUID) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).select_related("lead"), uid=uid)
