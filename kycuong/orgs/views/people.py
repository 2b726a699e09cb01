"""The pages of accounts and roles: who is there, a new account, one person; one's own page and what one may do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.audit.log import act
from kycuong.core.clock import today
from kycuong.core.http import Request, base_of, page
from kycuong.core.problems import NotAllowed
from kycuong.orgs import actions
from kycuong.orgs.authority import assignments_of, people_visible_to, units_where
from kycuong.orgs.forms.people import AccountForm, GrantForm
from kycuong.orgs.models import Assignment, Person
from kycuong.orgs.queries.holdings import held_by
from kycuong.orgs.queries.lent import lent_without_end
from kycuong.orgs.roles import ROLES, titles_with
from kycuong.ui.forms import attempt

PER_PAGE = 50


def ensure_administers(person: Person, verb: str) -> None:
    if not units_where(person, verb):
        titles, titles_en = titles_with(verb)
        raise NotAllowed(
            f"Tài khoản của bạn không quản lý tài khoản. Vai trò làm được: {titles}.",
            en=f"Your account does not administer accounts ({verb}). It takes one of these roles: {titles_en}.",
        )


def found_people(person: Person, typed: str, *, lent: bool = False) -> QuerySet[Person]:
    """The accounts in one's care whose name holds what was typed; with `lent`, active ones whose password somebody else chose."""
    found = people_visible_to(person).distinct().order_by("full_name", "pk")
    if typed:
        found = found.filter(Q(full_name__icontains=typed) | Q(username__icontains=typed.lower()))
    if lent:
        endless = [one.pk for one in lent_without_end()]
        found = found.filter(Q(password_ends_at__isnull=False) | Q(pk__in=endless), is_active=True)
    return found


@require_safe
def people(request: Request) -> HttpResponse:
    """The accounts in one's care."""
    ensure_administers(request.user, "person.see")
    typed = request.GET.get("q", "").strip()[:100]
    lent = bool(request.GET.get("lent"))
    found = found_people(request.user, typed, lent=lent)
    shown = Paginator(found.prefetch_related("assignments__unit__versions"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Tài khoản"),
        "page": shown,
        "rows": [(person, [row for row in held_by(person) if row.holds]) for person in shown],
        "typed": typed,
        "lent": lent,
        "may_create": bool(units_where(request.user, "person.create")),
    }
    return page(request, "orgs/people.html", context=context)


def new_person(request: Request) -> HttpResponse:
    """A new account with its first role; its password is on the page that answers, and nowhere else."""
    ensure_administers(request.user, "person.create")
    form = AccountForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: _create(form, request.user))
        if made:
            return _told(request, *made)
    context = {"title": _("Tài khoản mới"), "crumbs": _crumbs(_("Tài khoản mới")), "form": form}
    return page(request, "orgs/people_new.html", context=context, status=422 if form.errors else 200)


def person(request: Request, uid: UUID) -> HttpResponse:
    """One account: its roles of all times; with POST a role is given."""
    found = _person(request, uid)
    form = GrantForm(request.POST or None)
    if form.is_valid():
        given = attempt(form, lambda: actions.grant_role(found, by=request.user, **form.wish()))
        if given:
            messages.success(request, _("Đã cấp vai trò."))
            return redirect("orgs:person", uid=uid)
    context = {
        "title": found.full_name,
        "crumbs": _crumbs(found.full_name),
        "person": found,
        "rows": held_by(found),
        "lent_without_end": found in lent_without_end([found.pk]),
        "form": form,
        "myself": found.pk == request.user.pk,
        "may_change": bool(units_where(request.user, "person.change")),
        "may_grant": bool(units_where(request.user, "role.grant")),
    }
    return page(request, "orgs/people_one.html", context=context, status=422 if form.errors else 200)


@require_POST
def new_password(request: Request, uid: UUID) -> HttpResponse:
    """A new temporary password, shown once."""
    found = _person(request, uid)
    return _told(request, found, actions.set_temporary_password(found, by=request.user))


@require_POST
def close(request: Request, uid: UUID) -> HttpResponse:
    """Close the account."""
    actions.deactivate_account(_person(request, uid), by=request.user)
    messages.success(request, _("Đã ngừng tài khoản."))
    return redirect("orgs:person", uid=uid)


@require_POST
def reopen(request: Request, uid: UUID) -> HttpResponse:
    """Open a closed account again."""
    actions.reactivate_account(_person(request, uid), by=request.user)
    messages.success(request, _("Tài khoản hoạt động trở lại."))
    return redirect("orgs:person", uid=uid)


@require_POST
def end_role(request: Request, uid: UUID, role: UUID) -> HttpResponse:
    """End a role today."""
    found = _person(request, uid)
    actions.end_role(get_object_or_404(found.assignments, uid=role), by=request.user)
    messages.success(request, _("Đã kết thúc vai trò."))
    return redirect("orgs:person", uid=uid)


@require_safe
def me(request: Request) -> HttpResponse:
    """One's own page."""
    context = {"title": request.user.full_name, "person": request.user, "rows": held_by(request.user)}
    return page(request, "orgs/people_me.html", context=context)


@require_safe
def why(request: Request) -> HttpResponse:
    """What every role permits, and which of them one holds today."""
    held: dict[str, list[Assignment]] = {}
    for row in assignments_of(request.user).select_related("unit"):
        held.setdefault(row.role, []).append(row)
    context = {
        "title": _("Ai được làm gì"),
        "day": today(),
        "rows": [(role, sorted(role.verbs), held.get(slug, [])) for slug, role in ROLES.items()],
    }
    return page(request, "orgs/people_why.html", context=context)


@act
def _create(form: AccountForm, by: Person) -> tuple[Person, str]:
    wish = form.wish()
    made, told = actions.create_account(by=by, at=wish["unit"], **form.words())
    actions.grant_role(made, by=by, **wish)
    return made, told


def _told(request: Request, found: Person, password: str) -> HttpResponse:
    title = _("Mật khẩu tạm của %(person)s") % {"person": found.full_name}
    context = {
        "title": title,
        "crumbs": _crumbs(title),
        "person": found,
        "password": password,
        "told": [(found, password)],
        "address": base_of(request),
    }
    return page(request, "orgs/people_password.html", context=context)


def _person(request: Request, uid: UUID) -> Person:
    return get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("Tài khoản"), reverse("orgs:people")), (here, "")]
