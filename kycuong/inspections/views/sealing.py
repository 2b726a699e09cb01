"""Pages of the sealed part of an inspection: a look, targets, the release, the beginning of a visit, the opening."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.clock import now, today
from kycuong.core.http import Request, page, version_sent
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.opening import ReasonForm, checklist_form_for
from kycuong.inspections.forms.sealing import ReleaseForm, TargetForm
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import conflicts_of_targets, sealed_plan, sealing_of, slugs_of
from kycuong.orgs.authority import authorize, can
from kycuong.ui.forms import attempt


@require_POST
def sealed(request: Request, uid: UUID) -> HttpResponse:
    """Show the sealed part. The look is noted, and the page bears the reader's name."""
    found = _known(request, uid)
    plan = actions.look_at_sealing(found, by=request.user)
    directs = can(request.user, "inspection.open", at=found.lead)
    ties = [one for one in conflicts_of_targets(found, plan) if directs or one.person == request.user]
    context = {
        **_about(found, _("Phần niêm phong")),
        **_marked(request),
        "sealing": sealing_of(found),
        "plan": plan,
        "conflicts": ties,
        "today": today(),
        "may_direct": directs,
        "may_begin": authority.can(request.user, "visit.record", at=found),
    }
    return page(request, "inspections/sealed.html", context=context)


def add_target(request: Request, uid: UUID) -> HttpResponse:
    """Add a unit to the sealed part. The empty form tells nothing, so it is no look."""
    found = _known(request, uid)
    authorize(request.user, "inspection.open", at=found.lead)
    initial = {"visited_on": today(), "checklist_form": checklist_form_for("by_form", found.form)}
    form = TargetForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = {**form.cleaned_data, "version": _version(request)}
        if attempt(form, lambda: actions.add_target(found, by=request.user, **given)) is not None:
            messages.success(request, _("Đã thêm vào phần niêm phong."))
            return redirect(found)
    return _form(request, found, form, _("Thêm đơn vị vào phần niêm phong"), act=_("Niêm phong"))


def change_target(request: Request, uid: UUID, key: UUID) -> HttpResponse:
    """Another unit, day or form for a target. The form shows what is sealed: that is a look."""
    found = _known(request, uid)
    authorize(request.user, "inspection.open", at=found.lead)
    plan = sealed_plan(found)
    target = plan.find(str(key))
    initial = {
        "unit": slugs_of(plan)[target.unit],
        "visited_on": target.planned_on,
        "checklist_form": target.checklist_form,
    }
    form = TargetForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = {**form.cleaned_data, "version": _version(request)}
        if attempt(form, lambda: actions.change_target(found, by=request.user, key=str(key), **given)) is not None:
            messages.success(request, _("Đã sửa và niêm phong lại."))
            return redirect(found)
    return _form(request, found, form, _("Sửa nơi sẽ đi"), act=_("Niêm phong lại"), **_looked(request, found))


def strike(request: Request, uid: UUID, key: UUID) -> HttpResponse:
    """Give a target up, with the reason. The page names it: that is a look."""
    found = _known(request, uid)
    authorize(request.user, "inspection.open", at=found.lead)
    target = sealed_plan(found).find(str(key))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, "version": _version(request)}
        if attempt(form, lambda: actions.strike_target(found, by=request.user, key=str(key), **given)) is not None:
            messages.success(request, _("Đã gạch tên; đơn vị và lý do vẫn niêm phong."))
            return redirect(found)
    more = {"lead": target.name, "act": _("Gạch tên"), "kind": "danger", **_looked(request, found)}
    return _form(request, found, form, _("Không đi đơn vị này nữa"), **more)


@require_POST
def begin(request: Request, uid: UUID, key: UUID) -> HttpResponse:
    """The team stands at the door."""
    found = _known(request, uid)
    as_planned = request.POST.get("on") == "planned"
    visit = actions.begin_target(found, by=request.user, key=str(key), as_planned=as_planned)
    messages.success(request, _("Đã bắt đầu lượt. Hãy ghi kết quả rồi ký biên bản."))
    return redirect(visit)


def release(request: Request, uid: UUID) -> HttpResponse:
    """From when the members of the team may open the sealed part."""
    found = _known(request, uid)
    authorize(request.user, "inspection.open", at=found.lead)
    sealing = sealing_of(found)
    there = timezone.localtime(sealing.members_from) if sealing and sealing.members_from else None
    form = ReleaseForm(request.POST or None, initial={"on": there.date(), "at": there.time()} if there else {})
    if form.is_valid():
        given: dict[str, Any] = {"members_from": _moment(form.cleaned_data), "version": _version(request)}
        if attempt(form, lambda: actions.release_members(found, by=request.user, **given)) is not None:
            messages.success(request, _("Đã đặt thời điểm cho thành viên đoàn biết."))
            return redirect(found)
    lead = _("Từ lúc này thành viên đoàn có tài khoản mở được phần niêm phong; mỗi lần mở đều ghi lại.")
    return _form(request, found, form, _("Cho thành viên đoàn biết"), lead=lead)


@require_POST
def open_all(request: Request, uid: UUID) -> HttpResponse:
    """Open the rest, once nothing waits."""
    found = _known(request, uid)
    actions.open_all(found, by=request.user)
    messages.success(request, _("Đã mở toàn bộ: ai xem được cuộc kiểm tra này thì đọc được."))
    return redirect(found)


def _known(request: Request, uid: UUID) -> Inspection:
    """An inspection whose sealed part the person may open; for everybody else there is no such page."""
    known = Inspection.objects.visible_to(request.user).known_to(request.user).select_related("lead")
    return get_object_or_404(known, uid=uid)


def _moment(given: dict[str, Any]) -> datetime | None:
    if not given["on"]:
        return None
    return timezone.make_aware(datetime.combine(given["on"], given["at"]))


def _marked(request: Request) -> dict[str, Any]:
    return {"sealed_for": request.user, "read_at": now()}


def _looked(request: Request, found: Inspection) -> dict[str, Any]:
    """The look is noted now, for a page that is about to tell; a form that was accepted told nothing."""
    actions.look_at_sealing(found, by=request.user)
    return _marked(request)


def _version(request: Request) -> int | None:
    return version_sent(request, None)


def _about(found: Inspection, title: str) -> dict[str, Any]:
    crumbs = [(_("Kiểm tra"), "/inspections/"), (str(found), found.get_absolute_url()), (title, "")]
    return {"title": title, "inspection": found, "back": found.get_absolute_url(), "crumbs": crumbs}


def _form(request: Request, found: Inspection, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    """A page with one form. What is typed here is kept by no browser: it would outlive the seal."""
    sealing = sealing_of(found)
    context = {**_about(found, title), "form": form, "version": sealing.version if sealing else "", **more}
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)
