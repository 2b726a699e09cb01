"""What came from phones: the list of visits, and for one visit what a person decides."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import now
from kycuong.core.http import Request, page
from kycuong.core.problems import BadInput, Missing, Problem
from kycuong.field import actions
from kycuong.field.authority import may_accept, may_read_log, may_write
from kycuong.field.forms import ResolutionForm, SeveralForm
from kycuong.field.models import FieldOp
from kycuong.field.queries.received import field_page, phone_lines, received_visits
from kycuong.field.rules.ops import is_uid
from kycuong.inspections.actions import note_look
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import name_at
from kycuong.inspections.rules import VisitState

SEVERAL = ("aside", "media", "late")
"""What is ticked on the page of a visit."""


@require_safe
def received(request: Request) -> HttpResponse:
    """Per visit what waits for somebody; per phone what has not come."""
    title = _("Nhận từ thực địa")
    phones = [line for line in phone_lines(request.user) if line.device.revoked_at is None]
    context = {"title": title, "lines": received_visits(request.user), "phones": phones, "crumbs": [(title, "")]}
    return page(request, "field/received.html", context=context)


@require_safe
def visit(request: Request, uid: UUID) -> HttpResponse:
    """Two values side by side, what was set aside, photos that have not come, the signature."""
    return _shown(request, visit_seen(request, uid))


@require_POST
def resolve(request: Request, uid: UUID) -> HttpResponse:
    """One of the values, or another one, is what holds."""
    found = visit_seen(request, uid)
    form = ResolutionForm(request.POST)
    if not form.is_valid():
        raise BadInput("Hãy chọn một giá trị, hoặc ghi giá trị khác.", en="Choose one of the values, or write another.")
    told = _("Đã ghi giá trị được chọn. Giá trị kia vẫn còn trong nhật ký.")
    return done(request, found, lambda: actions.resolve(found, by=request.user, **form.chosen(found)), told)


@require_POST
def accept(request: Request, uid: UUID) -> HttpResponse:
    """Let in what was set aside."""
    found = visit_seen(request, uid)
    form = SeveralForm(request.POST, ticked=request.POST.getlist("aside"))

    def act() -> object:
        return actions.accept(found, by=request.user, asides=form.ticked, reason=form.why)

    return done(request, found, act, _("Đã nhận vào hồ sơ."))


@require_POST
def lose(request: Request, uid: UUID) -> HttpResponse:
    """Sign without photos that will not come."""
    found = visit_seen(request, uid)
    form = SeveralForm(request.POST, ticked=request.POST.getlist("media"))

    def act() -> object:
        return actions.declare_lost(found, by=request.user, media=form.ticked, reason=form.why)

    return done(request, found, act, _("Đã ghi nhận ảnh không còn."))


@require_POST
def discard(request: Request, uid: UUID) -> HttpResponse:
    """A signature on glass that waits is not to be used."""
    found = visit_seen(request, uid)
    form = SeveralForm(request.POST, ticked=())

    def act() -> object:
        return actions.discard_signature(found, by=request.user, reason=form.why)

    return done(request, found, act, _("Đã bỏ chữ ký tại chỗ. Chữ ký vẫn còn trong nhật ký."))


def done(request: Request, found: Visit, act: Callable[[], object], told: str) -> HttpResponse:
    """What the act refuses is told on the page again, with what was typed; what the record refuses, on the next one."""
    try:
        done = act()
    except Problem as problem:
        if problem.status == 403:
            raise
        return _shown(request, found, problem, status=problem.status)
    if isinstance(done, FieldOp) and done.problem_vi:
        messages.warning(request, _("Đã ghi vào nhật ký, nhưng chưa vào hồ sơ: %s") % done.problem_vi)
    else:
        messages.success(request, told)
    return redirect("field:visit", found.uid)


def _shown(request: Request, found: Visit, problem: Problem | None = None, *, status: int = 200) -> HttpResponse:
    title = _("Từ thực địa: %(unit)s, ngày %(day)s") % {"unit": name_at(found), "day": f"{found.visited_on:%d/%m/%Y}"}
    crumbs = [(_("Nhận từ thực địa"), "/field/received/"), (title, "")]
    context = {
        "title": title,
        "visit": found,
        "shown": field_page(found, request.user),
        "problem": problem,
        "typed": request.POST,
        "ticked": {UUID(one) for name in SEVERAL for one in request.POST.getlist(name) if is_uid(one)},
        "may_write": found.state == VisitState.DRAFT and may_write(request.user, found),
        "may_accept": may_accept(request.user, found),
        "crumbs": crumbs,
    }
    if found.is_sealed_draft:
        note_look(found, by=request.user)
        context |= {"sealed_for": request.user, "read_at": now()}
    return page(request, "field/visit.html", context=context, status=status)


def visit_seen(request: Request, uid: UUID) -> Visit:
    """Of those whom the record belongs to; the inspected unit reads the minutes, not the log."""
    seen = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit", "checklist")
    found = get_object_or_404(seen, uid=uid)
    if not may_read_log(request.user, found):
        raise Missing("Không tìm thấy lượt này.", en="There is no such visit for you.")
    return found
