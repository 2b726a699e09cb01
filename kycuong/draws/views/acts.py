"""What the short list does with a draw: the result of the source, a look, the inspection, the reveal; and abandoning it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.clock import now, today
from kycuong.core.http import Request, page, version_sent
from kycuong.draws import actions
from kycuong.draws.forms import AbandonForm, BeaconForm, InspectionForm, RevealForm
from kycuong.draws.models import Draw
from kycuong.draws.queries import basis_of, outcome_of
from kycuong.draws.queries.listing import STRATUM_TITLES
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import team_candidates
from kycuong.orgs.authority import authorize
from kycuong.ui.forms import attempt

from .pages import crumbs, heard, visible, weighed


def beacon(request: Request, uid: UUID) -> HttpResponse:
    """Enter what the public source said."""
    found = _known(request, uid)
    authorize(request.user, "draw.conduct", at=found.lead)
    form = BeaconForm(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, "version": _version(request, found)}
        done = attempt(form, lambda: actions.enter_beacon(found, by=request.user, **given))
        if done is not None:
            messages.success(request, _("Đã bốc thăm. Kết quả đang niêm phong."), extra_tags=f"kept:beacon-{uid}")
            return redirect(done)
    say = _("Nguồn đã công bố: %(source)s, ngày %(on)s.") % {
        "source": found.source,
        "on": f"{found.source_on:%d/%m/%Y}",
    }
    return _form(
        request, found, form, title=_("Nhập kết quả của nguồn"), keep=f"beacon-{uid}", say=say, version=found.version
    )


@require_POST
def sealed(request: Request, uid: UUID) -> HttpResponse:
    """Show the sealed part. The look is noted in the log, and the page bears the reader's name."""
    found = actions.look_at_draw(_known(request, uid), by=request.user)
    basis, outcome = basis_of(found), outcome_of(found)
    names, titles = basis.names, STRATUM_TITLES
    seen = Inspection.objects.visible_to(request.user)
    opened = seen.filter(uid=outcome.inspection).first() if outcome and outcome.inspection else None
    context = {
        "title": _("Phần niêm phong"),
        "draw": found,
        "read_at": now(),
        "sealed_for": request.user,
        "crumbs": [*crumbs(str(found), found.get_absolute_url()), (_("Phần niêm phong"), "")],
        "winners": [(names[one.id], titles.get(one.stratum, "")) for one in outcome.winners] if outcome else [],
        "designated": outcome.designated if outcome else [],
        "opened": opened,
        "eligible": [
            (names[one], titles.get(stratum, ""), weight, weighed(basis.parts.get(one, {})))
            for one, stratum, weight in sorted(
                basis.frame["eligible"], key=lambda line: (line[1], -line[2], names[line[0]])
            )
        ],
        "complaints": heard(basis.spec, names),
        "excluded": [(names[one], reason) for one, reason in basis.frame["excluded"]],
    }
    return page(request, "draws/sealed.html", context=context)


def inspection(request: Request, uid: UUID) -> HttpResponse:
    """Open the sealed inspection of what was drawn."""
    found = _known(request, uid)
    authorize(request.user, "draw.conduct", at=found.lead)
    form = InspectionForm(request.POST or None, people=team_candidates(request.user), initial={"visited_on": today()})
    if form.is_valid():
        opened = attempt(form, lambda: _open(request, found, form))
        if opened is not None:
            said = _("Đã mở cuộc kiểm tra niêm phong cho các đơn vị trúng thăm.")
            messages.success(request, said, extra_tags=f"kept:draw-open-{uid}")
            return redirect(opened)
    title = _("Mở cuộc kiểm tra từ kết quả bốc thăm")
    return _form(request, found, form, title=title, keep=f"draw-open-{uid}", version=found.version)


def reveal(request: Request, uid: UUID) -> HttpResponse:
    """Publish everything."""
    found = _known(request, uid)
    authorize(request.user, "draw.conduct", at=found.lead)
    form = RevealForm(request.POST or None)
    if form.is_valid():
        version = _version(request, found)
        done = attempt(form, lambda: actions.reveal_draw(found, by=request.user, version=version))
        if done is not None:
            messages.success(request, _("Đã công bố. Bây giờ ai cũng kiểm tra lại được."))
            return redirect(done)
    say = _("Danh sách, trọng số, số bí mật, người trúng và các chỉ định sẽ hiện với mọi người xem được kế hoạch.")
    return _form(request, found, form, title=_("Công bố lần bốc thăm"), say=say, version=found.version)


def abandon(request: Request, uid: UUID) -> HttpResponse:
    """Throw the draw away, for all to see."""
    found = visible(request, uid)
    authorize(request.user, "draw.conduct", at=found.lead)
    form = AbandonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.abandon_draw(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.warning(request, _("Đã bỏ lần bốc thăm; nó vẫn ở trong danh sách."), extra_tags=f"kept:drop-{uid}")
            return redirect(done)
    say = _("Lần bốc thăm này vẫn ở trong danh sách, ghi rõ là đã bỏ và vì sao.")
    title = _("Bỏ lần bốc thăm")
    return _form(request, found, form, title=title, keep=f"drop-{uid}", say=say, kind="danger")


def _open(request: Request, found: Draw, form: InspectionForm) -> Inspection:
    given = form.cleaned_data
    return actions.open_drawn_inspection(
        found,
        by=request.user,
        visited_on=given["visited_on"],
        head=given["head"],
        members=list(given["members"]),
        designated=form.designated,
        version=_version(request, found),
    )


def _known(request: Request, uid: UUID) -> Draw:
    """A draw whose sealed part the person may open; for everybody else there is no such page."""
    known = Draw.objects.visible_to(request.user).known_to(request.user).select_related("lead", "area")
    return get_object_or_404(known, uid=uid)


def _version(request: Request, found: Draw) -> int:
    return version_sent(request, found.version)


def _form(request: Request, found: Draw, form: forms.Form, *, title: str, **more: Any) -> HttpResponse:
    context = {"title": title, "draw": found, "form": form, "back": found.get_absolute_url(), **more}
    context["crumbs"] = [*crumbs(str(found), found.get_absolute_url()), (title, "")]
    return page(request, "draws/one_form.html", context=context, status=422 if form.is_bound else 200)
