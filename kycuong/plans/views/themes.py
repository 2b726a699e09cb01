"""The pages of the year's theme."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere, units_visible_to, units_where
from kycuong.plans import actions
from kycuong.plans.forms import ThemeForm
from kycuong.ui.forms import attempt

from .steps import crumbs, status_of


def theme(request: Request) -> HttpResponse:
    """Announce the theme of a year."""
    authorize_somewhere(request.user, "theme.announce")
    units = units_visible_to(request.user).filter(pk__in=units_where(request.user, "theme.announce"))
    own = units.first()
    initial = {"authority": own.slug if own else "", "year": today().year}
    form = ThemeForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.announce_theme(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã công bố chủ đề năm %d.") % done.year, extra_tags="kept:theme")
            return redirect("plans:plans")
    context = {"title": _("Công bố chủ đề năm"), "form": form, "keep": "theme", "crumbs": crumbs(_("Chủ đề năm"))}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))
