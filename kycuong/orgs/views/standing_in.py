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
from kycuong.orgs.authority import candidates_at, people_visible_to, stand_ins_visible_to
from kycuong.orgs.forms.standing_in import StandInForm
from kycuong.orgs.models import Person
from kycuong.orgs.queries.standing_in import absences_of, absences_seen, choices_of, lendable, told
from kycuong.ui.forms import attempt

from .people import ensure_administers

PER_PAGE = 50


def mine(request: Request) -> HttpResponse:
    """Who stands in for oneself, and for whom one does; with POST somebody is named."""
    return _page(request, request.user, _("Làm thay khi vắng mặt"), [(_("Tài khoản"), reverse("orgs:me"))])


def of_person(request: Request, uid: UUID) -> HttpResponse:
    """The same for somebody who is ill: by whoever gives roles there."""
    ensure_administers(request.user, "role.grant")
    person = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    crumbs = [
        (_("Tài khoản"), reverse("orgs:people")),
        (person.full_name, reverse("orgs:person", args=[uid])),
    ]
    return _page(request, person, _("Làm thay %(person)s") % {"person": person.full_name}, crumbs)


@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    """What was done in somebody's stead."""
    found = get_object_or_404(stand_ins_visible_to(request.user), uid=uid)
    absence = told(stand_ins_visible_to(request.user).filter(pk=found.pk))[0]
    title = _("%(person)s làm thay %(principal)s") % {"person": found.person, "principal": found.principal}
    context = {
        "title": title,
        "crumbs": [(_("Làm thay khi vắng mặt"), reverse("orgs:standing_in")), (title, "")],
        "absence": absence,
        "page": Paginator(found.acts.all(), PER_PAGE).get_page(request.GET.get("page")),
        "may_take_back": actions.may_take_back(request.user, found),
    }
    return page(request, "orgs/stand_in.html", context=context)


@require_POST
def take_back(request: Request, uid: UUID) -> HttpResponse:
    """At once."""
    found = get_object_or_404(stand_ins_visible_to(request.user), uid=uid)
    actions.take_back(found, by=request.user)
    messages.success(request, _("Đã kết thúc việc làm thay."))
    return redirect("orgs:stand_in", uid=uid)


def _page(request: Request, principal: Person, title: str, crumbs: list[tuple[str, str]]) -> HttpResponse:
    myself = principal.pk == request.user.pk
    held = lendable(principal)
    form = _form(request, principal, own=myself) if held else None
    if form is not None and form.is_valid():
        named = attempt(form, lambda: actions.name_stand_in(principal, by=request.user, **form.wish()))
        if named:
            messages.success(request, _("Đã giao %(person)s làm thay.") % {"person": named.person})
            return redirect(request.path)
    rows = absences_of(principal) if myself else absences_seen(principal, by=request.user)
    context = {
        "title": title,
        "crumbs": [*crumbs, (title, "")],
        "given": [row for row in rows if row.row.principal_id == principal.pk],
        "taken": [row for row in rows if row.row.person_id == principal.pk],
        "form": form,
        "myself": myself,
        "principal": principal,
    }
    status = 422 if form is not None and form.errors else 200
    return page(request, "orgs/standing_in.html", context=context, status=status)


def _form(request: Request, principal: Person, *, own: bool) -> StandInForm:
    """People are offered for each place at which the principal holds a role that may be lent."""
    held = lendable(principal)
    titles = dict(choices_of(held))
    units = {row.unit_id: row.unit for row in held}
    people = [
        (str(unit), [one for one in candidates_at(unit, by=request.user, own=own) if one.pk != principal.pk])
        for unit in units.values()
    ]
    return StandInForm(request.POST or None, held=[(row, titles[str(row.uid)]) for row in held], people=people)
