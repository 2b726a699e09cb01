"""Pages on which a draw is committed to: of units, of inspectors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.draws import actions
from kycuong.draws.forms import MOST_LINES, InspectorsForm, TargetsForm
from kycuong.draws.models import Draw
from kycuong.draws.rules import DrawState, Purpose
from kycuong.features.authority import ensure_offered_somewhere, offered_units
from kycuong.inspections.queries import team_candidates
from kycuong.orgs.authority import authorize_somewhere, scopes_of
from kycuong.orgs.queries import parent_on
from kycuong.orgs.rules import PEOPLES_COMMITTEES
from kycuong.ui.forms import attempt

from .pages import crumbs


def targets(request: Request) -> HttpResponse:
    """Commit to a draw of surprise targets."""
    authorize_somewhere(request.user, "draw.conduct")
    ensure_offered_somewhere(request.user, "draw.conduct", actions.FEATURE)
    form = TargetsForm(request.POST or None, people=team_candidates(request.user), initial=_of_targets(request))
    if form.is_valid():
        done = attempt(form, lambda: _commit_targets(request, form))
        if done is not None:
            messages.success(request, _("Đã công bố cam kết. Danh sách được niêm phong."), extra_tags="kept:draw-new")
            return redirect(done)
    context = {"title": _("Cam kết bốc thăm đơn vị"), "form": form, "keep": "draw-new", "sizes": form.size_boxes}
    return _page(request, form.is_bound, context)


def inspectors(request: Request) -> HttpResponse:
    """Commit to a draw of inspectors."""
    authorize_somewhere(request.user, "draw.conduct")
    ensure_offered_somewhere(request.user, "draw.conduct", actions.FEATURE)
    known = Draw.objects.visible_to(request.user).known_to(request.user)
    drawn = known.filter(state=DrawState.DRAWN, purpose=Purpose.TARGETS)
    people = team_candidates(request.user)
    form = InspectorsForm(request.POST or None, people=people, draws=drawn, initial=_initial(request))
    if form.is_valid():
        done = attempt(form, lambda: _commit_inspectors(request, form))
        if done is not None:
            messages.success(
                request, _("Đã công bố cam kết. Danh sách được niêm phong."), extra_tags="kept:draw-people"
            )
            return redirect(done)
    context = {"title": _("Cam kết bốc thăm người vào đoàn"), "form": form, "keep": "draw-people"}
    return _page(request, form.is_bound, context)


def _commit_targets(request: Request, form: TargetsForm) -> Draw:
    given, heard = form.cleaned_data, set(_heard(request))
    complaints = given["complaints"]
    as_told = {unit: f"{unit.slug}: {one.number}, {one.source}" for unit, one in complaints.items()}
    return actions.commit_draw(
        by=request.user,
        lead=given["lead"],
        area=given["area"],
        announced=form.announced,
        sizes=form.sizes,
        excluded=given["excluded"],
        complaints=complaints,
        proposed=[unit for unit, line in as_told.items() if line in heard],
        readers=given["readers"],
    )


def _commit_inspectors(request: Request, form: InspectorsForm) -> Draw:
    given = form.cleaned_data
    return actions.commit_inspectors(
        by=request.user,
        lead=given["lead"],
        announced=form.announced,
        number=given["number"],
        rest_months=given["rest_months"],
        for_draw=given["for_draw"],
        recused=given["recused"] or {},
        readers=given["readers"],
    )


def _initial(request: Request) -> dict[str, str]:
    """The person's own authority, if draws are on there; and, for a department, the unit in which it inspects."""
    on = offered_units(request.user, "draw.conduct", actions.FEATURE)
    own = scopes_of(request.user, "draw.conduct").filter(pk__in=on).last()
    if own is None:
        return {}
    version, above = own.version_on(today()), parent_on(own, today())
    inside = above is not None and version is not None and version.kind not in PEOPLES_COMMITTEES
    return {"lead": own.slug, "area": above.slug if above and inside else ""}


def _of_targets(request: Request) -> dict[str, str]:
    """The same, with the complaints that others know of: whoever commits may correct them."""
    return {**_initial(request), "complaints": "\n".join(_heard(request))}


def _heard(request: Request) -> list[str]:
    """As many as the form takes, those of which the most is known."""
    told = [line for path in settings.DRAWS_HEARD for line in import_string(path)(request.user)]
    return told[:MOST_LINES]


def _page(request: Request, bound: bool, context: dict[str, Any]) -> HttpResponse:
    context["crumbs"] = crumbs(context["title"])
    return page(request, "draws/commit.html", context=context, status=422 if bound else 200)
