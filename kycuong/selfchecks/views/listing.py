"""The list: what waits at the person's own units, and the campaigns of the authorities whose inspections it may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.features.authority import offered_to
from kycuong.orgs.authority import units_where
from kycuong.orgs.queries import full_names
from kycuong.selfchecks.models import SelfCheck
from kycuong.selfchecks.queries import campaigns_counted

PER_PAGE = 30
MOST_OWN = 100


@require_safe
def everything(request: Request) -> HttpResponse:
    """Campaigns, the newest first; above them the person's own self-checks."""
    shown = Paginator(campaigns_counted(request.user, today=today()), PER_PAGE).get_page(request.GET.get("page"))
    own = SelfCheck.objects.visible_to(request.user).of_units_of(request.user).select_related("campaign__authority")
    checks = list(own.order_by("-campaign__due_on", "pk")[:MOST_OWN])
    keys = {one.authority_id for one in shown} | {one.unit_id for one in checks}
    names = full_names(keys | {one.campaign.authority_id for one in checks}, today())
    context = {
        "title": _("Tự kiểm tra"),
        "page": shown,
        "campaigns": [(one, names[one.authority_id]) for one in shown],
        "checks": [(one, names[one.unit_id], names[one.campaign.authority_id]) for one in checks],
        "sees_campaigns": bool(units_where(request.user, "inspection.see")),
        "may_send": offered_to(request.user, "selfcheck.send", "selfchecks"),
        "today": today(),
    }
    return page(request, "selfchecks/list.html", context=context)
