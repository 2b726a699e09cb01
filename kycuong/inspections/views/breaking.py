"""Pages on which two people break the seals of an authority, and others take note of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import around_now, is_lately
from kycuong.core.http import Request, page
from kycuong.inspections import actions
from kycuong.inspections.forms.sealing import BreakForm
from kycuong.inspections.models import SealBreak, SealBreakNote
from kycuong.inspections.rules.sealing import CONFIRM_WITHIN
from kycuong.orgs.authority import authorize_somewhere, can, scopes_of
from kycuong.ui.forms import attempt

MOST = 50


def seal_breaks(request: Request) -> HttpResponse:
    """Ask that the seals of an authority be broken; and what was asked so far."""
    authorize_somewhere(request.user, "seal.break")
    own = scopes_of(request.user, "seal.break").last()
    form = BreakForm(request.POST or None, initial={"lead": own.slug if own else ""})
    if form.is_valid():
        asked = attempt(form, lambda: actions.ask_seal_break(by=request.user, **form.cleaned_data))
        if asked is not None:
            messages.warning(
                request, _("Đã ghi đề nghị. Một người khác phải xác nhận trong 24 giờ."), extra_tags="kept:seal-break"
            )
            return redirect(asked)
    found = SealBreak.objects.visible_to(request.user).select_related("lead", "asked_by", "confirmed_by")[:MOST]
    context: dict[str, Any] = {
        "title": _("Mở khẩn cấp niêm phong"),
        "form": form,
        "breaks": found,
        "waiting": around_now(CONFIRM_WITHIN),
    }
    context["crumbs"] = _crumbs(context["title"])
    return page(request, "inspections/seal_breaks.html", context=context, status=422 if form.is_bound else 200)


@require_safe
def seal_break(request: Request, uid: UUID) -> HttpResponse:
    """One request: who asked, why, who confirmed, who has taken note."""
    found = _break(request, uid)
    notes = list(
        SealBreakNote.objects.visible_to(request.user)
        .filter(seal_break=found)
        .select_related("person")
        .order_by("noted_at")
    )
    pending = found.confirmed_at is None and is_lately(found.asked_at, CONFIRM_WITHIN)
    others = request.user.pk not in (found.asked_by_id, found.confirmed_by_id)
    context: dict[str, Any] = {
        "title": _("Đề nghị mở khẩn cấp niêm phong"),
        "found": found,
        "notes": notes,
        "pending": pending,
        "until": found.asked_at + CONFIRM_WITHIN,
        "may_confirm": pending and others and can(request.user, "seal.break", at=found.lead),
        "may_note": found.confirmed_at and others and request.user.pk not in {note.person_id for note in notes},
        "crumbs": _crumbs(str(found), holder=can(request.user, "seal.break", at=found.lead)),
    }
    return page(request, "inspections/seal_break.html", context=context)


@require_POST
def confirm(request: Request, uid: UUID) -> HttpResponse:
    """The second person."""
    found = actions.confirm_seal_break(_break(request, uid), by=request.user)
    said = _(
        "Đã xác nhận. Cuộc niêm phong đang chờ của cơ quan này, nếu có, hiện trong danh sách «Kiểm tra» của hai người."
    )
    messages.warning(request, said)
    return redirect(found)


@require_POST
def note(request: Request, uid: UUID) -> HttpResponse:
    """I have read it."""
    found = _break(request, uid)
    actions.note_seal_break(found, by=request.user)
    messages.success(request, _("Đã ghi nhận là bạn biết việc này."))
    return redirect(found)


def _break(request: Request, uid: UUID) -> SealBreak:
    found = SealBreak.objects.visible_to(request.user).select_related("lead", "asked_by", "confirmed_by")
    return get_object_or_404(found, uid=uid)


def _crumbs(last: str, *, holder: bool = False) -> list[tuple[str, str]]:
    above = [(_("Mở khẩn cấp niêm phong"), "/seals/break/")] if holder else []
    return [(_("Kiểm tra"), "/inspections/"), *above, (last, "")]
