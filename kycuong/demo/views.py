"""The tour of the demonstration, and the visit that a visitor records to see the figures move."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request
from kycuong.core.problems import Missing
from kycuong.inspections.views.visits import AFTER_SIGNING
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import names_on

from .accounts import is_loaded
from .moved import counted, movings, recorders, to_move, unit_not_yet_inspected
from .tour import SEE, Guide, stages, the_province, this_year

BEGUN = "tour_begun"
"""Session key: this year's figures when the visitor set out to record a visit."""
END = "#nhuc-nhich"


@require_safe
def tour(request: Request) -> HttpResponse:
    """All statements, live; at the end this year's figures, beside what they were before the visitor's visit."""
    province = of_the_demonstration()
    rows = Guide(request.user).rows()
    whole = can(request.user, SEE, at=province)
    asked = to_move(request.user, province)
    begun = request.session.get(BEGUN)
    live = movings(asked, begun) if asked else []
    return render(request, "demo/tour_page.html", {
        "title": _("Hành trình 2019"),
        "rows": rows,
        "whole": whole,
        "agreeing": sum(row.holds for row in rows),
        "stages": stages(province) if whole else [],
        "live": live,
        "begun": bool(begun),
        "has_moved": any(one.moved for one in live),
        "asked": asked,
        "scope_name": names_on([asked.scope.pk], asked.period.last)[asked.scope.pk] if asked else "",
        "may_record": bool(recorders(request.user)),
        "figures_url": f"{reverse('reports:figures')}?{asked.query()}" if asked else "",
    })  # fmt: skip


@require_POST
def start(request: Request) -> HttpResponse:
    """Remember the figures, then open the form of a surprise visit to a unit that nobody inspected this year."""
    province = of_the_demonstration()
    asked = to_move(request.user, province) or this_year(province)
    authorize(request.user, SEE, at=asked.scope)
    request.session[BEGUN] = counted(asked)
    request.session[AFTER_SIGNING] = reverse("demo:tour") + END
    query = urlencode({"form": "surprise", "unit": unit_not_yet_inspected(asked)})
    return redirect(f"{reverse('inspections:new_visit')}?{query}")


@require_POST
def forget(request: Request) -> HttpResponse:
    """Begin the comparison anew."""
    request.session.pop(BEGUN, None)
    request.session.pop(AFTER_SIGNING, None)
    return redirect(reverse("demo:tour") + END)


def of_the_demonstration() -> Unit:
    """The province of the demonstration; without it there is no tour."""
    if not is_loaded():
        raise Missing(
            "Chưa nạp dữ liệu minh họa nên chưa có hành trình. Chạy: ./run load demo trên cơ sở dữ liệu trống.",
            en="The demonstration is not loaded, so there is no tour. Run: ./run load demo on an empty database.",
        )
    return the_province()
