"""The page of choosing case files at random: what was chosen, how to check it, and choosing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.authority import authorize, can
from kycuong.inspections.forms.evidence import PickForm
from kycuong.inspections.rules import VisitState
from kycuong.ui.forms import attempt

from ._visit import about, seen, shown


def picks(request: Request, uid: UUID) -> HttpResponse:
    """What was chosen; while the visit is a draft, a form to choose."""
    found = seen(request, uid)
    if request.method == "POST":
        authorize(request.user, "visit.record", at=found)
    form = PickForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = attempt(form, lambda: actions.pick_case_files(found, by=request.user, **form.given()))
        if done is not None:
            messages.success(
                request, _("Đã chọn ngẫu nhiên %(n)d hồ sơ.") % {"n": done.number}, extra_tags=f"kept:pick-{uid}"
            )
            return redirect("inspections:picks", uid)
    told = about(request, found)
    context = told | {
        "title": _("Chọn ngẫu nhiên hồ sơ"),
        "visit_title": told["title"],
        "form": form,
        "picks": list(found.picks.all()),
        "may_pick": found.state == VisitState.DRAFT and can(request.user, "visit.record", at=found),
        "crumbs": [*told["crumbs"][:-1], (told["title"], found.get_absolute_url()), (_("Chọn hồ sơ"), "")],
    }
    return shown(request, found, "inspections/picks.html", context, status=422 if form.errors else 200)
