"""The list of recommendations, and the page of one: what is asked, by when and why then, what was done, what was decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.followup.forms.recommendations import ListForm
from kycuong.followup.models import FollowupRule, Recommendation
from kycuong.followup.queries import Wanted, is_drafting, recommendations_wanted, standings_of, trail_of, unit_names
from kycuong.followup.queries.hands import on_both_sides
from kycuong.followup.rules import OPEN, RecommendationState
from kycuong.inspections.models import Conclusion
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import can, units_where

from ._pages import called, crumbs, seen
from .measures import part

PER_PAGE = 30


@require_safe
def recommendations(request: Request) -> HttpResponse:
    """Recommendations that the person may see, what is due first at the top."""
    form = ListForm(request.GET)
    wanted: Wanted = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    found = recommendations_wanted(request.user, wanted, today=today())
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    standings, names = standings_of(rows, today=today()), unit_names(rows, today=today())
    context = {
        "title": _("Kiến nghị sau kiểm tra"),
        "form": form,
        "page": shown,
        "lines": [(one, names[one.unit_id], standings[one.pk]) for one in rows],
        "overdue": recommendations_wanted(request.user, {"standing": "overdue"}, today=today()).count(),
        "may_set": bool(units_where(request.user, "followup.set_rules")),
        "may_judge": bool(units_where(request.user, "measure.see") or units_where(request.user, "measure.record")),
    }
    return page(request, "followup/recommendations.html", context=context)


@require_safe
def recommendation(request: Request, uid: UUID) -> HttpResponse:
    """One recommendation."""
    found = seen(request, uid)
    trail, standing = trail_of(found), standings_of([found], today=today())[found.pk]
    shown = Conclusion.objects.visible_to(request.user).filter(visit=found.visit).first()
    context = {
        "title": called(found),
        "found": found,
        "unit_name": unit_names([found], today=today())[found.unit_id],
        "standing": standing,
        "findings": list(found.findings.order_by("pk")),
        "terms": list(found.terms.select_related("set_by")),
        "trail": trail,
        "transfers": list(found.transfers.select_related("from_unit", "to_unit", "reorganisation")),
        "conclusion": shown,
        "rule": FollowupRule.on(found.issued_on or today()),
        "may": _may(request, found, [one for one in trail if one.is_waiting]),
        "may_urge": standing.name == "overdue" and can(request.user, "inspection.see", at=found.visit.inspection.lead),
        "measures": part(request, found.visit),
        "history": entries_for(found),
        "crumbs": crumbs((called(found), "")),
    }
    return page(request, "followup/recommendation.html", context=context)


def _may(request: Request, found: Recommendation, waiting: list[Any]) -> dict[str, bool]:
    """What this person may do now."""
    alive = found.visit.state == VisitState.SIGNED
    lead, drafting = found.visit.inspection.lead, found.state == RecommendationState.DRAFT
    mine = alive and found.is_open and can(request.user, "remedy.report", at=found.unit)
    owed = found.state in (RecommendationState.ISSUED, RecommendationState.ACKNOWLEDGED)
    asking = any(hasattr(one, "until") for one in waiting)
    reporting = any(not hasattr(one, "until") for one in waiting)
    in_time = found.due_on is not None and today() <= found.due_on
    may = {
        "acknowledge": mine and found.state == RecommendationState.ISSUED,
        "report": mine and owed,
        "add": mine and reporting,
        "extend": mine and owed and in_time and not asking,
        "decide": alive and reporting and can(request.user, "remedy.confirm", at=lead),
        "answer": alive and asking and can(request.user, "extension.decide", at=lead),
        "reassign": alive
        and found.is_open
        and found.was_transferred
        and can(request.user, "unit.reorganise", at=found.unit),
        "close": alive and found.state in OPEN and not reporting and can(request.user, "recommendation.close", at=lead),
        "change": alive and drafting and is_drafting(found) and can(request.user, "conclusion.draft", at=lead),
    }
    return may | _own(request, found, waiting, may)


def _own(request: Request, found: Recommendation, waiting: list[Any], may: dict[str, bool]) -> dict[str, bool]:
    """What is for somebody else to decide: it is not offered, and where something waits the page says why."""
    asked = [one for one in waiting if hasattr(one, "until")]
    reported = [one for one in waiting if one not in asked]
    own = {
        name: may[name] and on_both_sides(found, made, by=request.user, verb=verb)
        for name, verb, made in (
            ("decide", "remedy.confirm", reported),
            ("answer", "extension.decide", asked),
            ("close", "recommendation.close", []),
        )
    }
    return {name: may[name] and not is_own for name, is_own in own.items()} | {"wait": own["decide"] or own["answer"]}
