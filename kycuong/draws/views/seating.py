"""The page on which people who were drawn are put on a team."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.http import Request, page
from kycuong.draws import actions
from kycuong.draws.forms import SeatingForm
from kycuong.draws.models import Draw
from kycuong.draws.rules import DrawState, Purpose
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules.teams import CLOSED
from kycuong.orgs.authority import authorize
from kycuong.ui.forms import attempt

from .pages import crumbs, visible

MOST = 200


def team(request: Request, uid: UUID) -> HttpResponse:
    """Choose the inspection whose team takes everybody who was drawn."""
    found = visible(request, uid)
    knows = Draw.objects.visible_to(request.user).known_to(request.user).filter(pk=found.pk).exists()
    if found.purpose != Purpose.INSPECTORS or not (knows or found.state == DrawState.REVEALED):
        raise Http404
    authorize(request.user, "draw.conduct", at=found.lead)
    at_work = Inspection.objects.visible_to(request.user).filter(lead=found.lead).exclude(state__in=CLOSED)
    at_work = at_work.filter(Q() if found.state == DrawState.REVEALED else Q(sealed_at__isnull=False))
    newest = at_work.order_by("-opened_on", "-pk").values("pk")[:MOST]
    form = SeatingForm(
        request.POST or None, inspections=Inspection.objects.visible_to(request.user).filter(pk__in=newest)
    )
    if form.is_valid():
        chosen = form.cleaned_data["inspection"]
        if attempt(form, lambda: actions.seat_drawn(found, by=request.user, inspection=chosen)) is not None:
            messages.success(request, _("Đã đưa người trúng thăm vào đoàn."), extra_tags=f"kept:draw-team-{uid}")
            return redirect(chosen)
    title, address = _("Đưa người trúng thăm vào đoàn"), found.get_absolute_url()
    context = {"title": title, "draw": found, "form": form, "back": address, "keep": f"draw-team-{uid}"}
    context["say"] = _("Mỗi người vào đoàn với vai trò thành viên, ghi rõ là do bốc thăm. Vai trò đổi ở «Sửa đoàn».")
    context["crumbs"] = [*crumbs(str(found), address), (title, "")]
    return page(request, "draws/one_form.html", context=context, status=422 if form.is_bound else 200)
