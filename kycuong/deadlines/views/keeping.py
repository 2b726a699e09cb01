"""The pages on which the calendar is kept: add, swap, remove, fill, confirm. Each ends at the year it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.deadlines import actions
from kycuong.deadlines.actions import KEEP
from kycuong.deadlines.forms import ConfirmForm, DayOffForm, SureForm, SwapForm
from kycuong.deadlines.models import CalendarDay
from kycuong.deadlines.rules import ensure_year
from kycuong.orgs.authority import authorize
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import attempt

from .telling import tell


def add(request: Request) -> HttpResponse:
    """Enter a day off."""
    authorize(request.user, KEEP, at=actions.top())
    form = DayOffForm(_posted(request))
    if form.is_valid():
        change = attempt(form, lambda: actions.add_day_off(by=request.user, **form.cleaned_data))
        if change is not None:
            day = form.cleaned_data["day"]
            tell(request, _("Đã thêm ngày nghỉ %s.") % vn_date(day), change, kept="day-off")
            return redirect(_address(day.year))
    about = {"keep": "day-off", "act": _("Thêm ngày nghỉ"), "moves": True}
    return _page(request, _("Thêm ngày nghỉ"), form, today().year, about)


def swap(request: Request) -> HttpResponse:
    """Write down a swap of two days."""
    authorize(request.user, KEEP, at=actions.top())
    form = SwapForm(_posted(request))
    if form.is_valid():
        change = attempt(form, lambda: actions.swap_days(by=request.user, **form.cleaned_data))
        if change is not None:
            off, worked = form.cleaned_data["off"], form.cleaned_data["worked"]
            said = _("Đã ghi: nghỉ %(off)s, làm bù %(worked)s.") % {"off": vn_date(off), "worked": vn_date(worked)}
            tell(request, said, change, kept="swap")
            return redirect(_address(off.year))
    about = {"keep": "swap", "act": _("Ghi hoán đổi"), "moves": True}
    return _page(request, _("Hoán đổi ngày nghỉ"), form, today().year, about)


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a day out of the calendar, after asking."""
    found = get_object_or_404(CalendarDay, uid=uid)
    authorize(request.user, KEEP, at=actions.top())
    form, day = SureForm(_posted(request)), found.day
    if form.is_valid():
        change = attempt(form, lambda: actions.remove_day_off(found, by=request.user))
        if change is not None:
            tell(request, _("Đã bỏ ngày %s khỏi lịch nghỉ.") % vn_date(day), change)
            return redirect(_address(day.year))
    about = {"act": _("Bỏ khỏi lịch nghỉ"), "kind": "danger", "moves": True, "removed": found}
    return _page(request, _("Bỏ ngày %s khỏi lịch nghỉ") % vn_date(day), form, day.year, about)


@require_POST
def fill(request: Request, year: int) -> HttpResponse:
    """Add what the library knows of the year."""
    change = actions.fill_year(year, by=request.user)
    said = _("Đã thêm %(count)d ngày của năm %(year)d từ thư viện.") % {"count": len(change.days), "year": year}
    if not change.days:
        said = _("Năm %d không thiếu ngày nào mà thư viện biết.") % year
    tell(request, said, change)
    return redirect(_address(year))


def confirm(request: Request, year: int) -> HttpResponse:
    """Say that the days of the year agree with the announcement."""
    return _of_year(
        request,
        year,
        ConfirmForm(_posted(request)),
        lambda given: actions.confirm_year(year, by=request.user, **given),
        done=_("Đã xác nhận lịch nghỉ năm %d.") % year,
        about={"keep": f"confirm-{year}", "act": _("Xác nhận"), "title": _("Xác nhận lịch nghỉ năm %d") % year},
    )


def withdraw(request: Request, year: int) -> HttpResponse:
    """The year was confirmed by mistake."""

    def act(given: dict[str, Any]) -> bool:
        actions.withdraw_confirmation(year, by=request.user)
        return True

    return _of_year(
        request,
        year,
        SureForm(_posted(request)),
        act,
        done=_("Đã rút xác nhận lịch nghỉ năm %d.") % year,
        about={"act": _("Rút xác nhận"), "kind": "danger", "title": _("Rút xác nhận lịch nghỉ năm %d") % year},
    )


def _of_year(
    request: Request,
    year: int,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    about: dict[str, Any],
) -> HttpResponse:
    """A form about a whole year."""
    authorize(request.user, KEEP, at=actions.top())
    ensure_year(year)
    if form.is_valid() and attempt(form, lambda: act(form.cleaned_data)) is not None:
        messages.success(request, done, extra_tags=f"kept:{about['keep']}" if "keep" in about else "")
        return redirect(_address(year))
    return _page(request, about["title"], form, year, {**about, "year": year})


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _address(year: int) -> str:
    return f"{reverse('deadlines:days_off')}?year={year}"


def _page(request: Request, title: str, form: forms.Form, year: int, about: dict[str, Any]) -> HttpResponse:
    crumbs = [(_("Ngày nghỉ"), _address(year)), (title, "")]
    context = {"title": title, "form": form, "crumbs": crumbs, "back": _address(year), **about}
    return page(request, "deadlines/form.html", context=context, status=422 if form.is_bound else 200)
