"""Pages: how the optional parts stand at a unit, and the form that switches one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.core.problems import NotAllowed
from kycuong.orgs.authority import authorize, can, units_visible_to, units_where
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.ui.forms import attempt, tell

from . import queries
from .actions import switch_feature
from .authority import SWITCH, ensure_from_above, may_from_above
from .forms import SwitchForm, UnitForm
from .models import FeatureSwitch
from .rules import FEATURES

RECORDS = {
    "selfchecks": ("selfchecks:list", "figures.see"),
    "citizen_reports": ("openness:reports", "citizen_report.handle"),
    "rounds": ("rounds:list", "figures.see"),
    "draws": ("draws:draws", "plan.see"),
    "own_checklists": ("catalog:versions", "checklist.write"),
}
"""Where the records of a part are read, also while it is off and stands in no menu; and by which verb."""


def records_of(person: Person, feature: str) -> str:
    """The address of the list, for who may open it."""
    place, verb = RECORDS.get(feature, ("", ""))
    return reverse(place) if place and units_where(person, verb) else ""


def switchable(person: Person, feature: str, unit: Unit | None) -> bool:
    """Whether the form is offered."""
    if unit is None or not can(person, SWITCH, at=unit) or not queries.goes_on(unit):
        return False
    return may_from_above(person, feature, at=unit)


@require_safe
def features(request: Request) -> HttpResponse:
    """Everybody may read what their unit uses, and who decided so."""
    own = queries.own_unit(request.user)
    asked = request.GET.dict() if "unit" in request.GET else {"unit": own.slug} if own else {}
    form = UnitForm(asked or None)
    unit = form.cleaned_data["unit"] if form.is_valid() else None
    lines = queries.standings(unit) if unit else []
    context = {
        "title": _("Tính năng"),
        "form": form,
        "unit": unit,
        "name": full_names([unit.pk], today())[unit.pk] if unit else "",
        "lines": [
            (line, records_of(request.user, line.name), switchable(request.user, line.name, unit)) for line in lines
        ],
        "may_switch": unit is not None and switchable(request.user, "", unit),
    }
    return page(request, "features/features.html", context=context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: Request, unit: str, feature: str) -> HttpResponse:
    """One part at one unit: what a switch touches, who switched it before, and the form."""
    found = get_object_or_404(units_visible_to(request.user), slug=unit)
    if feature not in FEATURES:
        raise Http404
    authorize(request.user, SWITCH, at=found)
    ensure_from_above(request.user, feature, at=found)
    before = queries.history(found, feature)
    name, part = full_names([found.pk], today())[found.pk], FEATURES[feature]
    back = f"{reverse('features:features')}?unit={found.slug}"
    form = SwitchForm(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, "version": version_sent(request, len(before))}
        if _written(form, lambda: switch_feature(feature, by=request.user, unit=found, **given)):
            messages.success(request, _("Đã ghi. Có hiệu lực từ bây giờ."), extra_tags=f"kept:{request.path}")
            return redirect(back)
    context = {
        "title": part.title,
        "part": part,
        "name": name,
        "standing": next(line for line in queries.standings(found) if line.name == feature),
        "touched": queries.touched(found, feature, request.user),
        "history": before,
        "version": version_sent(request, len(before)),
        "form": form,
        "back": back,
        "keep": request.path,
        "crumbs": [(_("Tính năng"), back), (part.title, "")],
    }
    return page(request, "features/switch.html", context=context, status=422 if request.method == "POST" else 200)


def _written(form: SwitchForm, act: Callable[[], FeatureSwitch]) -> bool:
    """Whether it was; a refusal is told on the form, also one by which others may and the person may not: what was typed stays."""
    try:
        return attempt(form, act) is not None
    except NotAllowed as problem:
        tell(form, problem)
        return False
