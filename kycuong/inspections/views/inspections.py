"""Pages of inspections: the list, one inspection, opening one, adding a visit, cancelling; and one visit at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import entries_for
from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.inspections import actions, authority
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.forms.opening import (
    ListForm,
    OpenForm,
    PlannedFormSet,
    QuickForm,
    ReasonForm,
    VisitForm,
    checklist_form_for,
    seats_of,
)
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import (
    Wanted,
    conflicts_of_team,
    inspections_wanted,
    is_known,
    lines_of,
    team_candidates,
    team_of,
    undeclared,
)
from kycuong.inspections.rules import Form, InspectionState, TeamRole
from kycuong.inspections.rules.teams import CLOSED
from kycuong.orgs.authority import authorize, authorize_somewhere, can, persons_in, scopes_of, units_where
from kycuong.plans.models import InspectionPlan
from kycuong.ui.forms import attempt

from ._papers import followed, papers_shown
from ._sealed import begun_at_the_door, ensure_in_the_know, sealing_shown

PER_PAGE = 30
MOST_PLANS = 300


REPORTS = (InspectionState.MINUTES_SIGNED, InspectionState.REPORTED)
"""The states in which a report may be handed in."""


@require_safe
def inspections(request: Request) -> HttpResponse:
    """Inspections that the person may see, the newest first."""
    form = ListForm(request.GET)
    wanted: Wanted = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    found = inspections_wanted(request.user, wanted)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "inspections/inspections.html",
        context={
            "title": _("Các cuộc kiểm tra"),
            "form": form,
            "page": shown,
            "lines": lines_of(list(shown.object_list), request.user),
            "may_open": bool(units_where(request.user, "inspection.open")),
            "may_break": bool(units_where(request.user, "seal.break")),
            "may_import": bool(units_where(request.user, "visit.import")),
            "may_recuse": bool(units_where(request.user, "visit.record")),
        },
    )


@require_safe
def inspection(request: Request, uid: UUID) -> HttpResponse:
    """One inspection: on what basis, with whom, and its visits."""
    found = _inspection(request, uid)
    [line] = lines_of([found], request.user)
    is_open = found.state != InspectionState.CANCELLED
    return page(
        request,
        "inspections/inspection.html",
        context={
            "title": str(found),
            "line": line,
            "inspection": found,
            **followed(request, line),
            "team": team_of(found, line.visits, guarded=line.guarded),
            **sealing_shown(request, found),
            "crumbs": _crumbs(str(found)),
            **papers_shown(request, found, guarded=line.guarded),
            "may_report": found.state in REPORTS and authority.can(request.user, "report.submit", at=found),
            "tells_draw": _knows_all(request, found),
            "may_change_team": _may_join(request, found) and can(request.user, "team.change", at=found.lead),
            "may_divide": _may_join(request, found) and authority.can(request.user, "team.divide", at=found),
            "may_decide": _may_decide(request, found, line.signed),
            **_conflicts(request, found, line.visits),
            "may_add": is_open and not found.sealed_at and can(request.user, "visit.record", at=found.lead),
            "may_cancel": is_open
            and not line.signed
            and not line.guarded
            and can(request.user, "inspection.cancel", at=found.lead),
            "history": [] if line.guarded else entries_for(found),
        },
    )


def _may_join(request: Request, found: Inspection) -> bool:
    """Whether the team is still at work, and this person in the know of all that it does."""
    return found.state not in CLOSED and _knows_all(request, found)


def _knows_all(request: Request, found: Inspection) -> bool:
    """Of a sealed inspection whoever may know of it: others see what is signed, and not by which draw who came to it."""
    return found.sealed_at is None or is_known(found, request.user)


def _conflicts(request: Request, found: Inspection, visits: list[tuple[Visit, str]]) -> dict[str, Any]:
    """What ties members to the units that the reader may know of: for whoever forms the team, and of oneself."""
    waives = can(request.user, "conflict.waive", at=found.lead)
    forms = waives or authority.can(request.user, "team.divide", at=found)
    shown = [one for one in conflicts_of_team(found, visits) if forms or one.person == request.user]
    begun = begun_at_the_door(request, found) if waives else []
    selves = persons_in(request.user, "conflict.waive", at=found.lead) if waives else []
    others = any(one.conflict.is_open and one.person not in selves for one in shown)
    is_open, seated = _may_join(request, found), found.team.current().of(request.user).exists()
    return {
        "conflicts": shown,
        "undeclared": undeclared(found) if forms and is_open else [],
        "may_declare": is_open and seated,
        "may_waive": is_open and waives and (bool(begun) or others),
    }


def _may_decide(request: Request, found: Inspection, signed: int) -> bool:
    """Whether there is a number to record, and the time for it has come."""
    waits = not found.decision_number and (found.sealed_at is None or signed > 0)
    return waits and found.state != InspectionState.CANCELLED and can(request.user, "decision.number", at=found.lead)


def open_inspection(request: Request) -> HttpResponse:
    """Open an inspection: basis, team and first visits on one page."""
    authorize_somewhere(request.user, "inspection.open")
    own = scopes_of(request.user, "inspection.open").last()
    form = OpenForm(request.POST or None, initial={"lead": own.slug if own else ""}, **_choices(request))
    more = "more" in request.POST
    rows = PlannedFormSet(_with_more_rows(request) if request.POST else None, prefix="visits", initial=[{}] * 3)
    if request.method == "POST" and not more and form.is_valid() and rows.is_valid():
        opened = attempt(form, lambda: _open(request, form.cleaned_data, rows))
        if opened is not None:
            messages.success(request, _("Đã mở cuộc kiểm tra."), extra_tags="kept:inspection-new")
            return redirect(opened)
    context = {"title": _("Mở cuộc kiểm tra"), "form": form, "rows": rows, "crumbs": _crumbs(_("Mở cuộc kiểm tra"))}
    return page(
        request, "inspections/inspection_form.html", context=context, status=422 if request.POST and not more else 200
    )


def new_visit(request: Request) -> HttpResponse:
    """Record one visit now: the inspection around it is opened by the way, with the person as its head."""
    authorize_somewhere(request.user, "inspection.open")
    own = scopes_of(request.user, "inspection.open").last()
    wanted = request.GET.get("form", Form.SURPRISE)
    initial = {
        "lead": own.slug if own else "",
        "unit": request.GET.get("unit", ""),
        "visited_on": today(),
        "form": wanted if wanted in Form.values else Form.SURPRISE,
        "checklist_form": "short",
    }
    form = QuickForm(request.POST or None, initial=initial)
    if form.is_valid():
        visit = attempt(form, lambda: _record_now(request, form.cleaned_data))
        if visit is not None:
            messages.success(
                request, _("Đã mở lượt kiểm tra. Hãy ghi kết quả rồi ký biên bản."), extra_tags="kept:visit-new"
            )
            return redirect(visit)
    context = {"title": _("Ghi một lượt kiểm tra"), "form": form, "crumbs": _crumbs(_("Ghi một lượt kiểm tra"))}
    return page(request, "inspections/visit_new.html", context=context, status=422 if form.is_bound else 200)


def add_visit(request: Request, uid: UUID) -> HttpResponse:
    """Add a visit to an inspection."""
    found = _inspection(request, uid)
    authorize(request.user, "visit.record", at=found.lead)
    form = VisitForm(
        request.POST or None,
        initial={"visited_on": today(), "checklist_form": checklist_form_for("by_form", found.form)},
    )
    if form.is_valid():
        visit = attempt(form, lambda: actions.add_visit(found, by=request.user, **form.cleaned_data))
        if visit is not None:
            messages.success(request, _("Đã thêm lượt kiểm tra."), extra_tags=f"kept:add-{uid}")
            _warn(request, found, visit)
            return redirect(visit)
    context = {"title": _("Thêm lượt kiểm tra"), "form": form, "keep": f"add-{uid}", "back": found.get_absolute_url()}
    context["crumbs"] = [*_crumbs(str(found), found.get_absolute_url()), (_("Thêm lượt"), "")]
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _warn(request: Request, found: Inspection, visit: Visit) -> None:
    """Tell whoever adds a visit which members are tied to its unit."""
    tied = [one for one in conflicts_of_team(found, [(visit, str(visit.unit))]) if one.conflict.is_open]
    if tied and authority.can(request.user, "team.divide", at=found):
        names = "; ".join(f"{one.person} ({one.conflict.words})" for one in tied)
        messages.warning(request, _("Xung đột lợi ích với đơn vị này: %s.") % names)


def cancel(request: Request, uid: UUID) -> HttpResponse:
    """Cancel an inspection that was never signed."""
    found = _inspection(request, uid)
    authorize(request.user, "inspection.cancel", at=found.lead)
    ensure_in_the_know(request, found)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.cancel_inspection(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã hủy cuộc kiểm tra."), extra_tags=f"kept:cancel-{uid}")
            return redirect(done)
    context = {"title": _("Hủy cuộc kiểm tra"), "form": form, "keep": f"cancel-{uid}", "back": found.get_absolute_url()}
    context |= {"act": _("Hủy cuộc kiểm tra"), "kind": "danger"}
    context["crumbs"] = [*_crumbs(str(found), found.get_absolute_url()), (_("Hủy"), "")]
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _open(request: Request, given: dict[str, Any], rows: Any) -> Inspection:
    form = given["form"]
    checklist_form = checklist_form_for(given["checklist_form"], form)
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("unit")]
    return actions.open_inspection(
        by=request.user,
        lead=given["lead"],
        form=form,
        title=given["title"],
        topics=list(given["topics"] or ()),
        plan=given["plan"] or None,
        decision_number=given["decision_number"],
        decision_on=given["decision_on"],
        team=[Seat(person, position, role) for person, position, role in seats_of(given)],
        visits=[Planned(row["unit"], row["visited_on"], checklist_form) for row in filled],
        sealed=given["sealed"],
        notes=given["notes"],
        members_from=given["members_from"],
        short_list=list(given["short_list"] or ()),
    )


def _record_now(request: Request, given: dict[str, Any]) -> Any:
    opened = actions.open_inspection(
        by=request.user,
        lead=given["lead"],
        form=given["form"],
        team=[Seat(request.user, role=TeamRole.HEAD)],
        visits=[Planned(given["unit"], given["visited_on"], given["checklist_form"])],
    )
    return opened.visits.get()


def _choices(request: Request) -> dict[str, Any]:
    leads = units_where(request.user, "inspection.open")
    plans = InspectionPlan.objects.visible_to(request.user).issued(by_day=today())
    plans = plans.filter(year__gte=today().year - 1, agency__closure_up__ancestor_id__in=leads).distinct()
    return {
        "topics": Topic.objects.visible_to(request.user),
        "plans": plans.select_related("agency")[:MOST_PLANS],
        "people": team_candidates(request.user),
    }


def _with_more_rows(request: Request) -> Any:
    """What was posted, with three more rows when they were asked for."""
    data = request.POST.copy()
    total = data.get("visits-TOTAL_FORMS", "")
    if "more" in data and total.isascii() and total.isdigit() and len(total) < 4:
        data["visits-TOTAL_FORMS"] = str(int(total) + 3)
    return data


def _inspection(request: Request, uid: UUID) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("lead", "plan")
    return get_object_or_404(found, uid=uid)


def _crumbs(last: str, url: str = "") -> list[tuple[str, str]]:
    return [(_("Kiểm tra"), "/inspections/"), (last, url)]
