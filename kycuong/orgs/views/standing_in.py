"""The pages of standing in: who stands in for whom, naming somebody, what was done, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request, page
from kycuong.orgs import actions
from kycuong.orgs.authority import candidates_at, stand_ins_visible_to
from kycuong.orgs.authority.lending import may_take_back
from kycuong.orgs.forms.standing_in import StandInForm
from kycuong.orgs.queries.done import acts_done
from kycuong.orgs.queries.standing_in import absences_for, absences_of, choices_of, lendable, lendable_by, told
from kycuong.ui.forms import attempt

PER_PAGE = 50


@require_safe
def mine(request: Request) -> HttpResponse:
    """Who stands in for oneself, for whom one does, and the roles for which somebody may be named."""
    rows = absences_of(request.user)
    title = _("Làm thay khi vắng mặt")
    context = {
        "title": title,
        "crumbs": [(request.user.full_name, reverse("orgs:me")), (title, "")],
        "given": [row for row in rows if row.row.principal_id == request.user.pk],
        "taken": [row for row in rows if row.row.person_id == request.user.pk],
        "held": choices_of(lendable(request.user)),
    }
    return page(request, "orgs/standing_in.html", context=context)


def name(request: Request, role: UUID) -> HttpResponse:
    """Name who stands in for a role: one's own; or that of somebody who is ill, by whoever gives roles there."""
    held = get_object_or_404(lendable_by(request.user), uid=role)
    own = held.person_id == request.user.pk
    people = candidates_at(held.unit, by=request.user, own=own).exclude(pk=held.person_id)
    form = StandInForm(request.POST or None, people=people)
    if form.is_valid():
        wish = {"role": held.role, "unit": held.unit, **form.wish()}
        named = attempt(form, lambda: actions.name_stand_in(held.person, by=request.user, **wish))
        if named:
            messages.success(request, _("Đã giao %(person)s làm thay.") % {"person": named.person})
            return redirect("orgs:stand_in", uid=named.uid)
    title = _("Giao người làm thay")
    crumbs = [(_("Làm thay khi vắng mặt"), reverse("orgs:standing_in"))]
    if not own:
        crumbs = [(held.person.full_name, reverse("orgs:person", args=[held.person.uid]))]
    context = {
        "title": title,
        "lead": f"{held.person}: {choices_of([held])[0][1]}",
        "crumbs": [*crumbs, (title, "")],
        "form": form,
        "rows": absences_for(held, by=request.user),
        "anybody": people.exists(),
    }
    return page(request, "orgs/name_stand_in.html", context=context, status=422 if form.errors else 200)


@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    """What was done in somebody's stead."""
    found = get_object_or_404(stand_ins_visible_to(request.user), uid=uid)
    absence = told(stand_ins_visible_to(request.user).filter(pk=found.pk), by=request.user)[0]
    title = _("%(person)s làm thay %(principal)s") % {"person": found.person, "principal": found.principal}
    context = {
        "title": title,
        "crumbs": [(_("Làm thay khi vắng mặt"), reverse("orgs:standing_in")), (title, "")],
        "absence": absence,
        "page": Paginator(acts_done([found.pk], by=request.user)[found.pk], PER_PAGE).get_page(request.GET.get("page")),
        "may_take_back": may_take_back(request.user, found),
    }
    return page(request, "orgs/stand_in.html", context=context)


@require_POST
def take_back(request: Request, uid: UUID) -> HttpResponse:
    """At once."""
    found = get_object_or_404(stand_ins_visible_to(request.user), uid=uid)
    actions.take_back(found, by=request.user)
    messages.success(request, _("Đã kết thúc việc làm thay."))
    return redirect("orgs:stand_in", uid=uid)
