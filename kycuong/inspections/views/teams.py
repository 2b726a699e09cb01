"""Pages of a team: who sits on it, how it is divided into groups, the number of its decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.teams import DecisionForm, GroupsForm, TeamForm
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import lines_of, team_candidates
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import authorize
from kycuong.ui.forms import attempt

from ._sealed import begun_at_the_door, ensure_in_the_know, note_begun


def team(request: Request, uid: UUID) -> HttpResponse:
    """Change roles, take members out with a reason, add others."""
    found = _inspection(request, uid)
    authorize(request.user, "team.change", at=found.lead)
    ensure_in_the_know(request, found)
    seats = found.team.current().select_related("person", "group").order_by("pk")
    form = TeamForm(request.POST or None, seats=list(seats), people=team_candidates(request.user, "team.change"))
    if form.is_valid():
        given = {**form.given(), "version": version_typed(request, found)}
        if attempt(form, lambda: actions.change_team(found, by=request.user, **given)) is not None:
            messages.success(request, _("Đã sửa đoàn kiểm tra."), extra_tags=f"kept:team-{uid}")
            return redirect(found)
        found.refresh_from_db()
    lead = _(
        "Người rút khỏi đoàn vẫn là tác giả của những gì đã ghi, nhưng không còn xem, ghi với tư cách thành viên đoàn."
    )
    return _page(request, found, form, "inspections/team_form.html", _("Sửa đoàn kiểm tra"), f"team-{uid}", lead)


def groups(request: Request, uid: UUID) -> HttpResponse:
    """Divide the team into groups that work side by side, each with its units."""
    found = _inspection(request, uid)
    authority.authorize(request.user, "team.divide", at=found)
    ensure_in_the_know(request, found)
    [line], begun = lines_of([found], request.user), begun_at_the_door(request, found)
    waiting = Visit.objects.visible_to(request.user).filter(inspection=found, state=VisitState.DRAFT)
    form = GroupsForm(
        request.POST or None,
        groups=list(found.groups.all()),
        seats=found.team.current().select_related("person").order_by("pk"),
        visits=waiting.order_by("visited_on", "pk"),
        names={visit.pk: name for visit, name in [*line.visits, *begun]},
    )
    if form.is_valid():
        version, wanted = version_typed(request, found), form.given()
        done = attempt(form, lambda: actions.divide_team(found, by=request.user, version=version, groups=wanted))
        if done is not None:
            messages.success(request, _("Đã chia tổ."), extra_tags=f"kept:groups-{uid}")
            return redirect(found)
        found.refresh_from_db()
    lead = _("Các tổ làm việc song song. Tổ trưởng ghi và ký biên bản của tổ mình. Để trống tên thì bỏ tổ.")
    keep, looked = "" if begun else f"groups-{uid}", note_begun(request, begun)
    return _page(request, found, form, "inspections/groups_form.html", _("Chia tổ"), keep, lead, **looked)


def decision(request: Request, uid: UUID) -> HttpResponse:
    """Record number and day of the decision that set up the team."""
    found = _inspection(request, uid)
    authorize(request.user, "decision.number", at=found.lead)
    day = found.decision_on or today()
    form = DecisionForm(request.POST or None, initial={"number": found.decision_number, "decision_on": day})
    if form.is_valid():
        done = attempt(form, lambda: actions.record_decision(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi quyết định."), extra_tags=f"kept:decision-{uid}")
            return redirect(found)
    lead = _("Số do văn thư cấp. Biên bản đã ký giữ quyết định như lúc ký.")
    title, keep = _("Ghi số quyết định"), f"decision-{uid}"
    return _page(request, found, form, "ui/one_form.html", title, keep, lead, version="")


def version_typed(request: Request, found: Inspection) -> int:
    """The version that the form was filled in on; without a sound one, the one that is there now."""
    return version_sent(request, found.version)


def _page(
    request: Request, found: Inspection, form: forms.Form, template: str, title: str, keep: str, lead: str, **more: Any
) -> HttpResponse:
    address = found.get_absolute_url()
    context: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "form": form,
        "keep": keep,
        "back": address,
        "version": found.version,
        "crumbs": [(_("Kiểm tra"), "/inspections/"), (str(found), address), (title, "")],
        **more,
    }
    return page(request, template, context=context, status=422 if form.is_bound else 200)


def _inspection(request: Request, uid: UUID) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).select_related("lead", "plan"), uid=uid)
