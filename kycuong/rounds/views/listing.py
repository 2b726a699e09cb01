"""The list: what the person's own agencies owe, and the rounds of the authorities whose figures it may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.features.authority import offered_to
from kycuong.orgs.authority import units_kept
from kycuong.orgs.queries import full_names
from kycuong.rounds.models import AgencyReport
from kycuong.rounds.queries import outcome_of, rounds_counted

PER_PAGE = 30
MOST_OWN = 60


@require_safe
def everything(request: Request) -> HttpResponse:
    """Rounds, the newest first; above them the reports of the person's own agencies."""
    shown = Paginator(rounds_counted(request.user, today=today()), PER_PAGE).get_page(request.GET.get("page"))
    own = (
        AgencyReport.objects.visible_to(request.user)
        .answered_by(request.user)
        .filter(agency__in=units_kept(request.user, "round.answer"))
    )
    reports = list(own.select_related("round__authority").order_by("-round__due_on", "pk")[:MOST_OWN])
    keys = {one.authority_id for one in shown} | {one.agency_id for one in reports}
    names = full_names(keys | {one.round.authority_id for one in reports}, today())
    context = {
        "title": _("Báo cáo định kỳ"),
        "page": shown,
        "rounds": [(one, names[one.authority_id]) for one in shown],
        "reports": [(one, names[one.agency_id], names[one.round.authority_id], outcome_of(one)) for one in reports],
        "may_open": offered_to(request.user, "round.open", "rounds"),
        "today": today(),
    }
    return page(request, "rounds/list.html", context=context)
