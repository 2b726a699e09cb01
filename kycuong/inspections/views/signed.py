"""Pages of a signed visit: its minutes, their number, what is added to them, and annulling what was signed wrongly."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.conduct import AddendumForm, NumberForm
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.inspections.models import Conclusion, Visit
from kycuong.inspections.queries import addendum_digest, chain_of_visit, is_known, minutes_digest, sealing_of
from kycuong.inspections.queries.receipts import said_to_a_draft
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import authorize, can
from kycuong.ui.forms import attempt

from ._visit import about, seen, shown, words


@require_safe
def minutes(request: Request, uid: UUID) -> HttpResponse:
    """The minutes to read; `?print=1` on a sheet of paper."""
    found = seen(request, uid)
    printed = bool(request.GET.get("print"))  # the same paper for whoever prints it
    signed, lead, told = found.state == VisitState.SIGNED, found.inspection.lead, _signed(found)
    context = {
        **about(request, found),
        **words(found, None if printed else request),
        **told,
        "printed": printed,
        "chain": []
        if printed
        else chain_of_visit(request.user, found, guarded=_is_guarded(request, found), today=today()),
        "day": today(),
        "may_take": signed and told["minutes"] and (told["intact"] or not told["minutes"].digest),
        "history": entries_for(found),
        "may_annul": signed and can(request.user, "visit.annul", at=lead),
        "may_number": signed and not found.minutes.number and can(request.user, "minutes.number", at=lead),
        "conclusion": Conclusion.objects.visible_to(request.user).filter(visit=found).first(),
        "said": said_to_a_draft(request.user, found),
        "may_conclude": signed and can(request.user, "conclusion.draft", at=lead),
        "may_add": signed and authority.can(request.user, "visit.sign", at=found),
        "may_confirm": signed and can(request.user, "remedy.confirm", at=lead),
    }
    template = "inspections/minutes_print.html" if printed else "inspections/minutes.html"
    return shown(request, found, template, context)


def _is_guarded(request: Request, found: Visit) -> bool:
    """Whether something of the inspection is still sealed to this reader: then nothing but this visit is told."""
    sealing = sealing_of(found.inspection) if found.inspection.sealed_at else None
    return sealing is not None and sealing.unsealed_at is None and not is_known(found.inspection, request.user)


def annul(request: Request, uid: UUID) -> HttpResponse:
    """Annul signed minutes, with the reason."""
    found = seen(request, uid)
    authorize(request.user, "visit.annul", at=found.inspection.lead)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.annul_visit(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, _("Đã hủy lượt kiểm tra; số liệu không còn tính lượt này."), extra_tags=f"kept:annul-{uid}"
            )
            return redirect(done)
        found = seen(request, uid)
    context_of = about(request, found)
    context = context_of | {
        "title": _("Hủy lượt kiểm tra"),
        "form": form,
        "keep": f"annul-{uid}",
        "back": found.get_absolute_url(),
    }
    context |= {"act": _("Hủy lượt"), "kind": "danger", "lead": context_of["title"]}
    return shown(request, found, "ui/one_form.html", context, status=422 if form.is_bound else 200)


def number(request: Request, uid: UUID) -> HttpResponse:
    """Record the number of signed minutes."""
    found = seen(request, uid)
    authorize(request.user, "minutes.number", at=found.inspection.lead)
    form = NumberForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.number_minutes(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi số biên bản."), extra_tags=f"kept:minutes-{uid}")
            return redirect(found)
    context_of = about(request, found)
    context = context_of | {
        "title": _("Ghi số biên bản"),
        "form": form,
        "keep": f"minutes-{uid}",
        "back": found.get_absolute_url(),
    }
    context |= {"lead": context_of["title"]}
    return shown(request, found, "ui/one_form.html", context, status=422 if form.is_bound else 200)


def add_addendum(request: Request, uid: UUID) -> HttpResponse:
    """Put something right beside signed minutes."""
    found = seen(request, uid)
    authority.authorize(request.user, "visit.sign", at=found)
    form = AddendumForm(request.POST or None, initial={"team_signatory": request.user.position})
    if form.is_valid():
        done = attempt(form, lambda: actions.add_addendum(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ký biên bản bổ sung."), extra_tags=f"kept:addendum-{uid}")
            return redirect(found)
    context_of = about(request, found)
    context = context_of | {
        "lead": context_of["title"],
        "form": form,
        "keep": f"addendum-{uid}",
        "back": found.get_absolute_url(),
    }
    context |= {"title": _("Lập biên bản bổ sung"), "act": _("Ký biên bản bổ sung")}
    return shown(request, found, "ui/one_form.html", context, status=422 if form.is_bound else 200)


def _signed(found: Visit) -> dict[str, Any]:
    """The signatures, what was added later, and whether all of it is still what was signed."""
    signed = getattr(found, "minutes", None)
    if signed is None:
        return {"minutes": None}
    addenda = list(signed.addenda.all())
    parts = [(signed.digest, minutes_digest(found, signed)), *((one.digest, addendum_digest(one)) for one in addenda)]
    return {"minutes": signed, "addenda": addenda, "intact": all(told == now for told, now in parts)}
